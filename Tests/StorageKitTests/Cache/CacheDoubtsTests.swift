import Testing

@testable import StorageKit

@Suite("When doubts are settled in the background")
struct CacheDoubtsTests {
    private func doubts(_ keys: Int...) -> CacheDoubts<Int> {
        var doubts = CacheDoubts<Int>(limit: 1000)
        for key in keys { doubts.suspects.add(key) }
        return doubts
    }

    @Test("one task is started, and it ends when there are none")
    func oneTask() throws {
        var doubts = doubts(1)
        let (first, second) = (doubts.doubted(now: .zero), doubts.doubted(now: .zero))
        #expect(first == .start && second == .nothing)
        #expect(doubts.next(now: .zero).pause == .milliseconds(100), "the cache has just failed")
        let claim = try #require(doubts.next(now: .milliseconds(100)).claim)
        #expect(claim.keys == [1])
        doubts.succeeded(claim)
        #expect(doubts.next(now: .seconds(1)).isEnd)
        doubts.suspects.add(2)
        let third = doubts.doubted(now: .seconds(1))
        #expect(third == .start, "a new doubt has a task of its own")
    }

    @Test("so many keys are settled by one call")
    func batches() throws {
        var doubts = CacheDoubts<Int>(limit: 1000)
        for key in 0..<250 { doubts.suspects.add(key) }
        _ = doubts.doubted(now: .zero)
        var sizes: [Int] = []
        while let claim = doubts.next(now: .seconds(1)).claim {
            sizes.append(claim.keys.count)
            doubts.succeeded(claim)
        }
        #expect(sizes == [100, 100, 50])
    }

    @Test("what is held is waited for, and so is what a reader is settling")
    func waiting() {
        var doubts = doubts()
        doubts.suspects.add(1, heldUntil: .seconds(30))
        _ = doubts.doubted(now: .zero)
        #expect(doubts.next(now: .seconds(1)).pause == .seconds(10))
        #expect(doubts.next(now: .seconds(21)).pause == .seconds(9))
        #expect(doubts.next(now: .seconds(30)).claim?.keys == [1])
        #expect(doubts.next(now: .seconds(30)).pause == .milliseconds(100))
    }

    @Test("the task looks when its pause is over, whatever is doubted in that moment")
    func doubtedAtTheEnd() {
        var doubts = doubts(1)
        _ = doubts.doubted(now: .zero)
        doubts.suspects.add(2)
        #expect(doubts.doubted(now: .milliseconds(100)) == .nothing)
        #expect(doubts.next(now: .milliseconds(100)).claim?.keys.sorted() == [1, 2])
    }

    @Test("what is doubted while another doubt is held is not held with it")
    func doubtedWhileHeld() {
        var doubts = doubts()
        doubts.suspects.add(1, heldUntil: .seconds(30))
        _ = doubts.doubted(now: .zero)
        _ = doubts.answered(now: .seconds(1))
        _ = doubts.next(now: .seconds(1))
        doubts.suspects.add(2)
        #expect(doubts.doubted(now: .seconds(2)) == .wake)
        #expect(doubts.next(now: .seconds(2)).pause == .milliseconds(100))
        #expect(doubts.next(now: .milliseconds(2100)).claim?.keys == [2])
    }

    @Test("what a reader could not settle is tried after the first pause, if there is a task")
    func released() {
        var doubts = doubts(2)
        doubts.suspects.add(1, heldUntil: .seconds(30))
        let early = doubts.suspects.claim([2], now: .zero)
        #expect(doubts.released(early, now: .zero) == .nothing)
        _ = doubts.doubted(now: .zero)
        let claim = doubts.suspects.claim([2], now: .seconds(1))
        #expect(doubts.next(now: .seconds(1)).pause == .seconds(10))
        #expect(doubts.released(claim, now: .seconds(2)) == .wake)
        #expect(doubts.next(now: .seconds(2)).pause == .milliseconds(100))
        #expect(doubts.next(now: .milliseconds(2100)).claim?.keys == [2])
    }

    @Test("a new doubt does not shorten the pause after a failure")
    func doubtedWhilePausing() throws {
        var doubts = doubts(1)
        _ = doubts.doubted(now: .zero)
        doubts.failed(try #require(doubts.next(now: .seconds(1)).claim), now: .seconds(1))
        doubts.suspects.add(2)
        #expect(doubts.doubted(now: .seconds(1)) == .nothing)
        #expect(doubts.next(now: .seconds(1)).pause == .milliseconds(200))
    }

    @Test("what is refused for good waits for all others, and is paused for only then")
    func refusals() throws {
        var doubts = CacheDoubts<Int>(limit: 1000)
        for key in 0..<250 { doubts.suspects.add(key) }
        _ = doubts.doubted(now: .zero)
        var tried: [Set<Int>] = []
        for _ in 0..<3 {
            let claim = try #require(doubts.next(now: .seconds(1)).claim)
            tried.append(Set(claim.keys))
            for part in claim.parts { doubts.refused(part, now: .seconds(1)) }
        }
        #expect(tried.map(\.count) == [100, 100, 50])
        #expect(Set(tried.joined()) == Set(0..<250))
        #expect(doubts.next(now: .seconds(1)).pause == .milliseconds(200))
        let again = try #require(doubts.next(now: .seconds(2)).claim)
        #expect(Set(again.keys) == tried[0], "they were refused longest ago")
    }

    @Test("a task gives up a cache that fails for an hour, and begins anew when it answers")
    func patience() throws {
        var doubts = doubts(1)
        _ = doubts.doubted(now: .zero)
        var now = Duration.zero
        var tries = 0
        loop: while true {
            switch doubts.next(now: now) {
            case .settle(let claim):
                tries += 1
                doubts.failed(claim, now: now)
            case .pause(let time): now += time
            case .end: break loop
            }
        }
        #expect(now >= .seconds(3600) && now < .seconds(3611))
        #expect((360...370).contains(tries))
        #expect(!doubts.suspects.isEmpty, "what is in doubt stays so")
        #expect(doubts.answered(now: now + .seconds(1)) == .start)
        #expect(doubts.next(now: now + .seconds(1)).claim?.keys == [1])
    }

    @Test("an answer of the cache ends the pause, but not again and again")
    func answers() throws {
        var doubts = doubts(1)
        _ = doubts.doubted(now: .zero)
        var now = Duration.milliseconds(100)
        for _ in 0..<5 {
            doubts.failed(try #require(doubts.next(now: now).claim), now: now)
            #expect(doubts.answered(now: now + .milliseconds(99)) == .nothing)
            now += .milliseconds(100)
            #expect(doubts.answered(now: now) == .wake)
            #expect(doubts.answered(now: now) == .nothing, "it is awake")
        }
    }

    @Test("an answer brings nothing nearer that is held, and is nothing where there is no doubt")
    func answerWhileHeld() {
        var doubts = doubts()
        #expect(doubts.answered(now: .zero) == .nothing)
        doubts.suspects.add(1, heldUntil: .seconds(30))
        _ = doubts.doubted(now: .zero)
        _ = doubts.answered(now: .seconds(1))
        #expect(doubts.next(now: .seconds(21)).pause == .seconds(9))
    }
}

extension CacheDoubts.Step {
    fileprivate var claim: CacheSuspects<Key>.Claim? {
        if case .settle(let claim) = self { claim } else { nil }
    }
    fileprivate var pause: Duration? { if case .pause(let time) = self { time } else { nil } }
    fileprivate var isEnd: Bool { if case .end = self { true } else { false } }
}
