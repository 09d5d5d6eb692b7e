import StorageKit

/// Which Redis server, and how to deal with it when it is slow, full or gone.
///
/// ```swift
/// var configuration = RedisConfiguration(host: "cache.example", port: 6379)
/// configuration.password = password
/// configuration.operationTimeout = .milliseconds(250)
/// ```
public struct RedisConfiguration: Sendable {
    /// What a call does that finds ``queueLimit`` requests before it.
    public enum WhenFull: Sendable, Hashable {
        /// It waits, first come first served, until its deadline.
        case wait
        /// It throws ``StorageKit/StorageError/Code/resourceExhausted`` at once.
        case fail
    }

    /// How often a request is sent again after its connection was lost.
    ///
    /// Only one that cannot have been applied, or that does no harm when applied twice, is.
    public enum Retries: Sendable, Hashable {
        /// This many times; 0 for never.
        case atMost(Int)
        /// Again and again until its deadline.
        case untilDeadline
    }

    /// How long to wait between attempts to connect: twice as long each time, shortened by a random
    /// part so that the clients of a server that comes back do not come all at once.
    public struct BackOff: Sendable, Hashable {
        /// The wait after the first failure.
        public var initial: Duration
        /// The longest wait.
        public var maximum: Duration
        /// How much of a wait is random, 0 for nothing to 1 for all of it.
        public var jitter: Double

        /// Creates a back-off.
        public init(
            initial: Duration = .milliseconds(20), maximum: Duration = .seconds(2),
            jitter: Double = 0.5
        ) {
            self.initial = initial
            self.maximum = maximum
            self.jitter = jitter
        }
    }

    /// Where the server listens, and how its bytes travel.
    var endpoint: RedisEndpoint

    /// The user of Redis's access control list; `nil` for the default user.
    public var username: String?
    /// The password; `nil` to send no `AUTH`.
    public var password: String?
    /// The number of the database that every connection selects.
    public var database = 0
    /// The name of the connections in the server's `CLIENT LIST`, without blanks; `nil` for none.
    public var clientName: String?

    /// How long a connection may take until it can carry commands.
    public var connectTimeout: Duration = .seconds(5)
    /// How long a call may take, waiting for its place and for a connection included.
    ///
    /// A connection on which nothing came for this long, while a reply was due, is replaced.
    public var operationTimeout: Duration = .seconds(5)
    /// How many commands may be sent and not answered on the shared connection.
    public var queueLimit = 16_384
    /// What a call does that finds the queue full.
    public var whenFull: WhenFull = .wait
    /// How often a request is sent again after its connection was lost.
    public var retries: Retries = .untilDeadline
    /// How long to wait between attempts to connect.
    public var backOff = BackOff()
    /// For how long the event thread looks for the next reply before it sleeps, where that pays;
    /// zero for never.
    ///
    /// With a server on the same machine and a task that awaits one call after the other it can
    /// halve the round trip, at the price of more work for a processor meanwhile.
    public var spinTime: Duration = .microseconds(60)
    /// How many connections blocking commands may occupy; further ones wait for one.
    public var maximumBlockingConnections = 16

    /// Creates the configuration for a server on TCP, without TLS.
    public init(host: String = "127.0.0.1", port: Int = 6379) {
        endpoint = RedisEndpoint(place: .tcp(host: host, port: port))
    }

    /// Creates the configuration for a server on a socket of the file system.
    public init(unixSocket path: String) {
        endpoint = RedisEndpoint(place: .unix(path: path))
    }
}
