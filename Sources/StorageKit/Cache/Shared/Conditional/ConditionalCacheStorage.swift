/// A shared cache's records in any store that writes under a condition.
///
/// ```swift
/// let storage = ConditionalCacheStorage(store, namespace: "todo")
/// let cache = SharedCache(storage: storage, keys: .string, values: JSONCodec<Todo>())
/// ```
///
/// It reads a record, works out the next one by ``SharedCacheRecord`` and writes it if the key
/// still holds what was read; otherwise it begins again, `attempts` times at the most. What then
/// still fails is given up where that is safe: nothing is registered, nothing is stored, an
/// invalidation deletes the key. Only a barrier that cannot be set is an error.
///
/// ## Round trips
///
/// * Looking up: 1; 1 more for entries with tags if tags were invalidated since their load.
/// * Everything else on keys: 1, and 1 for each key that changes; 2 more for each that somebody
///   else changed in between.
/// * Removing all: 1.
/// * Invalidating tags: 3.
///
/// and one more to tell of it, where the store passes messages on. A process that dies before that
/// has acknowledged nothing, and nobody hears of what it did: others wait for the end of a lease,
/// and the local one of two tiers keeps the entry for its time to live. A store with scripts does
/// all of it in one step: prefer a storage of its own if there is one.
///
/// ## Time
///
/// The store lets keys vanish; everything else is compared with this process's wall clock. Clocks
/// of processes that differ let leases and barriers seem to end sooner or later by that much.
public struct ConditionalCacheStorage<
    Store: ConditionalWriteStore & ExpiringKeyValueStore
>: SharedCacheStorage {
    /// What is heard of others.
    public typealias Signals = PublishedCacheEvents

    /// What keeps the records.
    public let store: Store
    /// What its keys and its channel are called.
    public let names: SharedCacheNames
    /// How often a change is tried.
    public let attempts: Int
    /// How many tags are remembered before everything is cleared instead.
    public let maximumTags: Int

    let wallClock: @Sendable () -> SharedCacheInstant
    let makeToken: @Sendable () -> SharedCacheToken
    let subscribe: (@Sendable () async throws(StorageError) -> PublishedCacheEvents)?
    let publish: (@Sendable (ByteString) async throws(StorageError) -> Void)?
    let sender: CacheSender

    /// Creates a storage; nothing is sent.
    ///
    /// - Parameters:
    ///   - store: What keeps the records.
    ///   - namespace: What tells caches in one store apart; not empty, without braces.
    ///   - attempts: How often a change is tried, at least 1.
    ///   - maximumTags: How many tags are remembered before everything is cleared instead.
    ///   - wallClock: What time it is; `nil` for the system's clock.
    ///   - makeToken: Where generations come from; `nil` for the system's random numbers.
    public init(
        _ store: Store, namespace: String, attempts: Int = 16, maximumTags: Int = 1_000,
        wallClock: (@Sendable () -> SharedCacheInstant)? = nil,
        makeToken: (@Sendable () -> SharedCacheToken)? = nil
    ) {
        self.init(
            store, SharedCacheNames(namespace: namespace), attempts, maximumTags, wallClock,
            makeToken, subscribe: nil, publish: nil)
    }

    private init(
        _ store: Store, _ names: SharedCacheNames, _ attempts: Int, _ maximumTags: Int,
        _ wallClock: (@Sendable () -> SharedCacheInstant)?,
        _ makeToken: (@Sendable () -> SharedCacheToken)?,
        subscribe: (@Sendable () async throws(StorageError) -> PublishedCacheEvents)?,
        publish: (@Sendable (ByteString) async throws(StorageError) -> Void)?
    ) {
        precondition(attempts >= 1, "a change is tried once at least")
        self.store = store
        self.names = names
        self.attempts = attempts
        self.maximumTags = maximumTags
        self.wallClock = wallClock ?? { .now }
        self.makeToken = makeToken ?? { .random() }
        self.subscribe = subscribe
        self.publish = publish
        sender = CacheSender(rawValue: self.makeToken().rawValue)
    }
}

extension ConditionalCacheStorage where Store: PublishSubscribeStore {
    /// Creates a storage that tells of what happens; nothing is sent.
    ///
    /// Parameters as above.
    public init(
        _ store: Store, namespace: String, attempts: Int = 16, maximumTags: Int = 1_000,
        wallClock: (@Sendable () -> SharedCacheInstant)? = nil,
        makeToken: (@Sendable () -> SharedCacheToken)? = nil
    ) {
        let names = SharedCacheNames(namespace: namespace)
        self.init(
            store, names, attempts, maximumTags, wallClock, makeToken,
            subscribe: { () async throws(StorageError) in
                PublishedCacheEvents(try await store.subscribe(to: [names.signals]))
            },
            publish: { message async throws(StorageError) in
                _ = try await store.publish(message, to: names.signals)
            })
    }
}

extension ConditionalCacheStorage {
    /// Begins to listen; `nil` when the store passes no messages on.
    public func signals() async throws(StorageError) -> PublishedCacheEvents? {
        try await subscribe?()
    }

    /// Tells something to all who listen; nothing when nobody can.
    public func tell(_ message: CacheMessage<ByteString>) async throws(StorageError) {
        try await publish?(message.bytes)
    }

    func tell(_ content: CacheMessage<ByteString>.Content) async throws(StorageError) {
        try await tell(CacheMessage(sender: sender, content: content))
    }
}
