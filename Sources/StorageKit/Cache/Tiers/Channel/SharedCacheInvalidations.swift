/// What a ``SharedCache`` tells of its invalidations, as a channel.
///
/// The storage tells in the step that invalidates, so a ``TieredCache`` over it sends beats and
/// nothing else. Ends of loads, which are told on the same channel, are not heard here.
public struct SharedCacheInvalidations<
    Key: Hashable & Sendable, Storage: SharedCacheStorage
>: CacheInvalidationChannel {
    let storage: Storage
    let keys: any ValueCodec<Key>

    /// Subscribes.
    ///
    /// One round trip.
    ///
    /// - Throws: ``StorageError/Code/unsupported`` when the storage tells nothing.
    public func listen() async throws(StorageError) -> Events {
        guard let signals = try await storage.signals() else {
            throw StorageError(
                code: .unsupported,
                message: "the storage of this cache tells nothing: give two tiers a channel",
                operation: "listen")
        }
        return Events(base: signals, keys: keys)
    }

    /// Tells something on the storage's channel.
    ///
    /// One round trip.
    public func send(_ message: CacheMessage<Key>) async throws(StorageError) {
        let content: SharedCacheMessage.Content
        switch message.content {
        case .invalidated(let keys): content = .invalidated(try bytes(of: keys))
        case .invalidatedTags(let tags): content = .invalidatedTags(Array(tags))
        case .cleared: content = .cleared
        case .beat(let number): content = .beat(number)
        }
        try await storage.tell(
            SharedCacheMessage(sender: message.sender.rawValue, content: content))
    }

    private func bytes(of keys: [Key]) throws(StorageError) -> [ByteString] {
        var bytes: [ByteString] = []
        for key in keys { bytes.append(try self.keys.encode(key)) }
        return bytes
    }

    /// What is heard on the channel.
    public struct Events: AsyncSequence, Sendable {
        /// What goes wrong on the way.
        public typealias Failure = StorageError

        let base: Storage.Signals
        let keys: any ValueCodec<Key>

        /// Begins to hear.
        public func makeAsyncIterator() -> Iterator {
            Iterator(base: base.makeAsyncIterator(), keys: keys)
        }

        /// Where one listener is.
        public struct Iterator: AsyncIteratorProtocol {
            var base: Storage.Signals.AsyncIterator
            let keys: any ValueCodec<Key>

            /// The next event, or `nil` when the subscription has ended.
            public mutating func next(
                isolation actor: isolated (any Actor)? = #isolation
            ) async throws(StorageError) -> CacheChannelEvent<Key>? {
                while let signal = try await base.next(isolation: actor) {
                    guard case .message(let message) = signal else { return .interrupted }
                    if let event = event(message) { return event }
                }
                return nil
            }

            /// A key that cannot be read may be any key.
            private func event(_ message: SharedCacheMessage) -> CacheChannelEvent<Key>? {
                let content: CacheMessage<Key>.Content
                switch message.content {
                case .loadsEnded: return nil
                case .invalidated(let bytes):
                    let found = bytes.compactMap { try? keys.decode($0) }
                    guard found.count == bytes.count else { return .interrupted }
                    content = .invalidated(found)
                case .invalidatedTags(let tags): content = .invalidatedTags(Set(tags))
                case .cleared: content = .cleared
                case .beat(let number): content = .beat(number)
                }
                let sender = CacheSender(rawValue: message.sender)
                return .message(CacheMessage(sender: sender, content: content))
            }
        }
    }
}
