import Testing

@testable import StorageKit

@Suite("The pauses after failed refreshes")
struct RefreshPausesTests {
    @Test("double with each failure, up to 32 times the first, and end when a load succeeds")
    func lengths() {
        var pauses = RefreshPauses<Int>(limit: 10)
        var now = Duration.zero
        for factor in [1, 2, 4, 8, 16, 32, 32, 32] {
            pauses.failed(1, pausing: .seconds(3), now: now)
            now += .seconds(3 * factor) - .nanoseconds(1)
            #expect(!pauses.allows(1, now: now) && pauses.allows(2, now: now))
            now += .nanoseconds(1)
            #expect(pauses.allows(1, now: now))
        }
        pauses.succeeded(1)
        #expect(pauses.isEmpty)
        pauses.failed(1, pausing: .seconds(3), now: now)
        #expect(pauses.allows(1, now: now + .seconds(3)))
    }

    @Test("are not made longer by a second failure of the same time")
    func together() {
        var pauses = RefreshPauses<Int>(limit: 10)
        pauses.failed(1, pausing: .seconds(3), now: .zero)
        pauses.failed(1, pausing: .seconds(3), now: .seconds(2))
        #expect(pauses.allows(1, now: .seconds(3)))
    }

    @Test("are kept for so many keys, and those that have long been over make room first")
    func bounded() {
        var pauses = RefreshPauses<Int>(limit: 3)
        pauses.failed(0, pausing: .seconds(1), now: .zero)
        for key in 1...2 { pauses.failed(key, pausing: .seconds(9), now: .zero) }
        pauses.failed(3, pausing: .seconds(9), now: .seconds(2))
        #expect((1...3).allSatisfy { !pauses.allows($0, now: .seconds(2)) })
        #expect(pauses.allows(0, now: .seconds(2)))
    }

    @Test("double for all keys when those of some and the one of the others end together")
    func endTogether() {
        var pauses = RefreshPauses<Int>(limit: 3)
        var now = Duration.zero
        for factor in [1, 2, 4, 8, 16, 32, 32] {
            for key in (0..<9).reversed() { pauses.failed(key, pausing: .seconds(3), now: now) }
            now += .seconds(3 * factor) - .nanoseconds(1)
            #expect((0..<9).allSatisfy { !pauses.allows($0, now: now) })
            now += .nanoseconds(1)
            #expect((0..<9).allSatisfy { pauses.allows($0, now: now) })
        }
    }

    @Test("are one for all further keys when they are many, as long each time as for one key")
    func shared() {
        var pauses = RefreshPauses<Int>(limit: 3)
        for key in 0..<3 { pauses.failed(key, pausing: .seconds(1000), now: .zero) }
        var now = Duration.zero
        for factor in [1, 2, 4, 8, 16, 32, 32] {
            for key in 3..<9 { pauses.failed(key, pausing: .seconds(3), now: now) }
            #expect((0..<3).allSatisfy { !pauses.allows($0, now: now) }, "they keep their own")
            now += .seconds(3 * factor) - .nanoseconds(1)
            #expect((3..<12).allSatisfy { !pauses.allows($0, now: now) })
            now += .nanoseconds(1)
            #expect((3..<12).allSatisfy { pauses.allows($0, now: now) })
        }
        pauses.failed(3, pausing: .seconds(3), now: now)
        pauses.succeeded(4)
        #expect(!pauses.allows(3, now: now), "it had no pause of its own")
        pauses.succeeded(0)
        #expect(pauses.allows(3, now: now), "there is room again")
        pauses.failed(3, pausing: .seconds(3), now: now)
        #expect(!pauses.allows(3, now: now) && pauses.allows(4, now: now))
    }
}
