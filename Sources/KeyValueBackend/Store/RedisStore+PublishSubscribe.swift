public import StorageKit

extension RedisStore: PublishSubscribeStore {
    /// Subscribes to channels.
    ///
    /// One round trip, and a connection for the first subscription of the store; none for channels
    /// that it is subscribed to already.
    ///
    /// - Parameter channels: The names; at least one.
    /// - Throws: ``StorageKit/StorageError/Code/permissionDenied`` when the server's access control
    ///   list forbids one of the channels.
    public func subscribe(
        to channels: [ByteString]
    ) async throws(StorageError) -> RedisSubscription {
        try check(channels)
        return try await subscribe(to: Set(channels.map(SubscriptionTopic.channel)))
    }

    /// Subscribes to every channel whose name begins with a prefix.
    ///
    /// As ``subscribe(to:)``.
    public func subscribe(
        toChannelsWithPrefix prefix: ByteString
    ) async throws(StorageError) -> RedisSubscription {
        try check([prefix])
        return try await subscribe(to: [.pattern(RedisGlob.pattern(prefix: prefix))])
    }

    private func subscribe(
        to topics: Set<SubscriptionTopic>
    ) async throws(StorageError) -> RedisSubscription {
        let timeout = operationTimeout ?? core.configuration.operationTimeout
        return RedisSubscription(
            try await core.subscriptions.subscribe(to: topics, within: timeout))
    }

    private func check(_ channels: [ByteString]) throws(StorageError) {
        do throws(StorageError) {
            try limits.checkSubscription(to: channels)
        } catch {
            throw error.adding(store: core.name)
        }
    }
}
