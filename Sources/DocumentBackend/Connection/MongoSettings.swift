/// How a ``MongoDatabase`` behaves, besides what its connection string says.
public struct MongoSettings: Sendable {
    /// How many calls may be on their way at the same time: threads, and connections to a server.
    public var maximumConnections: Int
    /// How long a call waits for one of them; then it throws
    /// ``/StorageKit/StorageError/Code/resourceExhausted``.
    public var connectionTimeout: Duration
    /// How long a call may take on the server, and how long its answer is waited for.
    ///
    /// It is the `maxTimeMS` of calls that read and of `modify`, which then throw
    /// ``/StorageKit/StorageError/Code/timedOut``. With a second more it is the `socketTimeoutMS`
    /// of the connection, unless the connection string has one: a server that says nothing for so
    /// long is ``/StorageKit/StorageError/Code/unavailable``, after libmongoc has tried once more
    /// what may be tried twice. For a sequence it bounds each batch.
    public var operationTimeout: Duration
    /// How many change feeds may be open at the same time: threads and connections besides those
    /// for calls.
    public var maximumFeeds: Int
    /// How long a change feed tries to go on when its server is gone, before it throws.
    public var feedResumeTimeout: Duration
    /// How many documents a cursor fetches at once at the most.
    public var batchSize: Int

    /// Creates settings.
    public init(
        maximumConnections: Int = 16, connectionTimeout: Duration = .seconds(30),
        operationTimeout: Duration = .seconds(60), batchSize: Int = 1_000,
        maximumFeeds: Int = 16, feedResumeTimeout: Duration = .seconds(120)
    ) {
        self.maximumConnections = maximumConnections
        self.connectionTimeout = connectionTimeout
        self.operationTimeout = operationTimeout
        self.batchSize = batchSize
        self.maximumFeeds = maximumFeeds
        self.feedResumeTimeout = feedResumeTimeout
    }
}
