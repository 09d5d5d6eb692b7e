public import StorageKit

/// A PostgreSQL database: a pool of connections that open when they are needed.
///
/// ```swift
/// let database = try PostgresDatabase("postgresql://app@127.0.0.1/shop")
/// try await database.execute("INSERT INTO todo (title) VALUES (\(title))")
/// let titles = try await database.query("SELECT title FROM todo", as: String.self, limit: 10)
/// ```
///
/// * Nothing is opened before the first call, and there is nothing to run in the background: the
///   event thread comes with the first connection and goes with the last.
/// * A statement is one round trip. It is prepared when a connection sees it for the first time,
///   in the same round trip.
/// * Values travel in binary form; text is taken by the server for what its place asks for.
/// * When all connections are in use statements share them, pipelined; each is a transaction of its
///   own all the same.
/// * Cancelling a task stops its statement on the server and disturbs nobody else's.
/// * A connection that is lost is replaced by the next call. What was sent and not answered throws
///   `unavailable` with ``StorageKit/StorageError/mayHaveBeenApplied``.
///
/// Dropping the last reference closes the connections, but for the one of a
/// ``PostgresSubscription`` that somebody still reads; ``close()`` finishes what was accepted.
public final class PostgresDatabase: Sendable {
    /// Where the database is.
    public let address: PostgresAddress
    /// How it behaves.
    public let configuration: PostgresConfiguration

    let pool: PostgresPool
    /// Whoever listens.
    let notifications: NotificationHub
    /// The connections that hold advisory locks.
    let locks: PostgresPool
    /// The same database by the other route, if there is one.
    let reader: PostgresDatabase?

    /// The database for what only reads and need not be of this moment.
    ///
    /// By ``PostgresConfiguration/readRoute`` its statements go to a standby, on connections of its
    /// own that refuse to write wherever they lead to: also on a primary that stands in for a
    /// standby. Without a route it is this database itself. Nothing that is asked of this database
    /// goes there by itself but transactions with `access: .readOnly`, and
    /// `withConnection(.readOnly)`.
    public var reading: PostgresDatabase { reader ?? self }

    /// Describes a database; opens nothing.
    ///
    /// - Parameters:
    ///   - address: Where it is.
    ///   - configuration: How it behaves.
    public init(_ address: PostgresAddress, configuration: PostgresConfiguration = .init()) {
        self.address = address
        self.configuration = configuration
        let limits = PoolState<PostgresPool.Waiter>.Limits(
            connections: max(1, configuration.maximumConnections),
            statementsPerConnection: max(1, configuration.statementsPerConnection),
            idleTimeout: configuration.idleTimeout, lifetime: configuration.connectionLifetime)
        let settings = PoolSettings(
            limits: limits, options: configuration.options(for: address),
            connectTimeout: configuration.connectTimeout,
            patience: configuration.connectionTimeout,
            link: LinkSettings(
                statementCapacity: max(0, configuration.statementCacheCapacity),
                operationTimeout: configuration.operationTimeout,
                stopTimeout: configuration.stopTimeout,
                resetsSessions: configuration.reset == .whenNeeded))
        let loop = SharedEventLoops.loop(spinTime: configuration.spinTime)
        pool = PostgresPool(settings, on: loop)
        notifications = NotificationHub(
            settings, on: loop, store: address.description,
            bufferLimit: configuration.notificationBufferLimit)
        locks = PostgresPool(settings, on: loop)
        reader = configuration.reading(at: address).map { address, configuration in
            PostgresDatabase(address, configuration: configuration)
        }
    }

    /// Describes a database by its address; opens nothing.
    ///
    /// - Parameters:
    ///   - address: A URI or a connection string, see ``PostgresAddress``.
    ///   - configuration: How it behaves.
    /// - Throws: `invalidArgument` for an address that libpq does not understand.
    public convenience init(
        _ address: String, configuration: PostgresConfiguration = .init()
    ) throws(StorageError) {
        self.init(try PostgresAddress(address), configuration: configuration)
    }

    deinit {
        pool.abandon()
        locks.abandon()
    }

    /// Opens a connection now, to learn of a wrong address before the first real call.
    public func open() async throws(StorageError) {
        _ = try await named("open") { () throws(StorageError) in
            self.pool.release(try await self.pool.lease())
        }
    }

    /// Finishes the calls that were accepted and closes every connection; later calls throw
    /// `invalidState`, and so does who listens.
    public func close() async {
        await notifications.close()
        async let locks: Void = locks.close()
        await pool.close()
        await locks
        await reader?.close()
    }

    /// Runs a call and completes its error with the call's name and this database's.
    func named<Value>(
        _ operation: String, _ body: () async throws(StorageError) -> Value
    ) async throws(StorageError) -> Value {
        do throws(StorageError) {
            try HeldConnection.check(self)
            if Task.isCancelled { throw .cancelled() }
            return try await body()
        } catch {
            throw error.adding(operation: operation, store: address.description)
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
            throw error.adding(operation: operation, store: address.description)
        }
    }
}
