internal import StorageKit

/// Which statements a connection has prepared, the least recently used one first to go: a value.
///
/// All take constant time but for taking one in when it is full, which looks at all.
struct StatementCache: Sendable {
    /// A prepared statement.
    // @unchecked Sendable: what changes is touched under the lock of the link alone.
    final class Entry: @unchecked Sendable {
        let name: String
        /// Whether the server has it: until it has said so, nobody else counts on it.
        var isConfirmed = false
        /// Who prepares it: what comes later in the same exchange may count on it, as it is skipped
        /// when the preparation fails.
        var preparedBy: ObjectIdentifier?
        /// What its rows look like, once one has come, if they always look so.
        ///
        /// The server refuses the statement when the schema changes it. But what `FETCH` and
        /// `EXECUTE` bring depends on what has that name at the time.
        private(set) var shape: RowShape?
        private let keepsShape: Bool

        init(name: String, keepsShape: Bool = true) {
            self.name = name
            self.keepsShape = keepsShape
        }

        /// Rows with this shape have come.
        func learn(_ shape: RowShape?) { if keepsShape { self.shape = self.shape ?? shape } }
    }

    private struct Place: Sendable {
        let entry: Entry
        var used: UInt64
    }

    /// What is to be done before a statement is run.
    enum Preparation {
        /// Nothing; it has this name.
        case done(Entry)
        /// Run it without a name, as its preparation is still on its way and may fail.
        case underway(Entry)
        /// Run it without a name, as all that are prepared are still on their way: who lets go of
        /// one whose preparation fails, fails.
        case full
        /// Prepare it under this name, after letting go of another one, if any.
        case needed(Entry, evicting: String?)
    }

    private let capacity: Int
    private var places: [PostgresStatement.Key: Place] = [:]
    private var uses: UInt64 = 0
    private var made: UInt64 = 0

    init(capacity: Int) { self.capacity = capacity }

    /// The name of a statement, which counts as used and as prepared from now on.
    mutating func prepare(_ key: PostgresStatement.Key) -> Preparation {
        uses += 1
        if let index = places.index(forKey: key) {
            places.values[index].used = uses
            let entry = places.values[index].entry
            return entry.isConfirmed ? .done(entry) : .underway(entry)
        }
        var evicted: String?
        if places.count >= capacity {
            evicted = removeOldest()
            guard evicted != nil else { return .full }
        }
        made += 1
        let entry = Entry(
            name: "storagekit_\(made)", keepsShape: StatementText.keepsShape(key.text))
        places[key] = Place(entry: entry, used: uses)
        return .needed(entry, evicting: evicted)
    }

    /// Forgets a statement.
    ///
    /// - Returns: The name under which the server may still have it.
    @discardableResult
    mutating func forget(_ key: PostgresStatement.Key) -> String? {
        places.removeValue(forKey: key)?.entry.name
    }

    /// The server has forgotten all.
    mutating func forgetAll() { places.removeAll() }

    var count: Int { places.count }

    private mutating func removeOldest() -> String? {
        let confirmed = places.lazy.filter { $0.value.entry.isConfirmed }
        return confirmed.min { $0.value.used < $1.value.used }.flatMap { forget($0.key) }
    }
}
