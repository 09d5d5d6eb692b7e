/// What a subscription tells its reader.
public enum ChannelEvent: Hashable, Sendable {
    /// Somebody published a message.
    case message(ChannelMessage)
    /// The connection was lost and the subscription is in force again; what was published in
    /// between is lost.
    case resubscribed
    /// The reader was too slow and this many messages were dropped to make room, the oldest first.
    case dropped(Int)
}
