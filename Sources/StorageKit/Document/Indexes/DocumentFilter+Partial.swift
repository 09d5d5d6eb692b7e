extension DocumentFilter {
    /// How many `every` and `either` a partial filter may have in each other.
    ///
    /// Source: MongoDB's server, which counts them so.
    private static let maximumPartialDepth = 3

    /// The same filter with each predicate written in one way.
    var simplified: DocumentFilter {
        switch self {
        case .field(let path, let predicate): .field(path, predicate.simplified)
        case .every(let filters): .every(filters.map(\.simplified))
        case .either(let filters): .either(filters.map(\.simplified))
        case .neither(let filters): .neither(filters.map(\.simplified))
        }
    }

    /// Refuses what an index's filter may not have.
    func checkAsPartial(depth: Int) throws(StorageError) {
        guard depth <= Self.maximumPartialDepth else {
            throw .partial("too many filters in each other")
        }
        switch self {
        case .field(let path, let predicate):
            let isConjunction =
                switch predicate {
                case .both, .containsAll: true
                default: false
                }
            guard !isConjunction || depth < Self.maximumPartialDepth else {
                throw .partial("too many filters in each other")
            }
            try predicate.checkAsPartial(path)
        case .every(let filters):
            for filter in filters { try filter.checkAsPartial(depth: depth + 1) }
        case .either(let filters):
            guard !filters.isEmpty else { throw .partial("an alternative of nothing") }
            for filter in filters { try filter.checkAsPartial(depth: depth + 1) }
        case .neither: throw .partial("a negation")
        }
    }
}

extension DocumentPredicate {
    fileprivate var simplified: DocumentPredicate {
        guard case .both(let predicates) = self else { return self }
        let parts = predicates.flatMap { predicate -> [DocumentPredicate] in
            let simple = predicate.simplified
            if case .both(let inner) = simple { return inner }
            return [simple]
        }
        return parts.count == 1 ? parts[0] : .both(parts)
    }

    fileprivate func checkAsPartial(_ path: DocumentPath) throws(StorageError) {
        switch self {
        case .equal, .less, .lessOrEqual, .greater, .greaterOrEqual, .oneOf, .exists(true): break
        case .type(let types):
            guard !types.isEmpty else { throw .partial("no type at \"\(path)\"") }
        case .containsAll(let values):
            guard !values.isEmpty else { throw .partial("no values at \"\(path)\"") }
        case .both(let predicates):
            guard !predicates.isEmpty else { throw .partial("no predicate at \"\(path)\"") }
            for predicate in predicates { try predicate.checkAsPartial(path) }
        case .exists, .notEqual, .noneOf, .not:
            throw .partial("a negation at \"\(path)\"")
        case .matches, .remainder, .count, .someElement, .someValue:
            throw .partial(
                "at \"\(path)\" what is not equality, a comparison, a list, existence or a type")
        }
    }
}

extension StorageError {
    fileprivate static func partial(_ what: String) -> StorageError {
        .invalidDocumentArgument("the filter of a partial index has \(what)")
    }
}
