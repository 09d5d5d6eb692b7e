import StorageKit

/// How one connection behaves: a part of the configuration, and what it is used for.
struct ConnectionSettings: Sendable {
    let endpoint: RedisEndpoint
    var greeting: Greeting
    let connectTimeout: Duration
    /// For how long nothing may come while a reply is due; `nil` for ever.
    var patience: Duration?
    var queueLimit: Int
    var refusesWhenFull: Bool
    var retries: Int
    let backOff: RedisConfiguration.BackOff
    /// How much memory one reply may take.
    let maximumReplyBytes: Int
    /// Whether a sent request that is given up takes the link with it: one that blocks the server's
    /// side, and would go on to take an element that nobody gets.
    var breaksWhenAbandoned = false

    init(_ configuration: RedisConfiguration) {
        endpoint = configuration.endpoint
        greeting = Greeting(configuration)
        connectTimeout = configuration.connectTimeout
        patience = configuration.operationTimeout
        queueLimit = configuration.queueLimit
        refusesWhenFull = configuration.whenFull == .fail
        backOff = configuration.backOff
        maximumReplyBytes = configuration.maximumReplyBytes
        switch configuration.retries {
        case .atMost(let count): retries = count
        case .untilDeadline: retries = .max
        }
    }
}
