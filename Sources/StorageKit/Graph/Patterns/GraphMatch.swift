/// A match of a pattern: what was read of it.
///
/// ```swift
/// for try await row in store.matches(of: pattern) {
///     let person = try row.decode(person)
///     print(person.name, row[card].id)
/// }
/// ```
///
/// It is asked with the variables of its pattern; one that was not selected is a mistake in the
/// program, and stops it.
public struct GraphMatch: Hashable, Sendable {
    /// What was read, in the order of ``values``.
    public let columns: [GraphSelection]
    /// The values.
    public let values: [GraphMatchValue]

    /// A match.
    public init(columns: [GraphSelection], values: [GraphMatchValue]) {
        precondition(columns.count == values.count, "a value for each column")
        self.columns = columns
        self.values = values
    }

    /// What was read of it; `nil` for what was not selected.
    public subscript(selection: GraphSelection) -> GraphMatchValue? {
        columns.firstIndex(of: selection).map { values[$0] }
    }
}

extension GraphMatch {
    /// The whole node.
    public subscript<Node>(node: GraphNodeVariable<Node>) -> GraphNode {
        guard case .node(let node) = self[.element(node.variable)] else {
            preconditionFailure("\(node.variable) was not selected as a node")
        }
        return node
    }

    /// The whole relationship.
    public subscript<Relationship>(
        relationship: GraphRelationshipVariable<Relationship>
    ) -> GraphRelationship {
        guard case .relationship(let found) = self[.element(relationship.variable)] else {
            preconditionFailure("\(relationship.variable) was not selected as one relationship")
        }
        return found
    }

    /// The relationships of a walk, in its order.
    public subscript<Relationship>(
        walk relationship: GraphRelationshipVariable<Relationship>
    ) -> [GraphRelationship] {
        guard case .relationships(let found) = self[.element(relationship.variable)] else {
            preconditionFailure("\(relationship.variable) was not selected as a walk")
        }
        return found
    }

    /// The path.
    public subscript(path: GraphPathVariable) -> GraphPath {
        guard case .path(let found) = self[.element(path.variable)] else {
            preconditionFailure("\(path.variable) was not selected as a path")
        }
        return found
    }

    /// The node as its entity.
    ///
    /// - Throws: ``StorageError/Code/decodingFailed`` where its properties are not the entity's.
    public func decode<Node>(_ node: GraphNodeVariable<Node>) throws(StorageError) -> Node {
        try node.decode(self[node])
    }

    /// The relationship as its entity.
    ///
    /// - Throws: ``StorageError/Code/decodingFailed`` where its properties are not the entity's.
    public func decode<Relationship>(
        _ relationship: GraphRelationshipVariable<Relationship>
    ) throws(StorageError) -> Relationship {
        try relationship.decode(self[relationship])
    }
}
