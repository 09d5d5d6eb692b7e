import StorageKit
import TestSupport
import Testing

@testable import KeyValueBackend

@Suite("Who is subscribed to what, as a value")
struct SubscriptionTableTests {
    typealias Action = SubscriptionTable.Action

    static let news = SubscriptionTopic.channel("news")
    static let sport = SubscriptionTopic.channel("sport")
    static let all = SubscriptionTopic.pattern("*")

    /// A table whose link is there.
    static func linked() -> SubscriptionTable {
        var table = SubscriptionTable()
        _ = table.established()
        return table
    }

    @Test("a channel is subscribed once for all, and given up with the last")
    func shared() {
        var table = Self.linked()
        #expect(table.add(1, [Self.news]) == [.post(Self.news, isSubscribing: true)])
        #expect(table.add(2, [Self.news]) == [])
        let confirmed = table.receive(.subscribed(Self.news))
        #expect(Set(confirmed) == [.confirm(1), .confirm(2)])
        #expect(table.add(3, [Self.news]) == [.confirm(3)])
        #expect(table.remove(1) == [])
        #expect(table.remove(2) == [])
        #expect(table.remove(3) == [.post(Self.news, isSubscribing: false)])
        #expect(table.remove(3) == [])
        #expect(table.isEmpty)
    }

    @Test("a subscription is in force when all of its topics are")
    func several() {
        var table = Self.linked()
        #expect(table.add(1, [Self.news, Self.sport]).count == 2)
        #expect(table.receive(.subscribed(Self.sport)) == [])
        #expect(table.receive(.subscribed(Self.news)) == [.confirm(1)])
    }

    @Test("the confirmation of a subscription that was given up is not the next one's")
    func overtaken() {
        var table = Self.linked()
        _ = table.add(1, [Self.news])
        _ = table.remove(1)
        #expect(table.add(2, [Self.news]) == [.post(Self.news, isSubscribing: true)])
        // In force for a moment, but the UNSUBSCRIBE is on its way.
        #expect(table.receive(.subscribed(Self.news)) == [])
        #expect(table.receive(.unsubscribed(Self.news)) == [])
        #expect(table.receive(.subscribed(Self.news)) == [.confirm(2)])
    }

    @Test("a new link is told everything, and who was in force before is told of it")
    func relinked() {
        var table = SubscriptionTable()
        #expect(table.add(1, [Self.news]) == [])
        #expect(table.established() == [.post(Self.news, isSubscribing: true)])
        #expect(table.receive(.subscribed(Self.news)) == [.confirm(1)])
        table.lost()
        #expect(table.add(2, [Self.news]) == [])
        #expect(table.established() == [.post(Self.news, isSubscribing: true)])
        let confirmed = table.receive(.subscribed(Self.news))
        #expect(Set(confirmed) == [.resubscribed(1), .confirm(2)])
    }

    @Test("what was posted on a new link before it was heard of does no harm")
    func early() {
        var table = Self.linked()
        _ = table.add(1, [Self.news])
        _ = table.receive(.subscribed(Self.news))
        // The link was lost and made anew, which the table has not heard yet.
        #expect(table.add(2, [Self.sport]) == [.post(Self.sport, isSubscribing: true)])
        table.lost()
        #expect(table.established().count == 2)
        #expect(table.receive(.subscribed(Self.sport)) == [.confirm(2)])
        #expect(table.receive(.subscribed(Self.news)) == [.resubscribed(1)])
        #expect(table.receive(.subscribed(Self.sport)) == [])
    }

