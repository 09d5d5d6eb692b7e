public import StorageKit

/// A cache in Redis that several processes share.
///
/// ```swift
/// let redis = try RedisStore(url: "redis://cache.internal").timeout(.milliseconds(250))
/// let cache = RedisCache<String, JSONCodec<Todo>>(
///     redis, namespace: "todo", keys: .string, values: JSONCodec<Todo>(),
///     options: SharedCacheOptions(timeToLive: .seconds(600), compression: ZlibCompression()))
/// let todos = CachedRepository(primary: database, cache: cache, namespace: "todo")
/// ```
///
/// ``StorageKit/SharedCache`` says what it promises, ``StorageKit/SharedCacheOptions`` how it can
/// be set, and ``RedisCacheStorage`` what each call sends. A process that waits for a load of
/// another is woken by a message; it never asks again and again.
///
/// Give its store a short ``RedisStore/timeout(_:)``: for so long a read waits for a server that
/// does not answer before it goes to the primary. The store stays the caller's, who closes it.
public typealias RedisCache<Key: Hashable & Sendable, Codec: ValueCodec> =
    SharedCache<Key, Codec, RedisCacheStorage>

extension SharedCache where Storage == RedisCacheStorage {
    /// Creates a cache in Redis; nothing is sent.
    ///
    /// - Parameters:
    ///   - store: The server.
    ///   - namespace: What tells caches on one server apart; not empty, without braces.
    ///   - keys: How keys are written: equal keys have equal bytes, different ones different bytes.
    ///   - values: How values are written.
    ///   - invalidation: How keys are invalidated; the same in all processes.
    ///   - options: How it works.
    ///   - clock: What waits and held leases are counted by; tests give a manual one.
    public convenience init(
        _ store: RedisStore, namespace: String, keys: some ValueCodec<Key>, values: Codec,
        invalidation: RedisCacheInvalidation = .keepingBarriers,
        options: SharedCacheOptions = SharedCacheOptions(),
        clock: some Clock<Duration> = ContinuousClock()
    ) {
        self.init(
            storage: RedisCacheStorage(store, namespace: namespace, invalidation: invalidation),
            keys: keys, values: values, options: options, clock: clock)
    }
}
