/// Which node or relationship a variable stands for.
///
/// ```swift
/// person.id == ada
/// person.id < other.id  // each pair once
/// ```
public struct GraphElementID<ID: Hashable & Sendable>: Sendable {
    /// The variable.
    public let variable: GraphVariable
    let make: @Sendable (UInt64) -> ID

    init(_ variable: GraphVariable, _ make: @escaping @Sendable (UInt64) -> ID) {
        self.variable = variable
        self.make = make
    }

    private func compare(_ comparison: GraphComparison, _ other: Self) -> GraphCondition {
        .compare(.id(variable), comparison, .id(other.variable))
    }
}

extension GraphElementID {
    /// Whether both are the same.
    public static func == (left: Self, right: Self) -> GraphCondition {
        left.compare(.equal, right)
    }

    /// Whether they are different.
    public static func != (left: Self, right: Self) -> GraphCondition {
        left.compare(.notEqual, right)
    }

    /// Whether this one comes before the other: so that of two that may change places one is found.
    public static func < (left: Self, right: Self) -> GraphCondition { left.compare(.less, right) }
}

extension GraphElementID<NodeID> {
    /// Whether it is this node.
    public static func == (left: Self, right: NodeID) -> GraphCondition {
        .compare(.id(left.variable), .equal, .value(right.number))
    }

    /// Whether it is another node.
    public static func != (left: Self, right: NodeID) -> GraphCondition {
        .compare(.id(left.variable), .notEqual, .value(right.number))
    }

    /// Whether it is one of these nodes.
    public func isOne(of ids: some Sequence<NodeID>) -> GraphCondition {
        .oneOf(.id(variable), ids.map(\.number))
    }
}

extension GraphElementID<RelationshipID> {
    /// Whether it is this relationship.
    public static func == (left: Self, right: RelationshipID) -> GraphCondition {
        .compare(.id(left.variable), .equal, .value(right.number))
    }

    /// Whether it is another relationship.
    public static func != (left: Self, right: RelationshipID) -> GraphCondition {
        .compare(.id(left.variable), .notEqual, .value(right.number))
    }
}

extension NodeID {
    /// The id as conditions hold it.
    package var number: GraphValue { .integer(Int64(bitPattern: rawValue)) }
}

extension RelationshipID {
    /// The id as conditions hold it.
    package var number: GraphValue { .integer(Int64(bitPattern: rawValue)) }
}
