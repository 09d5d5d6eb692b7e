/// What a subscription tells its reader: what was published, and what became of the rest.
package protocol SubscriptionEvent: Equatable, Sendable {
    /// The connection was made anew; what was published in between is lost.
    static var resubscribed: Self { get }
    /// This many events were dropped, as the reader was too slow.
    static func dropped(_ count: Int) -> Self
}

extension ChannelEvent: SubscriptionEvent {}
