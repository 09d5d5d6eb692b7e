internal import StorageKit

/// An index with its entries, at one moment: a value, cheap to copy.
struct PropertyIndex: Sendable {
    let definition: GraphIndex
    let label: LabelSymbol
    let key: KeySymbol
    /// How many different values there are; one that is not equal to itself counts each time.
    private(set) var distinctCount = 0
    // One of the two has all entries, by the kind. Not an enum, which could not be changed in
    // place.
    private var hashed = EntryTree<HashedEntry>()
    private var ordered = EntryTree<OrderedEntry>()

    /// Makes an index of what is there; O(n log n).
    ///
    /// - Throws: ``StorageError/Code/constraintViolation`` when it is unique, and values are not.
    init(
        _ definition: GraphIndex, label: LabelSymbol, key: KeySymbol,
        entries: [(NodeIndex, GraphValue)]
    ) throws(StorageError) {
        self.definition = definition
        self.label = label
        self.key = key
        switch definition.kind {
        case .hash:
            let entries = entries.map { HashedEntry(value: $0.1, node: $0.0) }.sorted(by: <)
            hashed = EntryTree(sorted: entries)
            distinctCount = Self.distinct(entries)
        case .ordered:
            let entries = entries.map { OrderedEntry(value: $0.1, node: $0.0) }.sorted(by: <)
            ordered = EntryTree(sorted: entries)
            distinctCount = Self.distinct(entries)
        }
        guard !definition.isUnique || distinctCount == entries.count else {
            throw .notUnique(definition)
        }
    }

    /// How many different values sorted entries have.
    private static func distinct(_ entries: [HashedEntry]) -> Int {
        var (count, start) = (0, 0)
        for (place, entry) in entries.enumerated() {
            if entry.hash != entries[start].hash { start = place }
            // Of values that share a hash each is looked for among those before it.
            let isKnown = entries[start..<place].reversed().contains {
                $0.value.isEqual(to: entry.value)
            }
            if !isKnown { count += 1 }
        }
        return count
    }

    private static func distinct(_ entries: [OrderedEntry]) -> Int {
        let repeated = zip(entries, entries.dropFirst()).count { $0.value.isEqual(to: $1.value) }
        return entries.count - repeated
    }
}

// MARK: Reading

extension PropertyIndex {
    /// How many nodes it has.
    var count: Int { hashed.count + ordered.count }

    /// The nodes whose value is this one, in the order of their places.
    func nodes(equalTo value: GraphValue) -> [NodeIndex] {
        guard value.isEqualToItself else { return [] }
        switch definition.kind {
        case .hash:
            var nodes: [NodeIndex] = []
            for entry in IndexWalk(hashed, hashedPlaces(of: value))
            where entry.value.isEqual(to: value) { nodes.append(entry.node) }
            return nodes
        case .ordered: return entries(in: .equal(to: value)).map(\.node)
        }
    }

    /// How many nodes have this value; of a hash index, as far as the hash tells.
    func count(equalTo value: GraphValue) -> Int {
        guard value.isEqualToItself else { return 0 }
        return switch definition.kind {
        case .hash: hashedPlaces(of: value).count
        case .ordered: orderedPlaces(in: .equal(to: value)).count
        }
    }

    /// How many nodes of an ordered index lie in a range, at the most.
    func count(in range: IndexRange) -> Int { orderedPlaces(in: range).count }

    /// The entries of an ordered index that lie in a range, in the order of their values and nodes,
    /// or backwards.
    func entries(
        in range: IndexRange, descending: Bool = false
    ) -> some Sequence<OrderedEntry> & Sendable {
        RangeWalk(
            walk: IndexWalk(ordered, orderedPlaces(in: range), descending: descending),
            filter: range.isLoose ? range : nil)
    }

