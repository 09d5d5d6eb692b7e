/// What has happened in a store, in order: the last changes, so many of them.
///
/// Each change has a number, from 1 on. Adding one costs a constant amount, shared out.
struct InMemoryHistory: Sendable {
    /// Something that happened in a collection.
    enum Change: Sendable {
        case document(InMemoryDocumentChange)
        case dropped
    }

    struct Entry: Sendable {
        let number: UInt64
        let collection: String
        let change: Change
    }

    /// The number of the last change; 0 before the first one.
    private(set) var end: UInt64 = 0
    private let limit: Int
    /// The last ones, and some before them that are not shown any more.
    private var entries: [Entry] = []

    /// - Parameter limit: How many changes are kept.
    init(limit: Int) { self.limit = max(0, limit) }

    mutating func append(_ change: Change, of collection: String) {
        end += 1
        entries.append(Entry(number: end, collection: collection, change: change))
        if entries.count / 2 > limit { entries.removeFirst(entries.count - limit) }
    }

    /// What happened after a change, in order; `nil` when some of it has been forgotten.
    func changes(after number: UInt64) -> ArraySlice<Entry>? {
        guard number <= end, end - number <= limit else { return nil }
        return entries.suffix(Int(end - number))
    }
}
