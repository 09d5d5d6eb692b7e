internal import StorageKit

/// An index of a collection, and the keys of its documents.
///
/// Of an index of texts there are no keys here: a search looks at each document.
struct InMemoryIndex: Sendable {
    typealias Entry = InMemoryIndexEntries.Entry

    let index: DocumentIndex
    private(set) var entries: InMemoryIndexEntries
    /// How many documents have more than one key, by an array.
    private(set) var multikeys = 0
    private let sorter: DocumentSorter

    /// The index of the identifiers.
    static let identifiers = InMemoryIndex(
        DocumentIndex(DocumentOrder(.id), name: DocumentIndex.identifiersName))

    init(_ index: DocumentIndex) {
        self.index = index
        entries = InMemoryIndexEntries(index.order)
        sorter = DocumentSorter(index.order)
    }

    /// The index without its keys.
    var emptied: InMemoryIndex { InMemoryIndex(index) }

    /// The keys of a document, each once; none when it is not in the index.
    ///
    /// - Throws: `constraintViolation` when the index cannot have the document.
    func keys(of document: Document) throws(StorageError) -> [[DocumentValue]] {
        guard !index.isText else { return [] }
        if let filter = index.partialFilter {
            guard try DocumentMatcher(filter).matches(document) else { return [] }
        }
        let keys: [[DocumentValue]]
        do throws(StorageError) {
            keys = try sorter.keys(of: document)
        } catch {
            throw StorageError(
                code: .constraintViolation,
                message: "the index \"\(index.name)\" cannot have the document: \(error.message)")
        }
        guard keys.count > 1 else { return keys }
        var unique: [[DocumentValue]] = []
        for key in keys.sorted(by: { entries.compare($0, $1) < 0 }) {
            if let last = unique.last, entries.compare(last, key) == 0 { continue }
            unique.append(key)
        }
        return unique
    }

    /// Refuses keys of which another document has one.
    func check(_ keys: [[DocumentValue]], of slot: Int?) throws(StorageError) {
        guard index.isUnique else { return }
        for key in keys {
            var isTaken = false
            entries.walk(InMemoryIndexRange(prefix: key)) { entry in
                isTaken = isTaken || entry.slot != slot
                return !isTaken
            }
            guard !isTaken else {
                throw StorageError(
                    code: .alreadyExists,
                    message: "a document with the same unique value is there",
                    constraint: .init(.unique, columns: index.keys.map(\.path.text)))
            }
        }
    }

    mutating func insert(_ keys: [[DocumentValue]], of slot: Int) {
        for key in keys { entries.insert(Entry(key: key, slot: slot)) }
        if keys.count > 1 { multikeys += 1 }
    }

    mutating func remove(_ keys: [[DocumentValue]], of slot: Int) {
        for key in keys { entries.remove(Entry(key: key, slot: slot)) }
        if keys.count > 1 { multikeys -= 1 }
    }

    /// The slots of documents that have expired.
    func expired(at now: DocumentDate) -> [Int] {
        guard let time = index.expireAfter else { return [] }
        let (milliseconds, isOver) = now.millisecondsSince1970.subtractingReportingOverflow(
            time.components.seconds * 1_000)
        guard !isOver else { return [] }
        let last = DocumentDate(millisecondsSince1970: milliseconds)
        let dates = InMemoryIndexRange(
            bounds: InMemoryIndexBounds(to: .date(last), isIncluded: true))
        var slots: [Int] = []
        entries.walk(dates) { entry in
            slots.append(entry.slot)
            return true
        }
        return slots
    }
}
