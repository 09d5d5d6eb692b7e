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

    private let coding: CacheMessageCoding<Codec>

    /// Creates a channel; nothing is opened.
    ///
    /// - Parameters:
    ///   - store: What passes the messages on.
    ///   - channel: The name that they are published under.
    ///   - keys: How keys are written.
    public init(store: Store, channel: ByteString, keys: Codec) {
        self.store = store
        self.channel = channel
        coding = CacheMessageCoding(codec: keys)
    }

    /// Subscribes.
    ///
    /// One round trip.
    public func listen() async throws(StorageError) -> Events {
        Events(base: try await store.subscribe(to: [channel]), coding: coding)
    }

    /// Publishes the message.
    ///
    /// One round trip.
    ///
    /// - Throws: ``StorageError/Code/encodingFailed`` when a key cannot be written, and whatever
    ///   the store throws.
    public func send(_ message: CacheMessage<Key>) async throws(StorageError) {
        _ = try await store.publish(coding.encode(message), to: channel)
    }

    /// What is heard on the channel.
    public struct Events: AsyncSequence, Sendable {
        /// What goes wrong on the way.
        public typealias Failure = StorageError

        let base: Store.Subscription
        let coding: CacheMessageCoding<Codec>

        /// Begins to hear.
        public func makeAsyncIterator() -> Iterator {
            Iterator(base: base.makeAsyncIterator(), coding: coding)
        }

        /// Where one listener is.
        public struct Iterator: AsyncIteratorProtocol {
            var base: Store.Subscription.AsyncIterator
            let coding: CacheMessageCoding<Codec>

            /// The next event, or `nil` when the subscription has ended.
            public mutating func next(
                isolation actor: isolated (any Actor)? = #isolation
            ) async throws(StorageError) -> CacheChannelEvent<Codec.Value>? {
                guard let event = try await base.next(isolation: actor) else { return nil }
                guard case .message(let message) = event,
                    let content = coding.decode(message.payload)
                else { return .interrupted }
                return .message(content)
            }
        }
    }
}
