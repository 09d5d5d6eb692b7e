/// A store that passes messages on to whoever listens at the moment.
///
/// ```swift
/// let news = try await store.subscribe(to: ["news"])
/// for try await case .message(let message) in news { print(message.payload) }
/// ```
///
/// A message goes to the subscriptions in force when it is published and is kept for nobody:
/// at most once. What must not be lost belongs in a list (``ListStore``).
///
/// Messages of one publisher on one channel arrive in the order they were published.
public protocol PublishSubscribeStore: KeyValueStore {
    /// What ``subscribe(to:)`` returns.
    associatedtype Subscription: AsyncSequence<ChannelEvent, StorageError> & Sendable

    /// Subscribes to channels.
    ///
    /// One round trip. When it returns, the subscription is in force: what is published from now on
    /// arrives. It ends when the sequence and its iterators are gone or its task is cancelled. A
    /// lost connection is re-established and the sequence says so with
    /// ``ChannelEvent/resubscribed``; a reader that is too slow is told by
    /// ``ChannelEvent/dropped(_:)``.
    ///
    /// - Parameter channels: The names; at least one, or it throws
    ///   ``StorageError/Code/invalidArgument``.
    func subscribe(to channels: [ByteString]) async throws(StorageError) -> Subscription

    /// Subscribes to every channel whose name begins with a prefix.
    ///
    /// As ``subscribe(to:)``.
    func subscribe(toChannelsWithPrefix prefix: ByteString) async throws(StorageError)
        -> Subscription
}

extension PublishSubscribeStore {
    /// Publishes a message.
    ///
    /// One round trip.
    ///
    /// - Returns: How many subscriptions received it; only those that this server knows of, and one
    ///   for several where they share a connection. 0 means nobody.
    @discardableResult
    public func publish(
        _ payload: ByteString, to channel: ByteString
    ) async throws(StorageError) -> Int {
        try await perform(commands.publish(payload, to: channel))
    }
}
