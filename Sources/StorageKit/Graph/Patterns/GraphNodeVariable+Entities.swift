extension GraphNodeVariable where Node: GraphNodeEntity {
    /// A node with the entity's label.
    public init(name: String? = nil) {
        self.init(GraphVariable(name), labels: [Node.label]) { node throws(StorageError) in
            try DocumentDecoder().decode(Node.self, from: Document(node.properties))
        }
    }
}

extension GraphRelationshipVariable where Relationship: GraphRelationshipEntity {
    /// A relationship of the entity's type.
    public init(name: String? = nil) {
        self.init(GraphVariable(name), types: [Relationship.type]) { found throws(StorageError) in
            try DocumentDecoder().decode(Relationship.self, from: Document(found.properties))
        }
    }
}

// Until entities of graphs have a coding of their own, theirs is that of documents: its rules for
// numbers and optional fields are the ones that are wanted.

extension Document {
    fileprivate init(_ properties: [PropertyKey: GraphValue]) {
        self.init(fields: properties.map { DocumentField($0.key.name, DocumentValue($0.value)) })
    }
}

extension DocumentValue {
    fileprivate init(_ value: GraphValue) {
        switch value {
        case .bool(let value): self = .bool(value)
        case .integer(let value): self = .int64(value)
        case .double(let value): self = .double(value)
        case .string(let value): self = .string(value)
        case .bytes(let value): self = .binary(DocumentBinary(value))
        case .list(let values): self = .array(values.map { DocumentValue($0) })
        }
    }
}
