import Testing

@testable import StorageKit

@Suite("The keys in doubt")
struct CacheSuspectsTests {
    @Test("are settled by what began after the doubt, and not by what began before")
    func stamps() {
        var suspects = CacheSuspects<Int>(limit: 10)
        suspects.add(1)
        let early = suspects.claim([1, 2], now: .zero)
        suspects.add(1)
        suspects.settle(early)
        let late = suspects.claim([1], now: .zero)
        #expect(late.keys == [1], "a second writer doubted it meanwhile")
        suspects.settle(late)
        #expect(suspects.isEmpty)
    }

    @Test("are named one by one, and others are not concerned")
    func concern() {
        var suspects = CacheSuspects<Int>(limit: 10)
        suspects.add(1)
        let others = suspects.claim([2, 3], now: .zero)
        #expect(others.isEmpty && others.held.isEmpty)
        #expect(suspects.claim([1, 2], now: .zero).keys == [1])
    }

    @Test("are settled by one reader at a time, and by another when that one failed")
    func claims() {
        var suspects = CacheSuspects<Int>(limit: 10)
        suspects.add(1)
        let first = suspects.claim([1, 1], now: .zero)
        let second = suspects.claim([1, 2], now: .zero)
        #expect(first.keys == [1] && first.held.isEmpty)
        #expect(second.isEmpty && second.held == [1])
        suspects.release(first)
        #expect(suspects.claim([1], now: .zero).keys == [1])
    }

    @Test("are not released by the reader of an older doubt")
    func staleRelease() {
        var suspects = CacheSuspects<Int>(limit: 10)
        suspects.add(1)
        let old = suspects.claim([1], now: .zero)
        suspects.add(1)
        let new = suspects.claim([1], now: .zero)
        suspects.release(old)
        #expect(new.keys == [1])
        #expect(suspects.claim([1], now: .zero).held == [1], "the newer one is being settled")
    }

    @Test("can be held until a moment, which a later doubt does not bring nearer")
    func held() {
        var suspects = CacheSuspects<Int>(limit: 10)
        suspects.add(1, heldUntil: .seconds(10))
        suspects.add(1)
        #expect(suspects.claim([1], now: .seconds(10) - .nanoseconds(1)).held == [1])
        #expect(suspects.claim([1], now: .seconds(10)).keys == [1])
    }

    @Test("are all keys when they become too many, until everything was removed")
    func overflow() {
        var suspects = CacheSuspects<Int>(limit: 2)
        for key in 1...3 { suspects.add(key) }
        let claim = suspects.claim([99], now: .zero)
        #expect(claim.everything != nil)
        #expect(suspects.claim([98], now: .zero).held == [98], "one reader is removing it")
        suspects.add(4)
        suspects.settle(claim)
        #expect(!suspects.isEmpty, "the fourth came after that removal began")
        suspects.settle(suspects.claim([], now: .zero))
        #expect(suspects.isEmpty)
    }

    @Test("stay held when they become too many")
    func heldOverflow() {
        var suspects = CacheSuspects<Int>(limit: 1)
        suspects.add(1, heldUntil: .seconds(10))
        suspects.add(2)
        #expect(suspects.claim([3], now: .seconds(9)).held == [3])
        #expect(suspects.claim([3], now: .seconds(10)).everything != nil)
    }

    @Test("do not overflow because of one key many times")
    func sameKey() {
        var suspects = CacheSuspects<Int>(limit: 1)
        for _ in 0..<5 { suspects.add(1) }
        #expect(suspects.claim([2], now: .zero).everything == nil)
    }

    @Test("concern every key while a tag is in doubt, and are settled by the tag alone")
    func tags() {
        var suspects = CacheSuspects<Int>(limit: 10)
        suspects.add("a" as CacheTag)
        let claim = suspects.claim([1], now: .zero)
        #expect(claim.tags == ["a"] && claim.concernsAll && claim.everything == nil)
        let second = suspects.claim([2], now: .zero)
        #expect(second.isEmpty && second.held == [2], "one reader is settling it")
        suspects.add("a" as CacheTag)
        suspects.settle(claim)
        let later = suspects.claim([1], now: .zero)
        #expect(later.tags == ["a"], "it was doubted again meanwhile")
        suspects.release(later)
        let last = suspects.claim([1], now: .zero)
        suspects.settle(last)
        #expect(suspects.isEmpty)
    }

    @Test("are all when tags become too many, and when everything is")
    func tooManyTags() {
        var suspects = CacheSuspects<Int>(limit: 2)
        suspects.add(1)
        suspects.add("a" as CacheTag)
        suspects.add("b" as CacheTag)
        #expect(suspects.claim([], now: .zero).everything != nil)
        var others = CacheSuspects<Int>(limit: 2)
        others.add(1, heldUntil: .seconds(10))
        others.addEverything()
        #expect(others.claim([2], now: .seconds(9)).held == [2], "what was held stays so")
        others.settle(others.claim([2], now: .seconds(10)))
        #expect(others.isEmpty)
    }

    @Test("can be taken apart, and are settled one by one")
    func parts() {
        var suspects = CacheSuspects<Int>(limit: 10)
        for key in 1...3 { suspects.add(key) }
        let claim = suspects.claimAny(limit: 10, now: .zero)
        #expect(claim.parts.count == 3)
        for part in claim.parts where part.keys != [2] { suspects.settle(part) }
        for part in claim.parts where part.keys == [2] { suspects.release(part) }
        #expect(suspects.claimAny(limit: 10, now: .zero).keys == [2])
    }
}
