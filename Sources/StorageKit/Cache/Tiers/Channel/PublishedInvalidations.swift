/// A channel of invalidations over any store that passes messages on.
///
/// ```swift
/// let channel = PublishedInvalidations(store: redis, channel: "todo:invalid", keys: .string)
/// let cache = TieredCache(local: memory, shared: shared, channel: channel)
/// ```
///
/// All who share a cache use the same name, and nobody else uses it: a message that is not
/// understood counts as an interruption. The store must hand messages on in one order, as one Redis
/// server does and a cluster of them does not.
public struct PublishedInvalidations<Store: PublishSubscribeStore, Codec: ValueCodec>:
    CacheInvalidationChannel
where Codec.Value: Hashable {
    /// What the entries are found by.
    public typealias Key = Codec.Value

    /// What passes the messages on.
    public let store: Store
    /// The name that they are published under.
    public let channel: ByteString

    private let keys: Codec

    /// Creates a channel; nothing is opened.
    ///
    /// - Parameters:
    ///   - store: What passes the messages on.
    ///   - channel: The name that they are published under.
    ///   - keys: How keys are written.
    public init(store: Store, channel: ByteString, keys: Codec) {
        self.store = store
        self.channel = channel
        self.keys = keys
    }

    /// Subscribes.
    ///
    /// One round trip.
    public func listen() async throws(StorageError) -> DecodedCacheEvents<
        Key, PublishedCacheEvents
    > {
        let events = PublishedCacheEvents(try await store.subscribe(to: [channel]))
        return DecodedCacheEvents(base: events, keys: keys)
    }

    /// Publishes the message.
    ///
    /// One round trip.
    ///
    /// - Throws: ``StorageError/Code/encodingFailed`` when a key cannot be written, and whatever
    ///   the store throws.
    public func send(_ message: CacheMessage<Key>) async throws(StorageError) {
        let message = try message.mapKeys { key throws(StorageError) in try keys.encode(key) }
        _ = try await store.publish(message.bytes, to: channel)
    }
}
