/// What can be read of a match as a value of a Swift type.
///
/// Variables of nodes and relationships are read as their entities, of paths as ``GraphPath``; ids
/// and properties as themselves.
///
/// ```swift
/// for try await (name, friend) in store.matches(
///     of: pattern, selecting: person[Person.name], other.id) { … }
/// ```
public protocol GraphSelectable<Output>: Sendable {
    /// What is read.
    associatedtype Output: Sendable

    /// What is selected for it.
    var selection: GraphSelection { get }

    /// The value, of what was read for the selection.
    ///
    /// - Throws: ``StorageError/Code/decodingFailed`` where it is something else.
    func output(from value: GraphMatchValue) throws(StorageError) -> Output
}

extension GraphNodeVariable: GraphSelectable {
    /// The node.
    public var selection: GraphSelection { .element(variable) }

    /// The entity.
    public func output(from value: GraphMatchValue) throws(StorageError) -> Node {
        guard case .node(let node) = value else { throw .unselected(selection) }
        return try decode(node)
    }
}

extension GraphRelationshipVariable: GraphSelectable {
    /// The relationship.
    public var selection: GraphSelection { .element(variable) }

    /// The entity; a walk of several relationships is none.
    public func output(from value: GraphMatchValue) throws(StorageError) -> Relationship {
        guard case .relationship(let relationship) = value else { throw .unselected(selection) }
        return try decode(relationship)
    }
}

extension GraphPathVariable: GraphSelectable {
    /// The path.
    public var selection: GraphSelection { .element(variable) }

    /// The path.
    public func output(from value: GraphMatchValue) throws(StorageError) -> GraphPath {
        guard case .path(let path) = value else { throw .unselected(selection) }
        return path
    }
}

extension GraphElementID: GraphSelectable {
    /// The id.
    public var selection: GraphSelection { .id(variable) }

    /// The id.
    public func output(from value: GraphMatchValue) throws(StorageError) -> ID {
        switch value {
        case .nodeID(let id): return make(id.rawValue)
        case .relationshipID(let id): return make(id.rawValue)
        default: throw .unselected(selection)
        }
    }
}

extension GraphExpression: GraphSelectable {
    /// The value.
    public var selection: GraphSelection { .operand(operand) }

    /// The value as the graph has it; `nil` where it is absent.
    public func output(from value: GraphMatchValue) throws(StorageError) -> GraphValue? {
        guard case .value(let value) = value else { throw .unselected(selection) }
        return value
    }
}

extension StorageError {
    fileprivate static func unselected(_ selection: GraphSelection) -> StorageError {
        StorageError(
            code: .decodingFailed,
            message: "a match has something else for \(selection) than is asked for")
    }
}
