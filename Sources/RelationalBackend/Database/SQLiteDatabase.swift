public import StorageKit

/// A SQLite database: one writer and several readers that do not wait for each other.
///
/// ```swift
/// let database = SQLiteDatabase(.file("todo.db"))
/// try await database.execute(
///     script: "CREATE TABLE IF NOT EXISTS todo (id INTEGER PRIMARY KEY, title TEXT)")
/// try await database.execute("INSERT INTO todo (title) VALUES (\(title))")
/// let titles = try await database.query("SELECT title FROM todo LIMIT 10", as: String.self)
/// ```
///
/// * Nothing is opened before the first call. The file is created when it is missing, its folder is
///   not. A relative path starts from the folder the process is in when the database is described.
///   Errors of opening come from that first call, and the next call tries again.
/// * The journal is a write-ahead log: a read sees the last commit before it began and waits for no
///   writer. Writes go one after the other. In memory reads and writes take turns.
/// * Foreign keys are enforced, and `"name"` is never the text 'name'. A commit is durable as
///   ``SQLiteConfiguration/durability`` says.
/// * Cancelling a task ends its statement soon, rolls its transaction back, and throws
///   ``StorageError/Code/cancelled``. Other tasks' statements are untouched.
/// * A connection lives on a thread of its own, so no call blocks the cooperative thread pool.
///   Reads that are over sooner than a hop to such a thread would be are tried where the caller is,
///   on connections of their own (``SQLiteConfiguration/inPlaceReads``).
///
/// Every other call is one hop to such a thread and back (a read that is the first call of all is
/// two, since the writer makes the file); inside ``read(_:)`` and ``write(_:)`` any number of
/// statements cost no further hop.
public final class SQLiteDatabase: Sendable {
    /// Where the database is.
    public let location: SQLiteLocation
    /// How it behaves.
    public let configuration: SQLiteConfiguration

    let writer: BlockingWorkers<SQLiteSession>
    /// `nil` for a database in memory, which only the writer's connection can see.
    let readers: BlockingWorkers<SQLiteSession>?
    /// `nil` for a database in memory, and where they are not wanted.
    let inPlaceReaders: SQLiteInPlaceReaders?
    /// Who observes which tables.
    let changeHub = TableChangeHub { $0.lowercased() }
    /// Whether the writer has made the file and its journal, so that readers find them.
    private let creation = SQLiteCreation()

    /// Describes a database; opens nothing.
    ///
    /// - Parameters:
    ///   - location: Where it is.
    ///   - configuration: How it behaves.
    ///   - functions: What statements can call besides SQLite's own functions.
    ///   - collations: Orders of text besides SQLite's own.
    ///   - clock: What the wait for a connection is measured by.
    public init(
        _ location: SQLiteLocation, configuration: SQLiteConfiguration = .init(),
        functions: [SQLiteFunction] = [], collations: [SQLiteCollation] = [],
        clock: some Clock<Duration> = ContinuousClock()
    ) {
        self.location = location
        self.configuration = configuration
        // Later, when a connection is opened, the process may be in another folder.
        let opener = SQLiteOpener(
            location: location.absolute, configuration: configuration, functions: functions,
            collations: collations, census: .current)
        let inPlaceReaders = SQLiteInPlaceReaders(opener)
        self.inPlaceReaders = inPlaceReaders
        let patience = BlockingPatience(limit: configuration.connectionTimeout, clock: clock)
        writer = BlockingWorkers(maximumThreads: 1, groups: location.groups, patience: patience) {
            [creation] () throws(StorageError) in
            let session = try opener.session(.writer)
            session.inPlaceReaders = inPlaceReaders
            creation.isDone = true
            return session
        }
        readers =
            switch location {
            case .memory: nil
            case .file:
                BlockingWorkers(
                    maximumThreads: configuration.maximumReaders, patience: patience
                ) {
                    () throws(StorageError) in
                    try opener.session(.reader)
                }
            }
    }

    deinit { changeHub.finish() }

    // MARK: Transactions

    /// Runs the body in a read transaction: all its statements see the same snapshot.
    ///
    /// - Parameter body: Statements. It runs on a connection's own thread, so it may take its time;
    ///   a write throws ``StorageError/Code/permissionDenied``.
    /// - Returns: What the body returned.
    /// - Throws: What the body threw, or ``StorageError``.
    @discardableResult
    public func read<Value: Sendable>(
        _ body: @escaping @Sendable (SQLiteConnection) throws -> Value
    ) async throws -> Value {
        try await naming("read") {
            try await readingWorkers().run { session in try session.read(body) }
        }
    }

    /// Runs the body in a write transaction: everything it does happens, or nothing.
    ///
    /// The transaction is committed when the body returns and rolled back when it throws or the
    /// task is cancelled. Bodies run one at a time; other processes wait for the lock up to
    /// ``SQLiteConfiguration/busyTimeout``.
    ///
    /// - Parameter body: Statements. It runs on the writing connection's own thread.
    /// - Returns: What the body returned, after the commit.
    /// - Throws: What the body threw, or ``StorageError``; nothing was changed then, unless
    ///   ``StorageError/mayHaveBeenApplied`` says that it may have (the file system failed in the
    ///   commit). ``StorageError/Code/invalidState`` when the transaction was over before the body
    ///   was: by an error that rolled it back, or by a COMMIT or ROLLBACK of the body's own, which
    ///   has then taken effect.
    @discardableResult
    public func write<Value: Sendable>(
        _ body: @escaping @Sendable (SQLiteConnection) throws -> Value
    ) async throws -> Value {
        try await naming("write") {
            try await writer.run { session in try session.write(body) }
        }
    }

    // MARK: The life of the database

    /// Opens the database now, to learn of a wrong path before the first real call.
    public func open() async throws(StorageError) {
        try await named("open") { () throws(StorageError) in
            try await self.writer.run { (_) throws(StorageError) in }
        }
    }

    /// Finishes the calls that were accepted and closes every connection.
    ///
    /// Later calls throw ``StorageError/Code/invalidState``, and observations end. A database that
    /// is dropped without it closes in the background.
    public func close() async {
        // The readers first: the last connection to close removes the write-ahead log, and only one
        // that may write can. Those in place are closed by the writer.
        await readers?.close()
        await writer.close()
        changeHub.finish()
    }

    /// The workers that serve a read, after the file was made.
    func readingWorkers() async throws(StorageError) -> BlockingWorkers<SQLiteSession> {
        guard let readers else { return writer }
        if !creation.isDone { try await open() }
        return readers
    }

    /// Runs a call and completes its error with the call's name and this database's.
    func named<Value>(
        _ operation: String, _ body: () async throws(StorageError) -> Value
    ) async throws(StorageError) -> Value {
        do throws(StorageError) {
            try HeldConnection.check(self)
            return try await body()
        } catch {
            throw error.adding(operation: operation, store: location.description)
        }
    }

    /// The same for a call whose body may throw anything: the caller's own errors pass as they are.
    func naming<Value>(
        _ operation: String, _ body: () async throws -> Value
    ) async throws -> Value {
        do {
            try HeldConnection.check(self)
            return try await body()
        } catch let error as StorageError {
            throw error.adding(operation: operation, store: location.description)
        }
    }
}
