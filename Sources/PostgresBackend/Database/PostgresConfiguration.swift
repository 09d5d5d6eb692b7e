internal import StorageKit

/// How a ``PostgresDatabase`` behaves.
///
/// ```swift
/// var configuration = PostgresConfiguration()
/// configuration.statementTimeout = .seconds(5)
/// let database = PostgresDatabase(address, configuration: configuration)
/// ```
public struct PostgresConfiguration: Hashable, Sendable {
    /// What is done with a connection that a body of its own has had, before others use it.
    public enum Reset: String, Hashable, Sendable {
        /// Settings, temporary tables, locks and `LISTEN` of the session are undone after
        /// ``PostgresDatabase/withConnection(_:_:)``, and after a statement that visibly makes
        /// some, such as `SET`. Prepared statements stay.
        case whenNeeded
        /// Nothing: what a body leaves behind, others find. For PgBouncer, which resets itself.
        case never
    }

    /// Which of several servers of an address answer what only reads.
    ///
    /// A standby is behind: it may not have yet what was just written, unless the primary's
    /// `synchronous_commit` is `remote_apply`. So nothing goes there that was not asked to.
    public enum ReadRoute: String, Hashable, Sendable {
        /// The server that everything goes to.
        case primary
        /// A standby; the primary while there is none.
        case preferStandby
        /// A standby and nothing else.
        case standby
    }

    /// How many connections there may be, at least 1, for each route.
    public var maximumConnections = 10
    /// How many statements of different tasks may be under way on one connection, when all
    /// connections are in use; at least 1, which is for never.
    ///
    /// Each is a transaction of its own, whatever becomes of its neighbours. One that takes long
    /// holds up those that joined it; none joins one that has taken some milliseconds.
    public var statementsPerConnection = 8
    /// How long a call waits for a connection that other calls hold, before it fails with
    /// `resourceExhausted`.
    public var connectionTimeout = Duration.seconds(30)
    /// How long a connection may take until it can be used.
    public var connectTimeout = Duration.seconds(5)
    /// How long a connection may be unused until it is closed.
    public var idleTimeout = Duration.seconds(60)
    /// How old a connection may be for another call to use it; `nil` for any age.
    ///
    /// An older one is closed when it is free.
    /// Connections that go to whichever server has a role, or a name, find out in this time that it
    /// is another one now. ``PostgresDatabase/reading`` has one of a minute where none is set, so
    /// that it comes back to a standby that was away.
    public var connectionLifetime: Duration?
    /// Where transactions that only read go, and what ``PostgresDatabase/reading`` is.
    public var readRoute = ReadRoute.primary
    /// How long the server works on a statement until it stops it and the call fails with
    /// `timedOut`; `nil` for what the server is configured to.
    ///
    /// It is PostgreSQL's `statement_timeout`, sent when a connection is opened.
    public var statementTimeout: Duration?
    /// How long a statement may take, from when a connection has it until its outcome is known, and
    /// how long rows that are walked or copied may be awaited; `nil` for as long as it takes.
    ///
    /// Then the server is asked to stop it, as for a task that is cancelled, and the call throws
    /// `timedOut`. A server that does not react is given up after ``stopTimeout``: the call throws
    /// `timedOut` too, and says when the statement may have been applied. It is what ends a call to
    /// a server that is silent although its machine is there, which no other limit notices; it
    /// needs nothing of the server, where ``statementTimeout`` does.
    public var operationTimeout: Duration?
    /// How long the server may take to stop a statement that was cancelled, or has timed out, until
    /// its connection is given up.
    public var stopTimeout = Duration.seconds(5)
    /// How many statements each connection keeps prepared, the least recently used going first; 0
    /// for none, as PgBouncer before 1.21 needs it in its transaction mode.
    public var statementCacheCapacity = 256
    /// How many notifications wait for the reader of a ``PostgresSubscription``, until the oldest
    /// are dropped; at least 1.
    public var notificationBufferLimit = 1024
    /// What is done with a connection before others use it.
    public var reset = Reset.whenNeeded
    /// The name of the connections in the server's `pg_stat_activity`, unless the address has one.
    public var applicationName = "StorageKit"
    /// For how long the event thread looks for the next answer before it sleeps, where that pays;
    /// zero for never.
    public var spinTime = Duration.microseconds(60)

    /// Creates the usual configuration.
    public init() {}
}

extension PostgresConfiguration {
    /// What connections are opened with.
    func options(for address: PostgresAddress) -> ConnectionOptions {
        var options = address.options
        options["client_encoding"] = "UTF8"
        options.setDefault("fallback_application_name", applicationName)
        // A server that has silently gone is noticed in half a minute.
        options.setDefault("keepalives_idle", "15")
        options.setDefault("keepalives_interval", "5")
        options.setDefault("keepalives_count", "3")
        options.setDefault("tcp_user_timeout", "30000")
        if let statementTimeout {
            let milliseconds = max(1, statementTimeout.nanoseconds / 1_000_000)
            options.appendSetting("statement_timeout", "\(milliseconds)")
        }
        return options
    }
}