    /// The entries of an ordered index behind a value, of whatever kind, or all.
    func entries(after value: GraphValue?) -> IndexWalk<OrderedEntry> {
        let start = value.map { value in ordered.place { $0.value.sorted(before: value) <= 0 } }
        return IndexWalk(ordered, (start ?? 0)..<ordered.count)
    }

    private func hashedPlaces(of value: GraphValue) -> Range<Int> {
        let hash = value.worthHash
        let start = hashed.place { $0.hash < hash }
        // Mostly there is one such entry, or none: the second search is for others.
        guard start < hashed.count, hashed[start].hash == hash else { return start..<start }
        return start..<hashed.place { $0.hash <= hash }
    }

    private func orderedPlaces(in range: IndexRange) -> Range<Int> {
        let start = ordered.place { range.isBelow($0.value) }
        return start..<max(start, ordered.place { range.isNotAbove($0.value) })
    }

    /// Whether a node has this value.
    func contains(_ value: GraphValue) -> Bool {
        guard value.isEqualToItself else { return false }
        switch definition.kind {
        case .hash:
            let hash = value.worthHash
            guard let first = hashed.first(behind: { $0.hash < hash }), first.hash == hash else {
                return false
            }
            return first.value.isEqual(to: value) || !nodes(equalTo: value).isEmpty
        case .ordered:
            let first = ordered.first { $0.value.sorted(before: value) < 0 }
            return first?.value.isEqual(to: value) ?? false
        }
    }
}

// MARK: Writing

extension PropertyIndex {
    /// Puts a node in.
    ///
    /// - Throws: ``StorageError/Code/constraintViolation`` when it is unique, and another node has
    ///   the value.
    mutating func insert(_ node: NodeIndex, _ value: GraphValue) throws(StorageError) {
        let isKnown = contains(value)
        guard !isKnown || !definition.isUnique else { throw .notUnique(definition) }
        if !isKnown { distinctCount += 1 }
        switch definition.kind {
        case .hash: hashed.insert(HashedEntry(value: value, node: node))
        case .ordered: ordered.insert(OrderedEntry(value: value, node: node))
        }
    }

    /// Takes a node out that has this value.
    mutating func remove(_ node: NodeIndex, _ value: GraphValue) {
        switch definition.kind {
        case .hash: hashed.remove(HashedEntry(value: value, node: node))
        case .ordered: ordered.remove(OrderedEntry(value: value, node: node))
        }
        if !contains(value) { distinctCount -= 1 }
    }

    /// What is wrong with it, for tests; empty if nothing is.
    func faults() -> [String] {
        let distinct =
            definition.kind == .hash
            ? Self.distinct(Array(IndexWalk(hashed, 0..<hashed.count)))
            : Self.distinct(Array(IndexWalk(ordered, 0..<ordered.count)))
        let miscount = distinct == distinctCount ? [] : ["different values are counted wrong"]
        return hashed.root.faults() + ordered.root.faults() + miscount
    }
}

extension StorageError {
    fileprivate static func notUnique(_ index: GraphIndex) -> StorageError {
        StorageError(
            code: .constraintViolation,
            message: "two nodes of \(index.label) would have the same \(index.key)",
            constraint: Constraint(
                .unique, name: index.description, table: index.label.name,
                columns: [index.key.name]))
    }
}

/// A walk over a range whose values have to be looked at, or not.
struct RangeWalk: Sequence, Sendable {
    let walk: IndexWalk<OrderedEntry>
    let filter: IndexRange?

    struct Iterator: IteratorProtocol, Sendable {
        fileprivate var walk: IndexWalk<OrderedEntry>.Iterator
        fileprivate let filter: IndexRange?

        mutating func next() -> OrderedEntry? {
            guard let filter else { return walk.next() }
            while let entry = walk.next() {
                if filter.contains(entry.value) { return entry }
            }
            return nil
        }
    }

    func makeIterator() -> Iterator { Iterator(walk: walk.makeIterator(), filter: filter) }
}
