public import StorageKit

/// A MongoDB database.
///
/// ```swift
/// let database = try MongoDatabase("mongodb://127.0.0.1:27017/?replicaSet=rs0", database: "app")
/// let users = DocumentCollection("users", of: User.self, in: database)
/// ```
///
/// * Nothing is connected before the first call. Errors of connecting come from that first call,
///   and the next call tries again.
/// * A call runs on one of ``MongoSettings/maximumConnections`` threads, each with a client of
///   libmongoc's pool, so no call blocks the cooperative thread pool; the task waits suspended.
/// * Concerns and preferences are those of the connection string, unless
///   ``with(writeConcern:readConcern:readPreference:)`` says otherwise. A write that the network or
///   a failover interrupts is sent once more (`retryWrites`), and is done once at the most.
/// * Cancelling a task has the server end its call and its cursor, and throws
///   ``/StorageKit/StorageError/Code/cancelled``; what a write has done till then stays done, and
///   the error says that it may have.
/// * A value like any other: copies share the connections.
public struct MongoDatabase: Sendable {
    let core: MongoCore
    var writeConcern: MongoWriteConcern?
    var readConcern: MongoReadConcern?
    var readPreference: MongoReadPreferenceHandle?
    /// The transaction that its calls are of; `nil` for calls by themselves, on any client.
    var hold: MongoHold?

    /// How much one call may carry.
    public let limits = DocumentLimits()

    /// Describes a database; connects to nothing.
    ///
    /// - Parameters:
    ///   - connectionString: `mongodb://…`, with all options that libmongoc takes.
    ///   - database: The database's name; without one that of the string, or `test`.
    ///   - settings: How it behaves.
    ///   - clock: What the wait for a connection is measured by.
    /// - Throws: ``/StorageKit/StorageError/Code/invalidArgument`` when the string is not one.
    public init(
        _ connectionString: String, database: String? = nil,
        settings: MongoSettings = MongoSettings(), clock: some Clock<Duration> = ContinuousClock()
    ) throws(StorageError) {
        core = try MongoCore(
            connectionString, database: database, settings: settings, clock: clock)
    }

    /// The same database, with other concerns and another preference than the connection string's.
    ///
    /// It shares the connections. What is not given stays as it is.
    public func with(
        writeConcern: MongoWriteConcern? = nil, readConcern: MongoReadConcern? = nil,
        readPreference: MongoReadPreference? = nil
    ) -> MongoDatabase {
        var other = self
        if let writeConcern { other.writeConcern = writeConcern }
        if let readConcern { other.readConcern = readConcern }
        if let readPreference {
            other.readPreference = MongoReadPreferenceHandle(readPreference)
        }
        return other
    }

    /// Asks the server for a sign of life, to learn of a wrong address before the first real call.
    ///
    /// One round trip.
    public func ping() async throws(StorageError) {
        try await run("ping") { (session) throws(StorageError) in
            _ = try session.read(["ping": 1], [:], in: core.database, readPreference)
        }
    }

    /// Runs a call where calls of this view run: on any client's thread, or in its transaction.
    ///
    /// - Parameter writes: Whether it may have changed something when it fails.
    func run<Value: Sendable>(
        _ operation: String, writes: Bool = false,
        _ body: @escaping @Sendable (MongoSession) throws(StorageError) -> Value
    ) async throws(StorageError) -> Value {
        if let hold { return try await hold.run(operation, body) }
        return try await core.run(operation, writes: writes, body)
    }

    /// How many calls have been accepted so far: what a test of round trips counts.
    var acceptedCalls: Int { core.workers.acceptedCalls }

    func namespace(_ collection: String) throws(StorageError) -> MongoNamespace {
        do throws(StorageError) { try DocumentCollectionName.check(collection) } catch {
            throw error.adding(store: core.name)
        }
        return MongoNamespace(database: core.database, collection: collection)
    }

    /// The options of an operation that reads.
    var readOptions: Document {
        var options = core.timeLimit
        // In a transaction it is the transaction's.
        if let readConcern, hold == nil {
            options["readConcern"] = ["level": .string(readConcern.rawValue)]
        }
        return options
    }

    /// The options of an operation that writes.
    var writeOptions: Document {
        guard let writeConcern, hold == nil else { return [:] }
        return ["writeConcern": .document(writeConcern.document)]
    }
}
