internal import StorageKit

/// The documents of a collection, in the order of their insertion, and its indexes.
///
/// A value: a copy is a snapshot, and shares what neither changes.
struct InMemoryDocuments: Sendable {
    typealias Match = (slot: Int, document: Document, place: Int?)

    /// A removed document leaves its slot empty.
    private var slots: [Document?] = []
    private var slotsByID: [DocumentWorth: Int] = [:]
    /// That of the identifiers first.
    private(set) var indexes = [InMemoryIndex.identifiers]
    /// What the documents have to look like.
    var validation: DocumentValidation?
    /// What was changed since it was last taken, in order.
    private var changes: [InMemoryDocumentChange] = []

    /// How many there are.
    var count: Int { slotsByID.count }

    /// Whether nobody would miss it: it has no documents, and nothing else that was made.
    var isBare: Bool {
        slotsByID.isEmpty && indexes.count == 1 && validation == nil
    }

    /// The documents that a filter matches, with their slots and the places by which they did.
    ///
    /// They come in the order of their insertion, by whatever index they are found.
    func matches(
        _ filter: DocumentFilter, _ matcher: DocumentMatcher, limit: Int = .max
    ) -> [Match] {
        var found: [Match] = []
        if let id = filter.identifier {
            if let slot = slotsByID[DocumentWorth(id)], let match = match(slot, matcher) {
                found.append(match)
            }
            return found
        }
        if let access = access(for: filter) {
            for slot in slots(by: access).sorted() where found.count < limit {
                if let match = match(slot, matcher) { found.append(match) }
            }
            return found
        }
        for slot in slots.indices where found.count < limit {
            if let match = match(slot, matcher) { found.append(match) }
        }
        return found
    }

    /// The documents that a filter matches, in an order; those that are equal in it as they were
    /// inserted.
    func sorted(
        _ filter: DocumentFilter, _ matcher: DocumentMatcher, by order: [DocumentOrder], limit: Int
    ) throws(StorageError) -> [Document] {
        guard filter.identifier == nil, let access = access(for: filter, inOrder: order) else {
            let isLimited = order.isEmpty
            let found = matches(filter, matcher, limit: isLimited ? limit : .max)
            return try DocumentSorter(order).sorted(found.map(\.document))
        }
        var walk = InMemoryOrderedWalk(
            fields: access.use.prefix.count..<(access.use.prefix.count + order.count))
        let index = indexes[access.place]
        for range in access.use.ranges {
            index.entries.walk(range, isReversed: access.isReversed) { entry in
                walk.meet(entry) { match($0, matcher)?.document }
                return walk.found.count < limit
            }
        }
        walk.finish { match($0, matcher)?.document }
        return walk.found
    }

    private func match(_ slot: Int, _ matcher: DocumentMatcher) -> Match? {
        guard let document = slots[slot] else { return nil }
        let (isMatch, place) = matcher.match(document)
        return isMatch ? (slot, document, place) : nil
    }

    private func slots(by access: InMemoryAccess) -> Set<Int> {
        var found: Set<Int> = []
        switch access {
        case .union(let accesses):
            for access in accesses { found.formUnion(slots(by: access)) }
        case .index(let place, let use):
            for range in use.ranges {
                indexes[place].entries.walk(range) { entry in
                    found.insert(entry.slot)
                    return true
                }
            }
        }
        return found
    }
}

// MARK: Writing

extension InMemoryDocuments {
    /// Puts a document in that has an identifier.
    ///
    /// - Throws: `alreadyExists` when the identifier or another unique value is taken,
    ///   `constraintViolation` when an index cannot have the document.
    mutating func insert(_ document: Document) throws(StorageError) {
        let id = DocumentWorth(try document.checkedIdentifier())
        try validation?.check(document, inPlaceOf: nil)
        guard slotsByID[id] == nil else {
            throw StorageError(
                code: .alreadyExists,
                message: "a document with this _id is there; use replace or upsert",
                constraint: .init(.primaryKey, columns: ["_id"]))
        }
        let keys = try keys(of: document, slot: nil)
        slotsByID[id] = slots.count
        for place in indexes.indices { indexes[place].insert(keys[place], of: slots.count) }
        slots.append(document)
        changes.append(.inserted(document))
    }

    /// Puts a document in the place of one with the same identifier.
    ///
    /// - Parameter isWhole: Whether it was given as a whole, and not as changes of the old one.
    /// - Throws: As ``insert(_:)`` does.
    mutating func replace(
        slot: Int, with document: Document, isWhole: Bool
    ) throws(StorageError) {
        try validation?.check(document, inPlaceOf: slots[slot])
        let keys = try keys(of: document, slot: slot)
        if let old = slots[slot], !old.isIdentical(to: document) {
            changes.append(
                isWhole ? .replaced(old, with: document) : .updated(old, to: document))
        }
        removeKeys(of: slot)
        for place in indexes.indices { indexes[place].insert(keys[place], of: slot) }
        slots[slot] = document
    }

