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
        #expect(first && !second)
        #expect(doubts.next(now: .zero).pause == .milliseconds(100), "the cache has just failed")
        let claim = try #require(doubts.next(now: .milliseconds(100)).claim)
        #expect(claim.keys == [1])
        doubts.succeeded(claim)
        #expect(doubts.next(now: .seconds(1)).isEnd)
        doubts.suspects.add(2)
        let third = doubts.doubted(now: .seconds(1))
        #expect(third, "a new doubt has a task of its own")
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
        #expect(doubts.next(now: .seconds(1)).pause == .seconds(29))
        #expect(doubts.next(now: .seconds(30)).claim?.keys == [1])
        #expect(doubts.next(now: .seconds(30)).pause == .milliseconds(100))
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
        #expect(doubts.next(now: .seconds(1)).pause == .seconds(29))
    }
}

extension CacheDoubts.Step {
    fileprivate var claim: CacheSuspects<Key>.Claim? {
        if case .settle(let claim) = self { claim } else { nil }
    }
    fileprivate var pause: Duration? { if case .pause(let time) = self { time } else { nil } }
    fileprivate var isEnd: Bool { if case .end = self { true } else { false } }
}
