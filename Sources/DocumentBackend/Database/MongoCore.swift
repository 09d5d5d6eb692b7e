internal import CLibMongoC
internal import StorageKit

/// What all views of a database share: its clients, each on a thread of its own.
final class MongoCore: Sendable {
    let name: String
    let database: String
    let settings: MongoSettings
    let workers: BlockingWorkers<MongoSession>
    /// Those of feeds, so that these take nothing from calls.
    let feedWorkers: BlockingWorkers<MongoSession>
    let feeds = MongoOpenFeeds()
    let timing: MongoTiming
    private let killer: MongoSessionKiller

    init(
        _ connectionString: String, database: String?, settings: MongoSettings,
        clock: some Clock<Duration>
    ) throws(StorageError) {
        guard settings.maximumConnections > 0, settings.batchSize > 0, settings.maximumFeeds > 0
        else {
            throw StorageError(
                code: .invalidArgument,
                message: "give at least one connection, one feed, and batches of at least one "
                    + "document",
                operation: "open", store: "mongodb")
        }
        let uri = try MongoConnectionString(connectionString)
        let database = database ?? uri.database ?? Self.defaultDatabase
        self.database = database
        name = uri.description(database: database)
        self.settings = settings
        timing = MongoTiming(clock)
        let killer = try Self.killer(connectionString, clock)
        self.killer = killer
        uri.setDefault(
            MONGOC_URI_SOCKETTIMEOUTMS, to: settings.operationTimeout + Self.answerAllowance)
        uri.setDefault(MONGOC_URI_CONNECTTIMEOUTMS, to: Self.connectTimeout)
        let pool = try MongoClientPool(
            uri, size: settings.maximumConnections + settings.maximumFeeds)
        let patience = BlockingPatience(limit: settings.connectionTimeout, clock: clock)
        func makeWorkers(_ count: Int) -> BlockingWorkers<MongoSession> {
            BlockingWorkers(maximumThreads: count, patience: patience) {
                () throws(StorageError) in
                try MongoSession(pool, killer)
            }
        }
        workers = makeWorkers(settings.maximumConnections)
        feedWorkers = makeWorkers(settings.maximumFeeds)
    }

    /// Runs a call on a client's thread.
    ///
    /// - Parameter writes: Whether it may have changed something when it fails.
    func run<Value: Sendable>(
        _ operation: String, writes: Bool = false,
        _ body: @escaping @Sendable (MongoSession) throws(StorageError) -> Value
    ) async throws(StorageError) -> Value {
        do throws(StorageError) {
            try HeldConnection.check(self)
            return try await workers.run { (session) throws(StorageError) in
                try session.perform(writes: writes) { () throws(StorageError) in
                    try body(session)
                }
            }
        } catch {
            throw error.adding(operation: operation, store: name)
        }
    }

    /// The option of a command that limits the server's work on it.
    var timeLimit: Document {
        ["maxTimeMS": .int64(Int64(settings.operationTimeout.mongoMilliseconds))]
    }

    func close() async {
        feeds.close()
        await workers.close()
        await feedWorkers.close()
        await killer.close()
    }

    private static func killer(
        _ connectionString: String, _ clock: some Clock<Duration>
    ) throws(StorageError) -> MongoSessionKiller {
        let uri = try MongoConnectionString(connectionString)
        uri.set(MONGOC_URI_SOCKETTIMEOUTMS, to: patienceOfKills)
        uri.set(MONGOC_URI_SERVERSELECTIONTIMEOUTMS, to: patienceOfKills)
        uri.set(MONGOC_URI_CONNECTTIMEOUTMS, to: patienceOfKills)
        let pool = try MongoClientPool(uri, size: 1)
        let workers = BlockingWorkers(maximumThreads: 1) { () throws(StorageError) in
            try MongoSession(pool, nil)
        }
        return MongoSessionKiller(workers, clock: clock)
    }

    private static let defaultDatabase = "test"
    /// How much longer an answer may take than the server was given.
    private static let answerAllowance = Duration.seconds(1)
    private static let connectTimeout = Duration.seconds(10)
    private static let patienceOfKills = Duration.seconds(2)
}

extension MongoSession {
    /// Runs a call, and says of an error what became of the call.
    func perform<Value>(
        writes: Bool, _ body: () throws(StorageError) -> Value
    ) throws(StorageError) -> Value {
        guard interrupter.began() else { throw .cancelled() }
        defer { interrupter.ended() }
        do throws(StorageError) {
            return try body()
        } catch {
            let mayHaveBeenApplied =
                error.mayHaveBeenApplied || writes && error.leavesMongoWriteOpen
            guard interrupter.isInterrupted else {
                throw error.changed { $0.mayHaveBeenApplied = mayHaveBeenApplied }
            }
            throw StorageError.cancelled().changed { $0.mayHaveBeenApplied = mayHaveBeenApplied }
        }
    }
}

extension StorageError {
    /// Whether a write that failed so may have been done, wholly or in part.
    fileprivate var leavesMongoWriteOpen: Bool {
        guard let native else { return false }
        switch native.domain {
        case "libmongoc": return ["STREAM", "PROTOCOL"].contains(native.name)
        case "mongodb": return MongoErrorMapping.openOutcomes.contains(native.number ?? 0)
        default: return false
        }
    }
}
