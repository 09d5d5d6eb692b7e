internal import StorageKit

/// How the documents of a filter are found without a look at each.
///
/// What is found is more than what matches, perhaps, and never less.
indirect enum InMemoryAccess {
    /// By an index, at its place among the indexes, in some ranges of its keys.
    case index(Int, InMemoryIndexUse)
    /// Some documents by one access, others by another.
    case union([InMemoryAccess])
}

/// How much of an index a filter needs.
struct InMemoryIndexUse {
    /// The values of the first fields.
    var prefix: [DocumentValue] = []
    /// What the next field is like; `nil` for any.
    var bounds: [InMemoryIndexBounds]?

    var ranges: [InMemoryIndexRange] {
        guard let bounds else { return [InMemoryIndexRange(prefix: prefix)] }
        return bounds.map { InMemoryIndexRange(prefix: prefix, bounds: $0) }
    }

    /// How good it is: equality counts for more than ranges, and those of points for more.
    fileprivate var rank: Int {
        let isPoints = bounds?.allSatisfy { $0.low != nil && $0.high != nil } ?? false
        return prefix.count * 4 + (bounds == nil ? 0 : isPoints ? 2 : 1)
    }

    /// The use of an index by what a filter says of paths, if it is of any.
    ///
    /// Of fields that may be in one array, the first alone is used: a document may match by one
    /// element in the first and by another one in the second, and has no key of both.
    init?(
        _ index: DocumentIndex, _ conditions: [(path: DocumentPath, predicate: DocumentPredicate)]
    ) {
        var roots: Set<String> = []
        for key in index.order {
            guard roots.insert(key.path.components[0]).inserted else { break }
            let predicates = conditions.filter { $0.path == key.path }.map(\.predicate)
            if let value = predicates.lazy.compactMap(\.pointOfEqual).first {
                prefix.append(value)
                continue
            }
            let uses = predicates.compactMap(\.bounds).map { bounds in
                var use = self
                use.bounds = bounds
                return use
            }
            if let best = uses.max(by: { $0.rank < $1.rank }) { self = best }
            break
        }
        guard rank > 0 else { return nil }
    }
}

extension DocumentFilter {
    /// What the filter says of paths, all of which has to be so.
    fileprivate var conditions: [(path: DocumentPath, predicate: DocumentPredicate)] {
        switch self {
        case .field(let path, let predicate): predicate.parts.map { (path, $0) }
        case .every(let filters): filters.flatMap(\.conditions)
        case .either(let filters): filters.count == 1 ? filters[0].conditions : []
        case .neither: []
        }
    }

    /// The parts of the filter, all of which have to match.
    fileprivate var parts: [DocumentFilter] {
        switch self {
        case .every(let filters): filters.flatMap(\.parts)
        case .field(let path, let predicate): predicate.parts.map { .field(path, $0) }
        case .either, .neither: [self]
        }
    }

    /// Whether every document that it matches is matched by another filter, as far as both say it
    /// in the same words.
    fileprivate func implies(_ other: DocumentFilter) -> Bool {
        let parts = parts
        return other.parts.allSatisfy(parts.contains)
    }
}

extension DocumentPredicate {
    fileprivate var parts: [DocumentPredicate] {
        if case .both(let predicates) = self { predicates.flatMap(\.parts) } else { [self] }
    }
}

extension InMemoryDocuments {
    /// How the documents of a filter are found, or `nil` when each has to be looked at.
    func access(for filter: DocumentFilter) -> InMemoryAccess? {
        let conditions = filter.conditions
        var best: (place: Int, use: InMemoryIndexUse)?
        for (place, index) in usableIndexes(for: filter) {
            guard let use = InMemoryIndexUse(index.index, conditions) else { continue }
            if let best, best.use.rank >= use.rank { continue }
            best = (place, use)
        }
        if let best { return .index(best.place, best.use) }
        for case .either(let alternatives) in filter.parts {
            let accesses = alternatives.compactMap { access(for: $0) }
            if accesses.count == alternatives.count { return .union(accesses) }
        }
        return nil
    }

    /// How the documents of a filter are found in an order, so that they need not be sorted.
    func access(
        for filter: DocumentFilter, inOrder order: [DocumentOrder]
    ) -> (place: Int, use: InMemoryIndexUse, isReversed: Bool)? {
        guard !order.isEmpty else { return nil }
        let conditions = filter.conditions
        for (place, index) in usableIndexes(for: filter) {
            var use = InMemoryIndexUse(index.index, conditions) ?? InMemoryIndexUse()
            // An array stands in an order with its least element, be it within the bounds or not.
            if index.multikeys > 0 { use.bounds = nil }
            guard use.bounds?.count ?? 1 == 1 else { continue }
            let rest = index.index.order.dropFirst(use.prefix.count)
            guard rest.count >= order.count else { continue }
            // Of an array's elements, the one that is equal and the one that is least may be two.
            let equal = index.index.order.prefix(use.prefix.count).map { $0.path.components[0] }
            guard
                index.multikeys == 0
                    || !order.contains(where: { equal.contains($0.path.components[0]) })
            else { continue }
            if zip(rest, order).allSatisfy(==) { return (place, use, false) }
            if zip(rest, order).allSatisfy({ $0.path == $1.path && $0.direction != $1.direction }) {
                return (place, use, true)
            }
        }
        return nil
    }

    /// The fields of the index of texts.
    ///
    /// - Throws: `missingIndex` when there is none that has every document that a filter matches.
    func textPaths(for filter: DocumentFilter) throws(StorageError) -> [DocumentPath] {
        guard let index = indexes.first(where: \.index.isText)?.index,
            index.partialFilter.map(filter.implies) ?? true
        else { throw .missingTextIndex }
        return index.keys.map(\.path)
    }

    /// The indexes that have every document that a filter matches.
    private func usableIndexes(
        for filter: DocumentFilter
    ) -> [(place: Int, index: InMemoryIndex)] {
        indexes.enumerated().filter { _, index in
            guard !index.index.isText else { return false }
            guard let partial = index.index.partialFilter else { return true }
            return filter.implies(partial)
        }.map { ($0.offset, $0.element) }
    }
}

extension InMemoryIndexUse {
    /// All of an index.
    init() {}
}