    /// Removes a document.
    mutating func remove(slot: Int) {
        guard let document = slots[slot], let id = document["_id"] else { return }
        removeKeys(of: slot)
        changes.append(.removed(document))
        slotsByID[DocumentWorth(id)] = nil
        slots[slot] = nil
    }

    /// Removes the documents that have expired.
    mutating func removeExpired(at now: () -> DocumentDate) {
        guard indexes.contains(where: { $0.index.expireAfter != nil }) else { return }
        let now = now()
        for slot in indexes.flatMap({ $0.expired(at: now) }) { remove(slot: slot) }
        closeGaps()
    }

    /// The slot of the document with an identifier.
    func slot(of id: DocumentWorth) -> Int? { slotsByID[id] }

    /// The document in a slot.
    func document(in slot: Int) -> Document? { slots[slot] }

    /// What was changed since this was last called, in order.
    mutating func takeChanges() -> [InMemoryDocumentChange] {
        defer { changes = [] }
        return changes
    }

    /// Closes the gaps that removals left, if there are many.
    ///
    /// Only between calls: slots change.
    mutating func closeGaps() {
        guard slots.count > 32, slots.count > 2 * count else { return }
        let documents = slots.compactMap(\.self)
        var other = InMemoryDocuments()
        other.indexes = indexes.map(\.emptied)
        // What was in the indexes can be in them again.
        for document in documents { try? other.insert(document) }
        // Documents that were there before it may break it.
        other.validation = validation
        other.changes = changes
        self = other
    }

    /// The keys of a document in each index.
    private func keys(
        of document: Document, slot: Int?
    ) throws(StorageError) -> [[[DocumentValue]]] {
        var keys: [[[DocumentValue]]] = []
        for index in indexes { keys.append(try index.keys(of: document)) }
        for (index, keys) in zip(indexes, keys) { try index.check(keys, of: slot) }
        return keys
    }

    private mutating func removeKeys(of slot: Int) {
        guard let document = slots[slot] else { return }
        for place in indexes.indices {
            // What is in an index has keys there.
            guard let keys = try? indexes[place].keys(of: document) else { continue }
            indexes[place].remove(keys, of: slot)
        }
    }
}

// MARK: Indexes

extension InMemoryDocuments {
    /// Makes indexes that are not there.
    ///
    /// - Throws: `alreadyExists` when one is there that is in the way, or because of the documents;
    ///   `constraintViolation` and `limitExceeded`.
    mutating func create(_ wanted: [DocumentIndex]) throws(StorageError) {
        let missing = wanted.filter { wanted in !indexes.contains { $0.index == wanted } }
        for index in missing {
            guard let other = indexes.first(where: { $0.index.isInTheWay(of: index) })?.index
            else { continue }
            throw StorageError(
                code: .alreadyExists,
                message: "the index \"\(other.name)\" has the same name or the same fields as "
                    + "\"\(index.name)\", and other options; drop it first")
        }
        guard indexes.count + missing.count <= Self.maximumIndexes else {
            throw StorageError(
                code: .limitExceeded,
                message: "the collection would have more than \(Self.maximumIndexes) indexes")
        }
        var made = missing.map { InMemoryIndex($0) }
        for place in made.indices {
            for (slot, document) in slots.enumerated() {
                guard let document else { continue }
                let keys = try made[place].keys(of: document)
                try made[place].check(keys, of: slot)
                made[place].insert(keys, of: slot)
            }
        }
        indexes += made
    }

    /// Removes an index.
    mutating func dropIndex(named name: String) throws(StorageError) {
        guard let place = indexes.firstIndex(where: { $0.index.name == name }), place > 0 else {
            throw StorageError(code: .notFound, message: "there is no such index")
        }
        indexes.remove(at: place)
    }

    /// As many as MongoDB takes, that of the identifiers among them.
    private static let maximumIndexes = 64
}

extension DocumentFilter {
    /// The identifier that a document must have to be matched, if the filter says so at once.
    var identifier: DocumentValue? {
        switch self {
        case .field(.id, .equal(let value)): value == .null ? nil : value
        case .every(let filters): filters.lazy.compactMap(\.identifier).first
        default: nil
        }
    }
}

extension Document {
    /// The identifier, if it is one that a document may have.
    func checkedIdentifier() throws(StorageError) -> DocumentValue {
        guard let id = self["_id"] else {
            throw .invalidDocumentArgument("a document has no _id")
        }
        switch id {
        case .array, .regularExpression, .undefined:
            throw .invalidDocumentArgument("an _id is an array, a pattern or undefined")
        case .document(let document)
        where document.fields.contains(where: { $0.name.hasPrefix("$") }):
            throw .invalidDocumentArgument("an _id has a name that begins with $")
        default: return id
        }
    }
}
