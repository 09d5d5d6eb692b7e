public import StorageKit

/// How to deal with a Redis server that is slow, full or gone.
///
/// ```swift
/// var configuration = RedisConfiguration()
/// configuration.operationTimeout = .milliseconds(250)
/// let store = RedisStore(address, configuration: configuration)
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

    /// Which calls are sent again at all when nobody knows whether they were done.
    public enum Repeats: Sendable, Hashable {
        /// Those that change nothing.
        case reads
        /// Those as well whose second execution leaves what the first one left and answers the
        /// same, as `set`.
        ///
        /// Between the two another client may have written, and its write is then lost: whoever
        /// needs each write to happen at one moment chooses ``reads``.
        case idempotentCalls
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

    // What the address says.

    /// Where the server listens, and how its bytes travel.
    var endpoint: RedisEndpoint
    /// The user of Redis's access control list; `nil` for the default user.
    var username: String?
    /// The password; `nil` to send no `AUTH`.
    var password: String?
    /// The number of the database that every connection selects.
    var database = 0

    // What the address does not say.

    /// How connections are secured, where the address asks for TLS.
    public var tls = RedisTLSOptions()
    /// The name of the connections in the server's `CLIENT LIST`, without blanks; `nil` for none.
    public var clientName: String?

    /// How long a connection may take until it can carry commands.
    public var connectTimeout: Duration = .seconds(5)
    /// How long a call may take, waiting for its place and for a connection included.
    ///
    /// A connection on which nothing came for this long, while a reply was due, is replaced; unless
    /// the reply that is due next is to a call that ``RedisStore/timeout(_:)`` gave longer. With
    /// zero every call has timed out before it begins.
    public var operationTimeout: Duration = .seconds(5)
    /// How many commands may be sent and not answered on the shared connection.
    public var queueLimit = 16_384
    /// What a call does that finds the queue full.
    public var whenFull: WhenFull = .wait
    /// How often a request is sent again after its connection was lost.
    public var retries: Retries = .untilDeadline
    /// Which requests are sent again.
    public var repeats: Repeats = .idempotentCalls
    /// How long to wait between attempts to connect.
    public var backOff = BackOff()
    /// For how long the event thread looks for the next reply before it sleeps, where that pays;
    /// zero for never.
    ///
    /// With a server on the same machine and a task that awaits one call after the other it can
    /// halve the round trip, at the price of more work for a processor meanwhile.
    public var spinTime: Duration = .microseconds(60)
    /// Whether the store's connections are served by the thread that all stores of the process
    /// share; otherwise by one of their own.
    ///
    /// Sharing it, a store costs a descriptor for each connection and no thread. A thread of its
    /// own takes three descriptors more and keeps one busy store's replies from waiting behind
    /// another's.
    public var sharesEventThread = true
    /// How many connections blocking commands may occupy; further ones wait for one.
    public var maximumBlockingConnections = 16

    /// How much one call may carry; lower it where the server takes less than Redis usually does.
    public var limits = KeyValueLimits()
    /// How much memory the reply to one command may take.
    ///
    /// A call whose reply is larger throws ``StorageKit/StorageError/Code/limitExceeded``, and its
    /// connection is made anew. It is a bound for what a server that is not to be trusted can do.
    public var maximumReplyBytes = 1 << 30
    /// How many messages wait for the reader of a subscription; then the oldest are dropped.
    public var subscriptionBufferLimit = 1024

    /// Creates the usual configuration.
    public init() { self.init(port: 6379) }

    /// Creates the configuration for a server on TCP, without TLS.
    init(host: String = "127.0.0.1", port: Int) {
        endpoint = RedisEndpoint(place: .tcp(host: host, port: port))
    }

    /// Creates the configuration for a server on a socket of the file system.
    init(unixSocket path: String) {
        endpoint = RedisEndpoint(place: .unix(path: path))
    }
}
