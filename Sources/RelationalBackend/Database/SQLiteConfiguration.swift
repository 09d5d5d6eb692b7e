/// How a ``SQLiteDatabase`` behaves.
public struct SQLiteConfiguration: Hashable, Sendable {
    /// What a commit waits for before it is acknowledged.
    public enum Durability: String, Hashable, Sendable {
        /// Until the write-ahead log has reached the disk (`synchronous=FULL`, and `fullfsync` on
        /// Apple's systems): an acknowledged commit survives a power cut.
        case full
        /// Not for the disk (`synchronous=NORMAL` in WAL): the database is never damaged and an
        /// acknowledged commit survives the death of the process, but a power cut may take the last
        /// ones.
        case normal
    }

    /// What opening may do to the file; ``Opening/creating`` unless you choose otherwise.
    public var opening: Opening
    /// What a commit waits for; ``Durability/full`` unless you choose otherwise.
    public var durability: Durability
    /// How long a call waits for another process's or connection's lock before it fails with
    /// ``StorageError/Code/busy``.
    public var busyTimeout: Duration
    /// How long a call waits for a connection that other calls of this database hold, before it
    /// fails with ``StorageError/Code/resourceExhausted``.
    public var connectionTimeout: Duration
    /// How many reads may run at the same time.
    ///
    /// Each has a thread and a connection of its own, made when needed. A database in memory has
    /// one connection for everything.
    public var maximumReaders: Int
    /// How many prepared statements each connection keeps for the next time they are run.
    public var statementCacheCapacity: Int

    /// Whether lookups are tried on the caller's thread before they are handed to a reader's, where
    /// the hop alone costs several times as much.
    ///
    /// An attempt is bounded in its steps, waits for no lock and compiles nothing; it does wait for
    /// the disk when a page is in no cache, and no further one is made for a while then. Switch it
    /// off for files on a slow disk that do not fit in memory.
    public var inPlaceReads: Bool

    /// Creates a configuration.
    ///
    /// - Parameters:
    ///   - opening: What opening may do to the file.
    ///   - durability: What a commit waits for.
    ///   - busyTimeout: How long to wait for a lock.
    ///   - connectionTimeout: How long to wait for a connection.
    ///   - maximumReaders: How many reads may run at the same time, at least 1.
    ///   - statementCacheCapacity: Prepared statements kept by each connection, at least 1.
    ///   - inPlaceReads: Whether lookups are tried on the caller's thread first.
    public init(
        opening: Opening = .creating, durability: Durability = .full,
        busyTimeout: Duration = .seconds(5),
        connectionTimeout: Duration = .seconds(30), maximumReaders: Int = 4,
        statementCacheCapacity: Int = 64, inPlaceReads: Bool = true
    ) {
        precondition(maximumReaders >= 1, "a database needs a reader")
        precondition(statementCacheCapacity >= 1, "a statement cache holds at least 1 statement")
        self.opening = opening
        self.durability = durability
        self.busyTimeout = busyTimeout
        self.connectionTimeout = connectionTimeout
        self.maximumReaders = maximumReaders
        self.statementCacheCapacity = statementCacheCapacity
        self.inPlaceReads = inPlaceReads
    }
}
