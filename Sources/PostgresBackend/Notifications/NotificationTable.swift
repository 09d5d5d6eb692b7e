internal import StorageKit

/// Who listens to what over one connection, as a value that says what the server is to be told.
///
/// ```
///   subscription 1 ── orders ──────┐            LISTEN orders, once for both
///   subscription 2 ─┬ orders ──────┤
///                   └ stock ───────┘            LISTEN stock
/// ```
///
/// One change is under way at a time: ``next()`` gives all that is to be told now, ``listens(to:)``
/// notes the server's answer, and what was asked for meanwhile is the next change. So an answer
/// never has to be matched with its question.
///
/// A channel is in force when the server has confirmed it on this connection and was not asked to
/// end it since; a subscription is, when all of its channels are. A new connection holds nothing.
struct NotificationTable: Sendable {
    typealias ID = Int

    /// What the server is to be told, in one transaction.
    struct Change: Hashable, Sendable {
        /// In their order.
        var listens: [String]
        var unlistens: [String]
    }

    /// What a subscription is to be told.
    enum Notice: Hashable, Sendable {
        /// It came into force for the first time.
        case confirmed(ID)
        /// It is in force again.
        case resubscribed(ID)
    }

    private struct Subscription {
        var channels: Set<String>
        /// Those that are not in force.
        var missing: Set<String>
        var wasInForce = false
    }

    private var subscriptions: [ID: Subscription] = [:]
    private var channels: [String: Set<ID>] = [:]
    private var inForce: Set<String> = []

    /// Whether nobody listens to anything.
    var isEmpty: Bool { subscriptions.isEmpty }

    /// Who listens to a channel.
    func listeners(to channel: String) -> Set<ID> { channels[channel] ?? [] }

    // MARK: Subscriptions come and go

    mutating func add(_ id: ID, _ wanted: Set<String>) -> [Notice] {
        subscriptions[id] = Subscription(
            channels: wanted, missing: wanted.subtracting(inForce))
        for channel in wanted { channels[channel, default: []].insert(id) }
        return notices(for: [id])
    }

    mutating func remove(_ id: ID) {
        guard let subscription = subscriptions.removeValue(forKey: id) else { return }
        for channel in subscription.channels {
            channels[channel]?.remove(id)
            if channels[channel]?.isEmpty == true { channels[channel] = nil }
        }
    }

    // MARK: The server

    /// What the server is to be told now, if anything.
    mutating func next() -> Change? {
        let wanted = Set(channels.keys)
        let change = Change(
            listens: wanted.subtracting(inForce).sorted(),
            unlistens: inForce.subtracting(wanted).sorted())
        inForce.formIntersection(wanted)
        return change.listens.isEmpty && change.unlistens.isEmpty ? nil : change
    }

    /// The server has confirmed these.
    mutating func listens(to confirmed: [String]) -> [Notice] {
        inForce.formUnion(confirmed)
        let ids = confirmed.reduce(into: Set<ID>()) { $0.formUnion(channels[$1] ?? []) }
        for id in ids { subscriptions[id]?.missing.subtract(confirmed) }
        return notices(for: ids.sorted())
    }

    /// The connection is lost.
    mutating func lost() {
        inForce = []
        for (id, subscription) in subscriptions {
            subscriptions[id]?.missing = subscription.channels
        }
    }

    private mutating func notices(for ids: [ID]) -> [Notice] {
        ids.compactMap { id in
            guard let subscription = subscriptions[id], subscription.missing.isEmpty else {
                return nil
            }
            subscriptions[id]?.wasInForce = true
            return subscription.wasInForce ? .resubscribed(id) : .confirmed(id)
        }
    }
}
