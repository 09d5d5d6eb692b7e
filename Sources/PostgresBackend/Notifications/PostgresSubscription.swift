public import StorageKit

/// What some channels are notified of, as it comes.
///
/// ```swift
/// let events = try await database.listen(to: ["orders"])
/// refresh()
/// for try await event in events {
///     switch event {
///     case .notification(let order): show(order.payload)
///     case .resubscribed, .dropped: refresh()
///     }
/// }
/// ```
///
/// It is in force from the moment ``PostgresDatabase/listen(to:)`` returned it until the sequence
/// and its iterators are gone, the reading task is cancelled, or the database is closed, for which
/// ``Iterator/next(isolation:)`` throws `invalidState`. A cancelled reader sees the end, not an
/// error.
///
/// All subscriptions of a database share one connection, which no statement uses. When that is lost
/// it is made anew, and each subscription says ``PostgresChannelEvent/resubscribed`` when it is in
/// force again: what was notified meanwhile is lost. What a slow reader has not taken waits, up to
/// ``PostgresConfiguration/notificationBufferLimit`` notifications; then the oldest go and
/// ``PostgresChannelEvent/dropped(_:)`` says how many.
///
/// Several iterators share the events: each goes to one of them.
public struct PostgresSubscription: AsyncSequence, Sendable {
    /// What goes wrong on the way.
    public typealias Failure = StorageError

    private let lease: SubscriptionLease<PostgresChannelEvent>

    init(_ lease: SubscriptionLease<PostgresChannelEvent>) { self.lease = lease }

    /// Begins reading.
    public func makeAsyncIterator() -> Iterator { Iterator(lease: lease) }

    /// Where one reader is.
    public struct Iterator: AsyncIteratorProtocol {
        let lease: SubscriptionLease<PostgresChannelEvent>

        /// The next event, or `nil` when the subscription has ended.
        public mutating func next(
            isolation actor: isolated (any Actor)? = #isolation
        ) async throws(StorageError) -> PostgresChannelEvent? {
            try await lease.next()
        }
    }
}
