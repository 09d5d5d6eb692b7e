internal import StorageKit

/// The prepared statements of one connection, by their text; the least recently used goes first.
///
/// Looking one up is constant time; making room looks at all, which happens only when more
/// different statements are in use than the cache holds.
final class SQLiteStatementCache {
    private final class Entry {
        let prepared: SQLitePreparedStatement
        var lastUse: UInt64

        init(_ prepared: SQLitePreparedStatement, lastUse: UInt64) {
            self.prepared = prepared
            self.lastUse = lastUse
        }
    }

    private let handle: SQLiteHandle
    private let capacity: Int
    private var entries: [ExactText: Entry] = [:]
    private var clock: UInt64 = 0

    init(handle: SQLiteHandle, capacity: Int) {
        self.handle = handle
        self.capacity = capacity
    }

    /// A prepared statement that is not running: from the cache, or made for this use.
    func statement(for sql: RenderedSQL) throws(StorageError) -> SQLitePreparedStatement {
        clock += 1
        let text = ExactText(sql.text)
        if let entry = entries[text] {
            // The same statement inside its own loop gets one of its own, outside the cache.
            if entry.prepared.isRunning { return try SQLitePreparedStatement(sql, on: handle) }
            entry.lastUse = clock
            return entry.prepared
        }
        let prepared = try SQLitePreparedStatement(sql, on: handle)
        makeRoom()
        entries[text] = Entry(prepared, lastUse: clock)
        return prepared
    }

    /// Lets go of every statement, so that the connection can be closed.
    func removeAll() { entries = [:] }

    private func makeRoom() {
        guard entries.count >= capacity,
            let oldest = entries.min(by: { $0.value.lastUse < $1.value.lastUse })
        else { return }
        entries[oldest.key] = nil
    }
}
