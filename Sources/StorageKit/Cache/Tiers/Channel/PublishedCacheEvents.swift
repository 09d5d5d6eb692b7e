/// What is heard on a channel of a store about a shared cache, with keys as their bytes.
///
/// What is no message of ours counts as an interruption, and so do messages that were dropped and a
/// connection that was lost: something may have been said that nobody heard.
public struct PublishedCacheEvents: AsyncSequence, Sendable {
    /// What goes wrong on the way.
    public typealias Failure = StorageError

    private let base: any AsyncSequence<ChannelEvent, StorageError> & Sendable

    /// Creates events from a subscription to one channel.
    public init(_ subscription: some AsyncSequence<ChannelEvent, StorageError> & Sendable) {
        base = subscription
    }

    /// Begins to hear.
    public func makeAsyncIterator() -> Iterator { Iterator(base: base.makeAsyncIterator()) }

    /// Where one listener is.
    public struct Iterator: AsyncIteratorProtocol {
        var base: any AsyncIteratorProtocol<ChannelEvent, StorageError>

        /// The next event, or `nil` when the subscription has ended.
        public mutating func next(
            isolation actor: isolated (any Actor)? = #isolation
        ) async throws(StorageError) -> CacheChannelEvent<ByteString>? {
            guard let event = try await base.next(isolation: actor) else { return nil }
            guard case .message(let message) = event,
                let message = CacheMessage(bytes: message.payload)
            else { return .interrupted }
            return .message(message)
        }
    }
}
