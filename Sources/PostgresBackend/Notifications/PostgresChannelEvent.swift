internal import StorageKit

/// What a ``PostgresSubscription`` tells its reader.
public enum PostgresChannelEvent: Hashable, Sendable {
    /// Somebody has notified a channel, and his transaction is committed.
    case notification(PostgresNotification)
    /// The connection was lost and the subscription is in force again; what was notified in between
    /// is lost.
    case resubscribed
    /// The reader was too slow and this many notifications were dropped to make room, the oldest
    /// first.
    case dropped(Int)
}

extension PostgresChannelEvent: SubscriptionEvent {}
