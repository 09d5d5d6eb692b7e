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
        /// What its rows look like, once one has come.
        ///
        /// It cannot change: the server refuses the statement when the schema changes it.
        var shape: RowShape?

        init(name: String) { self.name = name }
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
        let evicted = places.count >= capacity ? removeOldest() : nil
        made += 1
        let entry = Entry(name: "storagekit_\(made)")
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
        guard let oldest = places.min(by: { $0.value.used < $1.value.used })?.key else {
            return nil
        }
        return forget(oldest)
    }
}
