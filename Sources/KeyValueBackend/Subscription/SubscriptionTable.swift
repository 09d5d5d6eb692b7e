internal import StorageKit

/// Who is subscribed to what over one connection, as a value that says what to do.
///
/// ```
///   subscription 1 ── news ──────┐                 SUBSCRIBE news, once for both
///   subscription 2 ─┬ news ──────┤
///                   └ sport ─────┘                 SUBSCRIBE sport
///   subscription 3 ── pattern s* ───── also hears what is published on sport: another topic
/// ```
///
/// A topic is in force when the server has confirmed the last thing that was asked about it on this
/// link, and that was to subscribe. A subscription is in force when all of its topics are. The
/// server answers each command once and in order, but what was posted on a link just before we
/// heard of the link's existence is answered too; so an answer is matched with the first command of
/// its topic that waits for one, and one that nobody waits for is ignored.
///
/// A new link holds nothing: everything is posted again, and each subscription that was in force
/// before is told when it is so again.
///
/// ``SubscriptionHub`` carries the decisions out.
struct SubscriptionTable {
    typealias ID = Int

    /// What is to be done, in this order.
    enum Action: Hashable {
        case post(SubscriptionTopic, isSubscribing: Bool)
        /// The subscription came into force for the first time.
        case confirm(ID)
        /// It is in force again.
        case resubscribed(ID)
        case deliver(ID, ChannelMessage)
        /// The server does not allow it.
        case refuse(ID, RedisServerError)
    }

    private struct Topic {
        var subscriptions: Set<ID> = []
        var isInForce = false
    }

    private struct Subscription {
        var topics: Set<SubscriptionTopic>
        /// Those that are not in force.
        var missing: Set<SubscriptionTopic>
        var wasInForce = false
    }

    private var topics: [SubscriptionTopic: Topic] = [:]
    private var subscriptions: [ID: Subscription] = [:]
    /// What was posted on this link and not answered, for refusals, which name no topic.
    private var posted: ArraySlice<(topic: SubscriptionTopic, isSubscribing: Bool)> = []
    /// How many of those are about a topic.
    private var unanswered: [SubscriptionTopic: Int] = [:]
    private(set) var hasLink = false

    /// Whether nobody is subscribed to anything.
    var isEmpty: Bool { subscriptions.isEmpty }

    // MARK: Subscriptions come and go

    mutating func add(_ id: ID, _ wanted: Set<SubscriptionTopic>) -> [Action] {
        let missing = wanted.filter { topics[$0]?.isInForce != true }
        subscriptions[id] = Subscription(topics: wanted, missing: missing)
        var actions: [Action] = []
        for topic in wanted {
            let isNew = topics[topic] == nil
            topics[topic, default: Topic()].subscriptions.insert(id)
            if isNew, hasLink { actions.append(post(topic, isSubscribing: true)) }
        }
        return actions + confirmations(of: [id])
    }

    mutating func remove(_ id: ID) -> [Action] {
        guard let subscription = subscriptions.removeValue(forKey: id) else { return [] }
        var actions: [Action] = []
        for topic in subscription.topics {
            topics[topic]?.subscriptions.remove(id)
            guard topics[topic]?.subscriptions.isEmpty == true else { continue }
            topics[topic] = nil
            if hasLink { actions.append(post(topic, isSubscribing: false)) }
        }
        return actions
    }

    // MARK: The link

    mutating func established() -> [Action] {
        lost()
        hasLink = true
        return topics.keys.map { post($0, isSubscribing: true) }
    }

    mutating func lost() {
        hasLink = false
        (posted, unanswered) = ([], [:])
        for topic in topics.keys { topics[topic]?.isInForce = false }
        for (id, subscription) in subscriptions {
            subscriptions[id]?.missing = subscription.topics
        }
    }

    // MARK: The server

    mutating func receive(_ notice: SubscriptionNotice) -> [Action] {
        switch notice {
        case .message(let topic, let message):
            let receivers = topics[topic]?.subscriptions ?? []
            return receivers.map { .deliver($0, message) }
        case .subscribed(let topic):
            // It may be one too many, of what was posted early; then it tells the same.
            _ = answer(topic, isSubscribing: true)
            guard unanswered[topic] == nil, topics[topic]?.isInForce == false else { return [] }
            return putInForce(topic)
        case .unsubscribed(let topic):
            _ = answer(topic, isSubscribing: false)
            return []
        case .refused(let error):
            guard let (topic, isSubscribing) = posted.first else { return [] }
            _ = answer(topic, isSubscribing: isSubscribing)
            guard isSubscribing else { return [] }
            return (topics[topic]?.subscriptions ?? []).map { .refuse($0, error) }
        }
    }

    private mutating func post(_ topic: SubscriptionTopic, isSubscribing: Bool) -> Action {
        posted.append((topic, isSubscribing))
        unanswered[topic, default: 0] += 1
        return .post(topic, isSubscribing: isSubscribing)
    }

    private mutating func answer(_ topic: SubscriptionTopic, isSubscribing: Bool) -> Bool {
        let index = posted.firstIndex { $0.topic == topic && $0.isSubscribing == isSubscribing }
        guard let index else { return false }
        // Nearly always it is the first, which a slice lets go of in constant time.
        if index == posted.startIndex { posted.removeFirst() } else { posted.remove(at: index) }
        if posted.isEmpty { posted = [] }
        let rest = (unanswered[topic] ?? 1) - 1
        unanswered[topic] = rest == 0 ? nil : rest
        return true
    }

    private mutating func putInForce(_ topic: SubscriptionTopic) -> [Action] {
        guard let ids = topics[topic]?.subscriptions else { return [] }
        topics[topic]?.isInForce = true
        for id in ids { subscriptions[id]?.missing.remove(topic) }
        return confirmations(of: ids)
    }

    private mutating func confirmations(of ids: Set<ID>) -> [Action] {
        ids.compactMap { id in
            guard let subscription = subscriptions[id], subscription.missing.isEmpty else {
                return nil
            }
            subscriptions[id]?.wasInForce = true
            return subscription.wasInForce ? .resubscribed(id) : .confirm(id)
        }
    }
}
