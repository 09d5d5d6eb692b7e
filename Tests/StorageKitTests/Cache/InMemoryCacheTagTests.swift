import StorageKitTesting
import Testing

@testable import StorageKit

@Suite("InMemoryCache, by tags and freshness")
struct InMemoryCacheTagTests {
    private let clock = ManualClock()
    private let cache: InMemoryCache<Int, String>

    init() { cache = InMemoryCache(capacity: 10, timeToLive: .seconds(60), clock: clock) }

    @Test("forgets the entries that carry a cleared tag, and no others")
    func clear() async throws {
        try await cache.fill(1, CacheEntry("both", tags: ["a", "b"]))
        try await cache.fill(2, CacheEntry("other", tags: ["c"]))
        try await cache.fill(3, "none")
        cache.invalidate(tags: ["b", "d"])
        #expect(cache.get([1, 2, 3]).keys.sorted() == [2, 3])
        try await cache.fill(1, CacheEntry("again", tags: ["b"]))
        #expect(cache.get(1)?.tags == ["b"], "what is loaded afterwards counts")
        #expect(cache.count == 3)
    }

    @Test("fills nothing with a tag that was cleared after the load had begun")
    func clearDuringLoad() async throws {
        let tagged = try #require(try await cache.ticket(1))
        let other = try #require(try await cache.ticket(2))
        cache.invalidate(tags: ["a"])
        let fills = [
            CacheFill(key: 1, entry: CacheEntry("old", tags: ["a"]), ticket: tagged),
            CacheFill(key: 2, entry: CacheEntry("good", tags: ["b"]), ticket: other),
        ]
        #expect(cache.publish(fills) == [2])
        #expect(cache.statistics.rejectedFills == 1)
    }

    @Test("lets nobody join, after a clearing, a load that began before it")
    func joining() {
        let seat = cache.coordinator.flights.join(1, load: LoadTask())
        cache.invalidate(tags: ["a"])
        #expect(!cache.coordinator.flights.canJoin(1))
        cache.coordinator.flights.leave(seat)
    }

    @Test("clears everything, loads included, when there are more tags than it remembers")
    func manyTags() async throws {
        try await cache.fill(1, CacheEntry("one", tags: ["a"]))
        let ticket = try #require(try await cache.ticket(2))
        for number in 0...1024 { cache.invalidate(tags: [CacheTag("tag\(number)")]) }
        #expect(cache.get(1) == nil)
        #expect(try await !cache.publish("two", for: 2, ticket: ticket))
        try await cache.fill(3, CacheEntry("three", tags: ["tag5"]))
        #expect(cache.get(3) != nil)
    }

    @Test("hands a stale entry out as stale, to the end of its time to live")
    func stale() async throws {
        try await cache.fill(1, CacheEntry("one", freshFor: .seconds(10)))
        clock.advance(by: .seconds(9))
        #expect(cache.get(1)?.freshFor == .seconds(1) && cache.get(1)?.isStale == false)
        clock.advance(by: .seconds(1))
        #expect(cache.get(1)?.isStale == true)
        clock.advance(by: .seconds(49))
        #expect(cache.get(1)?.freshFor == .seconds(-49))
        clock.advance(by: .seconds(1))
        #expect(cache.get(1) == nil)
    }

    @Test("registers one refresh beside an entry, which is a hit until it is replaced")
    func refresh() async throws {
        try await cache.fill(1, CacheEntry("old", freshFor: .seconds(10)))
        #expect(try await cache.ticket(1, unlessFreshFor: .seconds(5)) == nil)
        let ahead = try #require(try await cache.ticket(1, unlessFreshFor: .seconds(10)))
        #expect(try await cache.beginLoad(1, unlessFreshFor: .seconds(10)).bypass == .loading)
        #expect(cache.get(1)?.value == "old")
        #expect(try await cache.publish("new", for: 1, ticket: ahead))
        #expect(cache.get(1)?.value == "new")
    }

    @Test("stores no refresh of an entry that was invalidated meanwhile")
    func invalidatedRefresh() async throws {
        try await cache.fill(1, "old")
        let ticket = try #require(try await cache.ticket(1, unlessFreshFor: nil))
        cache.invalidate([1])
        #expect(try await !cache.publish("old", for: 1, ticket: ticket))
        #expect(cache.get(1) == nil)
    }
}
