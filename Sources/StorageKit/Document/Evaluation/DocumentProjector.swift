/// A projection, made ready for many documents.
///
/// Paths go through arrays, to documents in arrays in arrays; a number is a name there.
package struct DocumentProjector {
    private let projection: DocumentProjection
    private var tree = DocumentPathTree()

    /// Makes a projection ready.
    ///
    /// - Throws: `invalidArgument` when it can never be right.
    package init(_ projection: DocumentProjection) throws(StorageError) {
        try projection.check()
        self.projection = projection
        switch projection {
        case .all: break
        case .only(let paths, let id):
            for path in paths { _ = tree.insert(path.components) }
            if id, tree["_id"] == nil { _ = tree.insert(["_id"]) }
        case .without(let paths):
            for path in paths { _ = tree.insert(path.components) }
        }
    }

    /// What is wanted of a document.
    package func callAsFunction(_ document: Document) -> Document {
        switch projection {
        case .all: document
        case .only: Self.only(tree, of: document)
        case .without: Self.without(tree, of: document)
        }
    }

    private static func only(_ tree: DocumentPathTree, of document: Document) -> Document {
        Document(
            fields: document.fields.compactMap { field in
                switch tree[field.name] {
                case nil: nil
                case .end: field
                case .tree(let inner):
                    only(inner, of: field.value).map { DocumentField(field.name, $0) }
                }
            })
    }

    private static func only(
        _ tree: DocumentPathTree, of value: DocumentValue
    ) -> DocumentValue? {
        switch value {
        case .document(let document): .document(only(tree, of: document))
        case .array(let values): .array(values.compactMap { only(tree, of: $0) })
        default: nil
        }
    }

    private static func without(_ tree: DocumentPathTree, of document: Document) -> Document {
        Document(
            fields: document.fields.compactMap { field in
                switch tree[field.name] {
                case nil: field
                case .end: nil
                case .tree(let inner): DocumentField(field.name, without(inner, of: field.value))
                }
            })
    }

    private static func without(_ tree: DocumentPathTree, of value: DocumentValue) -> DocumentValue
    {
        switch value {
        case .document(let document): .document(without(tree, of: document))
        case .array(let values): .array(values.map { without(tree, of: $0) })
        default: value
        }
    }
}