    @Test("an answer too many keeps nobody from coming into force who comes and goes meanwhile")
    func earlyAndOvertaken() {
        var table = Self.linked()
        // This goes out on a new link, which the table has not heard of yet.
        _ = table.add(1, [Self.news])
        table.lost()
        #expect(table.established() == [.post(Self.news, isSubscribing: true)])
        #expect(table.remove(1) == [.post(Self.news, isSubscribing: false)])
        #expect(table.add(2, [Self.news]) == [.post(Self.news, isSubscribing: true)])
        #expect(table.receive(.subscribed(Self.news)) == [])
        #expect(table.receive(.subscribed(Self.news)) == [])
        #expect(table.receive(.unsubscribed(Self.news)) == [])
        #expect(table.receive(.subscribed(Self.news)) == [.confirm(2)])
    }

    @Test("a message goes to the subscriptions of the topic it came for, once to each")
    func messages() {
        var table = Self.linked()
        _ = table.add(1, [Self.news, Self.sport])
        _ = table.add(2, [Self.all])
        let message = ChannelMessage(channel: "news", payload: "x")
        #expect(table.receive(.message(Self.news, message)) == [.deliver(1, message)])
        #expect(table.receive(.message(Self.all, message)) == [.deliver(2, message)])
        #expect(table.receive(.message(.channel("other"), message)) == [])
    }

    @Test("a refusal is that of the command that waits longest")
    func refused() {
        var table = Self.linked()
        _ = table.add(1, [Self.news])
        _ = table.add(2, [Self.sport])
        let error = RedisServerError("NOPERM no")
        #expect(table.receive(.refused(error)) == [.refuse(1, error)])
        #expect(table.remove(1) == [.post(Self.news, isSubscribing: false)])
        #expect(table.receive(.subscribed(Self.sport)) == [.confirm(2)])
    }

    /// The random worlds that follow: a server that keeps its promises, over links that do not.
    struct Server {
        var subscribed: Set<SubscriptionTopic> = []
        var answers: [SubscriptionNotice] = []

        mutating func take(_ actions: [Action]) {
            for case .post(let topic, let isSubscribing) in actions {
                if isSubscribing { subscribed.insert(topic) } else { subscribed.remove(topic) }
                answers.append(isSubscribing ? .subscribed(topic) : .unsubscribed(topic))
            }
        }
    }

    @Test(
        "in random worlds, who is told that it is in force is so on the server", arguments: 0..<50)
    func random(world: UInt64) {
        var generator = SplitMix(state: testSeed &+ world)
        let topics = [Self.news, Self.sport, Self.all]
        var (table, server) = (SubscriptionTable(), Server())
        var wanted: [Int: Set<SubscriptionTopic>] = [:]
        for step in 0..<400 {
            var actions: [Action] = []
            switch generator.next() % 8 {
            case 0, 1:
                let chosen = Set(topics.filter { _ in generator.next() % 2 == 0 })
                guard !chosen.isEmpty else { continue }
                wanted[step] = chosen
                actions = table.add(step, chosen)
            case 2:
                guard let id = wanted.keys.sorted().first else { continue }
                wanted[id] = nil
                actions = table.remove(id)
            case 3 where generator.next() % 4 == 0:
                table.lost()
                server = Server()
                continue
            case 3, 4:
                guard !table.hasLink else { continue }
                actions = table.established()
            default:
                guard !server.answers.isEmpty else { continue }
                actions = table.receive(server.answers.removeFirst())
            }
            server.take(actions)
            check(actions, wanted, server)
        }
        // Everything said and answered: the server has what is wanted, no more and no less.
        if !table.hasLink { server.take(table.established()) }
        while !server.answers.isEmpty { server.take(table.receive(server.answers.removeFirst())) }
        #expect(server.subscribed == wanted.values.reduce(into: []) { $0.formUnion($1) })
    }

    private func check(
        _ actions: [Action], _ wanted: [Int: Set<SubscriptionTopic>], _ server: Server
    ) {
        for action in actions {
            switch action {
            case .confirm(let id), .resubscribed(let id):
                #expect(wanted[id].map { $0.isSubset(of: server.subscribed) } == true)
            default: break
            }
        }
    }
}

/// Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014.
private struct SplitMix {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
