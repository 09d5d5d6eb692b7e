internal import StorageKit

/// The documents of a collection, in the order of their insertion.
struct InMemoryDocuments: Sendable {
    /// A removed document leaves its slot empty.
    private var slots: [Document?] = []
    private var slotsByID: [DocumentWorth: Int] = [:]
    /// What was changed since it was last taken, in order.
    private var changes: [InMemoryDocumentChange] = []

    /// How many there are.
    var count: Int { slotsByID.count }

    /// All of them.
    var all: [Document] { slots.compactMap(\.self) }

    /// The documents that a filter matches, with their slots and the places by which they did.
    func matches(
        _ filter: DocumentFilter, _ matcher: DocumentMatcher, limit: Int = .max
    ) -> [(slot: Int, document: Document, place: Int?)] {
        var found: [(slot: Int, document: Document, place: Int?)] = []
        func look(_ slot: Int) {
            guard let document = slots[slot] else { return }
            let (isMatch, place) = matcher.match(document)
            if isMatch { found.append((slot, document, place)) }
        }
        if let id = filter.identifier {
            if let slot = slotsByID[DocumentWorth(id)] { look(slot) }
        } else {
            for slot in slots.indices where found.count < limit { look(slot) }
        }
        return found
    }

    /// Puts a document in that has an identifier.
    mutating func insert(_ document: Document) throws(StorageError) {
        let id = DocumentWorth(try document.checkedIdentifier())
        guard slotsByID[id] == nil else {
            throw StorageError(
                code: .alreadyExists,
                message: "a document with this _id is there; use replace or upsert",
                constraint: .init(.primaryKey, columns: ["_id"]))
        }
        slotsByID[id] = slots.count
        slots.append(document)
        changes.append(.inserted(document))
    }

    /// Puts a document in the place of one with the same identifier.
    ///
    /// - Parameter isWhole: Whether it was given as a whole, and not as changes of the old one.
    mutating func replace(slot: Int, with document: Document, isWhole: Bool) {
        if let old = slots[slot], !old.isIdentical(to: document) {
            changes.append(
                isWhole ? .replaced(old, with: document) : .updated(old, to: document))
        }
        slots[slot] = document
    }

    /// Removes a document.
    mutating func remove(slot: Int) {
        guard let document = slots[slot], let id = document["_id"] else { return }
        changes.append(.removed(document))
        slotsByID[DocumentWorth(id)] = nil
        slots[slot] = nil
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
        slots = slots.filter { $0 != nil }
        slotsByID = [:]
        for (slot, document) in slots.enumerated() {
            if let id = document?["_id"] { slotsByID[DocumentWorth(id)] = slot }
        }
    }
}

extension DocumentFilter {
    /// The identifier that a document must have to be matched, if the filter says so at once.
    fileprivate var identifier: DocumentValue? {
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
