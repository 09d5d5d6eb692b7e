extension GraphNodeVariable where Node: GraphNodeEntity {
    /// A node with the entity's label.
    public init(name: String? = nil) {
        self.init(GraphVariable(name), labels: [Node.label]) { node throws(StorageError) in
            throw StorageError(code: .decodingFailed, message: "nodes cannot be decoded yet")
        }
    }
}

extension GraphRelationshipVariable where Relationship: GraphRelationshipEntity {
    /// A relationship of the entity's type.
    public init(name: String? = nil) {
        self.init(GraphVariable(name), types: [Relationship.type]) { found throws(StorageError) in
            throw StorageError(code: .decodingFailed, message: "they cannot be decoded yet")
        }
    }
}
