/// A shared cache in any key-value store that writes under a condition and lets keys expire.
///
/// ```swift
/// let cache = KeyValueCache<String, JSONCodec<Todo>, InMemoryKeyValueStore>(
///     store, namespace: "todo", keys: .string, values: JSONCodec())
/// ```
///
/// ``ConditionalCacheStorage`` has the round trips: for Redis take `RedisCache`, which needs fewer.
public typealias KeyValueCache<
    Key: Hashable & Sendable, Codec: ValueCodec,
    Store: ConditionalWriteStore & ExpiringKeyValueStore
> = SharedCache<Key, Codec, ConditionalCacheStorage<Store>>

extension SharedCache {
    /// Creates a cache in a key-value store; nothing is sent.
    ///
    /// - Parameters:
    ///   - store: What keeps the records.
    ///   - namespace: What tells caches in one store apart; not empty, without braces.
    ///   - keys: How keys are written: equal keys have equal bytes, different ones different bytes.
    ///   - values: How values are written.
    ///   - options: How it works.
    ///   - clock: What waits are counted by; tests give a manual one.
    ///   - wallClock: What time it is; `nil` for the system's clock.
    public convenience init<Store: PublishSubscribeStore>(
        _ store: Store, namespace: String, keys: some ValueCodec<Key>, values: Codec,
        options: SharedCacheOptions = SharedCacheOptions(),
        clock: some Clock<Duration> = ContinuousClock(),
        wallClock: (@Sendable () -> SharedCacheInstant)? = nil
    ) where Storage == ConditionalCacheStorage<Store> {
        self.init(
            storage: ConditionalCacheStorage(store, namespace: namespace, wallClock: wallClock),
            keys: keys, values: values, options: options, clock: clock, wallClock: wallClock)
    }

    /// Creates a cache in a key-value store that passes no messages on: nobody waits for the loads
    /// of other processes.
    ///
    /// Parameters as above.
    public convenience init<Store>(
        _ store: Store, namespace: String, keys: some ValueCodec<Key>, values: Codec,
        options: SharedCacheOptions = SharedCacheOptions(),
        clock: some Clock<Duration> = ContinuousClock(),
        wallClock: (@Sendable () -> SharedCacheInstant)? = nil
    ) where Storage == ConditionalCacheStorage<Store> {
        self.init(
            storage: ConditionalCacheStorage(store, namespace: namespace, wallClock: wallClock),
            keys: keys, values: values, options: options, clock: clock, wallClock: wallClock)
    }
}
