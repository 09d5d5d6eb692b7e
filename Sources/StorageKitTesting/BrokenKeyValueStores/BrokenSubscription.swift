public import StorageKit

/// A model's subscription that may change events on their way, or not notice a cancellation.
public struct BrokenSubscription: AsyncSequence, Sendable {
    /// What goes wrong on the way.
    public typealias Failure = StorageError

    private let base: ModelSubscription
    private let noticesCancellation: Bool
    private let change: @Sendable (ChannelEvent) -> ChannelEvent

    /// Breaks a subscription.
    ///
    /// - Parameters:
    ///   - base: The subscription.
    ///   - noticesCancellation: Whether a reader that is cancelled stops waiting.
    ///   - change: What becomes of each event.
    public init(
        _ base: ModelSubscription, noticesCancellation: Bool = true,
        change: @escaping @Sendable (ChannelEvent) -> ChannelEvent = { $0 }
    ) {
        self.base = base
        self.noticesCancellation = noticesCancellation
        self.change = change
    }

    /// Begins reading.
    public func makeAsyncIterator() -> Iterator { Iterator(self) }

    /// The next event, for whoever comes first.
    private func first() async -> ChannelEvent? {
        var iterator = base.makeAsyncIterator()
        return try? await iterator.next(isolation: nil)
    }

    /// Where one reader is.
    public struct Iterator: AsyncIteratorProtocol {
        private let subscription: BrokenSubscription
        private var base: ModelSubscription.Iterator

        init(_ subscription: BrokenSubscription) {
            self.subscription = subscription
            base = subscription.base.makeAsyncIterator()
        }

        /// The next event, or `nil` when the subscription has ended.
        public mutating func next(
            isolation actor: isolated (any Actor)? = #isolation
        ) async throws(StorageError) -> ChannelEvent? {
            let event: ChannelEvent?
            if subscription.noticesCancellation {
                event = try await base.next(isolation: actor)
            } else {
                // An unstructured task does not hear that its maker was cancelled.
                let broken = subscription
                event = await Task { () async -> ChannelEvent? in await broken.first() }.value
            }
            return event.map(subscription.change)
        }
    }
}
