/// A lookup stage, made ready for the documents of the other collection.
struct DocumentJoin {
    private let lookup: DocumentLookup
    private let localNames: [String]
    private let foreignSteps: [DocumentSteps.Step]
    private let targetNames: [String]
    private let inner: DocumentAggregator

    /// Makes a lookup ready that was checked.
    init(_ lookup: DocumentLookup) throws(StorageError) {
        self.lookup = lookup
        localNames = lookup.localField.components
        foreignSteps = DocumentSteps(lookup.foreignField).steps
        targetNames = lookup.as.components
        inner = try DocumentAggregator(checked: lookup.pipeline)
    }

    /// The documents with those that belong to them.
    ///
    /// The other collection is gone through once, and kept by its values.
    func callAsFunction(
        _ documents: [Document], _ others: [String: [Document]]
    ) throws(StorageError) -> [Document] {
        let foreign = others[lookup.from] ?? []
        var places: [DocumentWorth: [Int]] = [:]
        for (place, document) in foreign.enumerated() {
            for key in foreignKeys(of: document) { places[key, default: []].append(place) }
        }
        var joined: [Document] = []
        for var document in documents {
            let found = Set(localKeys(of: document).flatMap { places[$0] ?? [] })
            let belonging = found.sorted().map { foreign[$0] }
            let results = try inner(belonging, others)
            document.setNested(.array(results.map { .document($0) }), targetNames[...])
            joined.append(document)
        }
        return joined
    }

    /// By what a document is found: what a filter of equality looks at.
    private func foreignKeys(of document: Document) -> Set<DocumentWorth> {
        var keys: Set<DocumentWorth> = []
        let walk = DocumentWalk(opensLastArray: true) { value, _ in
            keys.insert(DocumentWorth(value.orNull))
            return false
        }
        _ = walk.ends(in: document, foreignSteps[...])
        return keys
    }

    /// What a document looks for: of an array its elements; null, where there is nothing.
    private func localKeys(of document: Document) -> Set<DocumentWorth> {
        var values: [DocumentValue] = []
        Self.collect(.document(document), localNames[...], into: &values)
        if values.isEmpty { values = [.null] }
        // Nothing is equal to undefined.
        return Set(values.filter { $0 != .undefined }.map { DocumentWorth($0) })
    }

    private static func collect(
        _ value: DocumentValue, _ names: ArraySlice<String>, into values: inout [DocumentValue]
    ) {
        guard let name = names.first else {
            if case .array(let elements) = value { values += elements } else { values.append(value) }
            return
        }
        switch value {
        case .document(let document):
            guard let inner = document[name] else { return }
            collect(inner, names.dropFirst(), into: &values)
        case .array(let elements):
            for case .document(let document) in elements {
                collect(.document(document), names, into: &values)
            }
        default: return
        }
    }
}

extension DocumentValue? {
    /// Null for what is nothing.
    fileprivate var orNull: DocumentValue { self.isNothing ? .null : self ?? .null }
}
