public import StorageKit
import Synchronization

extension ModelKeyValueStore: PublishSubscribeStore {
    /// Subscribes to channels.
    public func subscribe(
        to channels: [ByteString]
    ) async throws(StorageError) -> ModelSubscription {
        guard !channels.isEmpty else {
            throw StorageError(
                code: .invalidArgument, message: "give at least one channel",
                operation: "subscribe", store: "model")
        }
        for channel in channels { try KeyValueOperation.exists(channel).check(against: limits) }
        return subscription { channels.contains($0) }
    }

    /// Subscribes to every channel whose name begins with a prefix.
    public func subscribe(
        toChannelsWithPrefix prefix: ByteString
    ) async throws(StorageError) -> ModelSubscription {
        try KeyValueOperation.exists(prefix).check(against: limits)
        return subscription { $0.hasPrefix(prefix) }
    }

    private func subscription(
        to wants: @escaping @Sendable (ByteString) -> Bool
    ) -> ModelSubscription {
        let (stream, continuation) = AsyncStream.makeStream(of: ChannelEvent.self)
        let number = room.withLock { $0.nextNumber() }
        continuation.onTermination = { [weak self] _ in
            self?.room.withLock { $0.listeners[number] = nil }
        }
        enter { room in
            room.listeners[number] = ModelKeyValueRoom.Listener(wants: wants) {
                continuation.yield($0)
            }
        }
        return ModelSubscription(stream)
    }
}

/// What a ``ModelKeyValueStore`` tells those who listen.
public struct ModelSubscription: AsyncSequence, Sendable {
    /// What goes wrong on the way: nothing does.
    public typealias Failure = StorageError

    private let stream: AsyncStream<ChannelEvent>

    init(_ stream: AsyncStream<ChannelEvent>) { self.stream = stream }

    /// Begins reading.
    public func makeAsyncIterator() -> Iterator { Iterator(base: stream.makeAsyncIterator()) }

    /// Where one reader is.
    public struct Iterator: AsyncIteratorProtocol {
        private var base: AsyncStream<ChannelEvent>.Iterator

        init(base: AsyncStream<ChannelEvent>.Iterator) { self.base = base }

        /// The next event, or `nil` when the subscription has ended.
        public mutating func next(
            isolation actor: isolated (any Actor)? = #isolation
        ) async throws(StorageError) -> ChannelEvent? {
            await base.next(isolation: actor)
        }
    }
}
