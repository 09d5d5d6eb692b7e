import Testing

@testable import StorageKit

@Suite("The keys in doubt")
struct CacheSuspectsTests {
    @Test("are settled by what began after the doubt, and not by what began before")
    func stamps() {
        var suspects = CacheSuspects<Int>(limit: 10)
        suspects.add(1)
        let early = suspects.doubt(about: [1, 2])
        suspects.add(1)
        suspects.settle(early)
        #expect(suspects.doubt(about: [1]).concerns(1), "a second writer doubted it meanwhile")
        suspects.settle(suspects.doubt(about: [1]))
        #expect(suspects.isEmpty)
    }

    @Test("are named one by one, and others are not concerned")
    func concern() {
        var suspects = CacheSuspects<Int>(limit: 10)
        suspects.add(1)
        #expect(suspects.doubt(about: [2, 3]).isEmpty)
        #expect(suspects.doubt(about: [1, 2]).keys == [1])
    }

    @Test("are all keys when they become too many, until everything was removed")
    func overflow() {
        var suspects = CacheSuspects<Int>(limit: 2)
        for key in 1...3 { suspects.add(key) }
        let doubt = suspects.doubt(about: [99])
        #expect(doubt.concernsEverything && doubt.concerns(99))
        suspects.add(4)
        suspects.settle(doubt)
        #expect(!suspects.isEmpty, "the fourth came after that removal began")
        suspects.settle(suspects.doubt(about: []))
        #expect(suspects.isEmpty)
    }

    @Test("do not overflow because of one key many times")
    func sameKey() {
        var suspects = CacheSuspects<Int>(limit: 1)
        for _ in 0..<5 { suspects.add(1) }
        #expect(!suspects.doubt(about: [2]).concernsEverything)
    }
}
