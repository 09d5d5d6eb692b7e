import Testing

@testable import StorageKit

@Suite("A listener of invalidations")
struct InvalidationListenerStateTests {
    typealias State = InvalidationListenerState<Int>

    private let me = CacheSender(rawValue: 1)
    private let other = CacheSender(rawValue: 2)
    private var state = State(sender: CacheSender(rawValue: 1), bound: .seconds(2))

    private func event(
        _ content: CacheMessage<Int>.Content, from sender: CacheSender
    ) -> CacheChannelEvent<Int> {
        .message(CacheMessage(sender: sender, content: content))
    }

    @Test("drops what others tell of, and nothing of what it told itself")
    mutating func invalidations() {
        #expect(state.opened() == [.flush])
        #expect(state.heard(event(.invalidated([1, 2]), from: other)) == [.drop([1, 2])])
        #expect(state.heard(event(.invalidatedTags(["a"]), from: other)) == [.dropTags(["a"])])
        #expect(state.heard(event(.cleared, from: other)) == [.flush])
        #expect(state.heard(.interrupted) == [.flush])
        for content: CacheMessage<Int>.Content in [
            .invalidated([1]), .invalidatedTags(["a"]), .cleared,
        ] {
            #expect(state.heard(event(content, from: me)).isEmpty)
        }
    }

    @Test("trusts from the moment its own beat was sent, and never because of another's")
    mutating func beats() {
        _ = state.opened()
        #expect(state.beatDue(now: .seconds(10)) == [.send(beat: 1)])
        #expect(state.heard(event(.beat(1), from: other)).isEmpty)
        #expect(state.beatDue(now: .seconds(11)) == [.send(beat: 2)])
        #expect(state.heard(event(.beat(2), from: me)) == [.trust(until: .seconds(13))])
        #expect(state.heard(event(.beat(1), from: me)).isEmpty, "an older one says nothing new")
        #expect(state.heard(event(.beat(2), from: me)).isEmpty, "and none says a thing twice")
    }

    @Test("takes no beat for one of this subscription that was sent in an earlier one")
    mutating func beatsOfAnEarlierSubscription() {
        _ = state.opened()
        _ = state.beatDue(now: .zero)
        _ = state.lost()
        #expect(state.heard(event(.beat(1), from: me)).isEmpty)
        _ = state.opened()
        #expect(state.heard(event(.beat(1), from: me)).isEmpty)
        #expect(state.beatDue(now: .seconds(1)) == [.send(beat: 2)])
    }

    @Test("forgets beats that would say nothing any more, so that silence costs no memory")
    mutating func silence() {
        _ = state.opened()
        for second in 0..<100 { _ = state.beatDue(now: .seconds(second)) }
        #expect(state.heard(event(.beat(98), from: me)).isEmpty)
        #expect(state.heard(event(.beat(99), from: me)) == [.trust(until: .seconds(100))])
    }

    @Test("waits longer after each loss, up to a limit, until a beat has come back")
    mutating func backOff() {
        var pauses: [Duration] = []
        for _ in 0..<10 {
            let actions = state.lost()
            #expect(actions.first == .distrust)
            if case .reopen(let pause)? = actions.last { pauses.append(pause) }
            _ = state.opened()
        }
        #expect(pauses.count == 10)
        #expect(zip(pauses, pauses.dropFirst()).allSatisfy { $0 <= $1 })
        #expect(pauses[1] == pauses[0] * 2)
        #expect(pauses[9] == pauses[8])
        _ = state.beatDue(now: .zero)
        _ = state.heard(event(.beat(1), from: me))
        #expect(state.lost().last == .reopen(after: pauses[0]))
    }

    @Test("sends nothing while nobody listens")
    mutating func closed() {
        #expect(state.beatDue(now: .zero).isEmpty)
        #expect(state.heard(event(.invalidated([1]), from: other)).isEmpty)
    }
}
