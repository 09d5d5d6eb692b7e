/// A node of a pattern, and as what it is read.
///
/// ```swift
/// let person = GraphNodeVariable<Person>()
/// let pattern = GraphPattern.match(person, where: Person.city == "Berlin")
/// for try await row in store.matches(of: pattern) { print(row[person]) }
/// ```
///
/// It stands for nodes with the entity's label, or with the labels that it was made with.
public struct GraphNodeVariable<Node: Sendable>: Sendable {
    /// Which variable it is.
    public let variable: GraphVariable
    /// The labels that its nodes have.
    public let labels: Set<GraphLabel>
    let decode: @Sendable (GraphNode) throws(StorageError) -> Node

    init(
        _ variable: GraphVariable, labels: Set<GraphLabel>,
        _ decode: @escaping @Sendable (GraphNode) throws(StorageError) -> Node
    ) {
        self.variable = variable
        self.labels = labels
        self.decode = decode
    }

    /// Which node it is.
    public var id: GraphElementID<NodeID> { GraphElementID(variable) { NodeID($0) } }

    /// The value of a property of it.
    public subscript<Value>(property: GraphProperty<Value>) -> GraphExpression<Value> {
        GraphExpression(.property(variable, property.key))
    }
}

extension GraphNodeVariable where Node == GraphNode {
    /// A node with all of these labels; without any, any node.
    public init(_ labels: GraphLabel..., name: String? = nil) {
        self.init(GraphVariable(name), labels: Set(labels)) { node throws(StorageError) in node }
    }
}

extension GraphNodeVariable {
    /// Whether it has this label.
    public func has(_ label: GraphLabel) -> GraphCondition { .label(variable, label) }

    /// Whether it is another node than this one.
    public func isDifferent<Other>(from other: GraphNodeVariable<Other>) -> GraphCondition {
        .compare(.id(variable), .notEqual, .id(other.variable))
    }

    /// Whether both are one node.
    public func isSame<Other>(as other: GraphNodeVariable<Other>) -> GraphCondition {
        .compare(.id(variable), .equal, .id(other.variable))
    }

    /// Whether a relationship leads to the other node; it may be one that the match has elsewhere.
    ///
    /// ```swift
    /// .filter(!me.isRelated(to: other, .outgoing("FOLLOWS")))
    /// ```
    public func isRelated<Other>(
        to other: GraphNodeVariable<Other>, _ expansion: GraphExpansion
    ) -> GraphCondition {
        .related(variable, expansion, other.variable)
    }

    /// Whether the condition on a node is true of it.
    public func satisfies(_ condition: GraphElementCondition) -> GraphCondition {
        condition.condition(on: variable)
    }
}
