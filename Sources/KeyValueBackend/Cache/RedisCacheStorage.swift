public import StorageKit

/// The records of a ``StorageKit/SharedCache`` in Redis, changed by scripts.
///
/// Each transition of ``StorageKit/SharedCacheRecord`` is one script for any number of keys, so one
/// round trip; what it tells others is published by the same script. Only a look at keys is a plain
/// `MGET`, and only what begins anew for all is a plain `SET`.
///
/// Each call is one round trip:
///
/// * looking up: `MGET` of the records and the generation; one more, `EVALSHA`, for entries with
///   tags if tags were invalidated since their load;
/// * looking up with a lease, beginning and ending loads, beginning, ending and recording writes,
///   invalidating tags: `EVALSHA`;
/// * invalidating: `EVALSHA`, or `UNLINK` and `PUBLISH` in a row with
///   ``RedisCacheInvalidation/deleting``;
/// * removing all: `SET` and `PUBLISH` in a row;
/// * listening: `SUBSCRIBE`, and a connection for the first of the store.
///
/// One more where the server does not know a script yet. Time is the server's (`TIME`), and a key
/// ends by `PXAT`: Redis 6.2 or later.
///
/// ## What the server may do
///
/// It may evict, expire or lose any key, and be restarted without its data: all of it is a miss.
/// A barrier and a floor protect as long as they are there: run strict or versioned caches with
/// `noeviction` or a `volatile-*` policy. See `docs/backends/redis.md`.
///
/// ## Errors
///
/// The server's refusals, lost connections and deadlines as ``RedisStore`` gives them. A script is
/// never sent twice when a connection is lost, because a token must not be registered a second time
/// after it was torn.
public struct RedisCacheStorage: SharedCacheStorage {
    /// What is heard of others.
    public typealias Signals = PublishedCacheEvents

    /// The server.
    public let store: RedisStore
    /// What its keys and its channel are called.
    public let names: SharedCacheNames
    /// How keys are invalidated.
    public let invalidation: RedisCacheInvalidation
    /// How many tags are remembered before everything is cleared instead.
    public let maximumTags: Int
    /// Who tells what this storage tells.
    public let sender: CacheSender

    let makeToken: @Sendable () -> SharedCacheToken
    /// What takes the place of the server's clock; for tests.
    let now: (@Sendable () -> SharedCacheInstant)?

    /// Creates a storage; nothing is sent.
    ///
    /// - Parameters:
    ///   - store: The server.
    ///   - namespace: What tells caches on one server apart; not empty, without braces.
    ///   - invalidation: How keys are invalidated.
    ///   - maximumTags: How many tags are remembered before everything is cleared instead.
    ///   - makeToken: Where generations come from; `nil` for the system's random numbers.
    public init(
        _ store: RedisStore, namespace: String,
        invalidation: RedisCacheInvalidation = .keepingBarriers, maximumTags: Int = 10_000,
        makeToken: (@Sendable () -> SharedCacheToken)? = nil
    ) {
        self.init(
            store, namespace: namespace, invalidation: invalidation, maximumTags: maximumTags,
            makeToken: makeToken, now: nil)
    }

    init(
        _ store: RedisStore, namespace: String,
        invalidation: RedisCacheInvalidation = .keepingBarriers, maximumTags: Int = 10_000,
        makeToken: (@Sendable () -> SharedCacheToken)? = nil,
        now: (@Sendable () -> SharedCacheInstant)?
    ) {
        self.store = store
        names = SharedCacheNames(namespace: namespace)
        self.invalidation = invalidation
        self.maximumTags = maximumTags
        self.makeToken = makeToken ?? { .random() }
        self.now = now
        sender = CacheSender(rawValue: self.makeToken().rawValue)
    }

    /// Begins to listen.
    ///
    /// One round trip. It survives lost connections: ``StorageKit/CacheChannelEvent/interrupted``
    /// says that it is in force again.
    public func signals() async throws(StorageError) -> PublishedCacheEvents? {
        PublishedCacheEvents(try await store.subscribe(to: [names.signals]))
    }

    /// Tells something to all who listen.
    ///
    /// One round trip.
    public func tell(_ message: CacheMessage<ByteString>) async throws(StorageError) {
        _ = try await store.publish(message.bytes, to: names.signals)
    }
}

extension RedisCacheStorage {
    func message(_ content: CacheMessage<ByteString>.Content) -> ByteString {
        CacheMessage(sender: sender, content: content).bytes
    }

    /// Runs a script; `CacheScriptText` says what it is given.
    func run(
        _ script: RedisScript, on keys: [ByteString],
        telling content: CacheMessage<ByteString>.Content?, lasting duration: Duration = .zero,
        common: ByteString = "", parts: [ByteString] = []
    ) async throws(StorageError) -> RedisReply {
        let arguments: [ByteString] = [
            now.map { RedisNumber.text($0().milliseconds) } ?? "",
            ByteString(makeToken().text), names.signals, content.map(message) ?? "",
            RedisNumber.text(duration.wholeMilliseconds), common,
        ]
        return try await store.run(
            script, keys: [names.generation, names.tags] + keys.map(names.record),
            arguments: arguments + parts)
    }

    /// Sends a plain command that reads, and throws the error that the server answers.
    func send(
        _ command: RedisCommand, operation: String
    ) async throws(StorageError) -> RedisReply {
        let reply = try await store.send(command, operation: operation)
        guard case .error(let error) = reply else { return reply }
        throw StorageError.redis(error, statement: command.statement)
            .adding(operation: operation, store: store.core.name)
    }

    /// Sends plain commands in a row, and throws the first error.
    func send(
        _ commands: [RedisCommand], effect: RedisCommand.Effect, operation: String
    ) async throws(StorageError) -> [RedisReply] {
        do throws(StorageError) {
            let replies = try await store.core.node.send(
                commands, effect: effect, timeout: store.operationTimeout)
            for (command, reply) in zip(commands, replies) {
                guard case .error(let error) = reply else { continue }
                throw StorageError.redis(
                    error, statement: command.statement,
                    mayHaveBeenApplied: commands.count > 1 && effect != .reads)
            }
            return replies
        } catch {
            throw error.renamed(operation: operation, store: store.core.name)
        }
    }
}
