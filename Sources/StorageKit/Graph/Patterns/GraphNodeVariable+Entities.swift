extension GraphNodeVariable where Node: GraphNodeEntity {
    /// A node with the entity's label.
    public init(name: String? = nil) {
        self.init(GraphVariable(name), labels: [Node.label]) { node throws(StorageError) in
            try GraphDecoder().decode(Node.self, from: node.properties)
        }
    }
}

extension GraphRelationshipVariable where Relationship: GraphRelationshipEntity {
    /// A relationship of the entity's type.
    public init(name: String? = nil) {
        self.init(GraphVariable(name), types: [Relationship.type]) { found throws(StorageError) in
            try GraphDecoder().decode(Relationship.self, from: found.properties)
        }
    }
}
