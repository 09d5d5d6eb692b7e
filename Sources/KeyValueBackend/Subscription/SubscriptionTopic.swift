internal import StorageKit

/// What can be subscribed to: a channel, or the channels of a pattern.
enum SubscriptionTopic: Hashable, Sendable {
    case channel(ByteString)
    /// A pattern in Redis's own writing, see ``RedisGlob``.
    case pattern(ByteString)

    var subscribe: RedisCommand {
        switch self {
        case .channel(let name): RedisCommand([RedisWord.subscribe, name])
        case .pattern(let pattern): RedisCommand([RedisWord.psubscribe, pattern])
        }
    }

    var unsubscribe: RedisCommand {
        switch self {
        case .channel(let name): RedisCommand([RedisWord.unsubscribe, name])
        case .pattern(let pattern): RedisCommand([RedisWord.punsubscribe, pattern])
        }
    }
}

/// What a server says on a connection of subscriptions.
enum SubscriptionNotice: Hashable, Sendable {
    case subscribed(SubscriptionTopic)
    case unsubscribed(SubscriptionTopic)
    /// A message that came because of a topic: one that several topics match comes once for each.
    case message(SubscriptionTopic, ChannelMessage)
    case refused(RedisServerError)

    /// Reads a reply; `nil` for one that is none of these.
    init?(_ reply: RedisReply) {
        if case .error(let error) = reply {
            self = .refused(error)
            return
        }
        guard case .array(let parts) = reply, case .string(let kind) = parts.first,
            case .string(let name)? = parts.dropFirst().first
        else { return nil }
        switch (kind.string, parts.count) {
        case ("subscribe", 3): self = .subscribed(.channel(name))
        case ("psubscribe", 3): self = .subscribed(.pattern(name))
        case ("unsubscribe", 3): self = .unsubscribed(.channel(name))
        case ("punsubscribe", 3): self = .unsubscribed(.pattern(name))
        case ("message", 3):
            guard case .string(let payload) = parts[2] else { return nil }
            self = .message(.channel(name), ChannelMessage(channel: name, payload: payload))
        case ("pmessage", 4):
            guard case .string(let channel) = parts[2], case .string(let payload) = parts[3] else {
                return nil
            }
            self = .message(.pattern(name), ChannelMessage(channel: channel, payload: payload))
        default: return nil
        }
    }
}
