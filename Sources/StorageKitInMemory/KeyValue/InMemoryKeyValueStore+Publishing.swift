public import StorageKit

extension InMemoryKeyValueStore: PublishSubscribeStore {
    /// Subscribes to channels.
    ///
    /// - Parameter channels: The names; at least one. One given twice counts once.
    public func subscribe(
        to channels: [ByteString]
    ) async throws(StorageError) -> InMemorySubscription {
        try check(channels)
        return subscription(to: .channels(Set(channels)))
    }

    /// Subscribes to every channel whose name begins with a prefix; empty for all.
    public func subscribe(
        toChannelsWithPrefix prefix: ByteString
    ) async throws(StorageError) -> InMemorySubscription {
        try check([prefix])
        return subscription(to: .prefix(prefix))
    }

    private func check(_ channels: [ByteString]) throws(StorageError) {
        try checkCancellation("subscribe")
        do throws(StorageError) {
            try limits.checkSubscription(to: channels)
        } catch {
            throw error.adding(store: Self.name)
        }
    }

    private func subscription(to topic: ChannelHub.Topic) -> InMemorySubscription {
        InMemorySubscription(channels.subscribe(to: topic, capacity: subscriptionCapacity))
    }
}
