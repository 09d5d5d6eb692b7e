extension DocumentFilter {
    /// The document that an upsert begins with: the filter's equalities, its identifier first.
    ///
    /// - Throws: `invalidArgument` when it has two for the same path, or for one inside another.
    package func upsertDocument() throws(StorageError) -> Document {
        var found: [(path: DocumentPath, value: DocumentValue)] = []
        collectEqualities(&found)
        var tree = DocumentPathTree()
        for (path, _) in found where !tree.insert(path.components) {
            throw .invalidDocumentArgument(
                "an upsert's filter has \"\(path)\" twice, or a path inside it")
        }
        found.sort { $0.path.text.comparedByBytes(to: $1.path.text) < 0 }
        var document = Document()
        for (path, value) in found { document.put(value, at: path.components[...]) }
        return document.withIdentifierFirst()
    }

    /// The identifier that the filter says, for a replacement that has none.
    package func upsertIdentifier() throws(StorageError) -> DocumentValue? {
        var found: [(path: DocumentPath, value: DocumentValue)] = []
        collectEqualities(&found)
        if let inner = found.first(where: { $0.path.text.hasPrefix("_id.") }) {
            throw .invalidDocumentArgument(
                "a replacement's filter has \"\(inner.path)\", which is a part of an identifier")
        }
        let ids = found.filter { $0.path == .id }
        guard ids.count < 2 else {
            throw .invalidDocumentArgument("a replacement's filter has two identifiers")
        }
        return ids.first?.value
    }

    private func collectEqualities(
        _ found: inout [(path: DocumentPath, value: DocumentValue)]
    ) {
        switch self {
        case .field(let path, let predicate): predicate.collectEqualities(at: path, &found)
        case .every(let filters): for filter in filters { filter.collectEqualities(&found) }
        case .either(let filters): if filters.count == 1 { filters[0].collectEqualities(&found) }
        case .neither: break
        }
    }
}

extension DocumentPredicate {
    fileprivate func collectEqualities(
        at path: DocumentPath, _ found: inout [(path: DocumentPath, value: DocumentValue)]
    ) {
        switch self {
        case .equal(let value): found.append((path, value))
        case .oneOf(let values): if values.count == 1 { found.append((path, values[0])) }
        case .containsAll(let values): for value in values { found.append((path, value)) }
        case .both(let predicates):
            for predicate in predicates { predicate.collectEqualities(at: path, &found) }
        case .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .noneOf, .exists, .type,
            .matches, .remainder, .count, .someElement, .someValue, .not:
            break
        }
    }
}

extension Document {
    fileprivate mutating func put(_ value: DocumentValue, at names: ArraySlice<String>) {
        guard let name = names.first else { return }
        let rest = names.dropFirst()
        guard !rest.isEmpty else {
            self[name] = value
            return
        }
        var inner = Document()
        if case .document(let found) = self[name] { inner = found }
        inner.put(value, at: rest)
        self[name] = .document(inner)
    }

    /// The document with its identifier before its other fields.
    package func withIdentifierFirst() -> Document {
        guard let place = place(of: "_id"), place > 0 else { return self }
        var document = self
        document.fields.insert(document.fields.remove(at: place), at: 0)
        return document
    }
}
