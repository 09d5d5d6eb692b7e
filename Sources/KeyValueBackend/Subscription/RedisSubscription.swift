public import StorageKit

/// What is published on some channels, as it comes.
///
/// It is in force from the moment ``RedisStore/subscribe(to:)`` returned it until the sequence and
/// its iterators are gone, the reading task is cancelled, or the store is closed, for which
/// ``next(isolation:)`` throws ``StorageKit/StorageError/Code/invalidState``. A cancelled reader
/// sees the end, not an error.
///
/// All subscriptions of a store share one connection. When that is lost it is made anew, and each
/// subscription says ``StorageKit/ChannelEvent/resubscribed`` when it is in force again: what was
/// published meanwhile is lost. What a slow reader has not taken waits, up to
/// ``RedisConfiguration/subscriptionBufferLimit`` messages; then the oldest go and
/// ``StorageKit/ChannelEvent/dropped(_:)`` says how many.
///
/// Several iterators share the events: each goes to one of them.
public struct RedisSubscription: AsyncSequence, Sendable {
    /// What goes wrong on the way.
    public typealias Failure = StorageError

    private let lease: SubscriptionLease<ChannelEvent>

    init(_ lease: SubscriptionLease<ChannelEvent>) { self.lease = lease }

    /// Begins reading.
    public func makeAsyncIterator() -> Iterator { Iterator(lease: lease) }

    /// Where one reader is.
    public struct Iterator: AsyncIteratorProtocol {
        let lease: SubscriptionLease<ChannelEvent>

        /// The next event, or `nil` when the subscription has ended.
        public mutating func next(
            isolation actor: isolated (any Actor)? = #isolation
        ) async throws(StorageError) -> ChannelEvent? {
            try await lease.next()
        }
    }
}
