import StorageKitTesting
import Synchronization
import Testing

@testable import StorageKit

@Suite("InMemoryCache, and what leaves it")
struct InMemoryCacheRoomTests {
    private let clock = ManualClock()
    private let log = RemovalLog()

    private func makeCache(
        capacity: Int = 10,
        _ configure: (inout InMemoryCacheSettings<Int, String>) -> Void = { _ in }
    ) -> InMemoryCache<Int, String> {
        var settings = InMemoryCacheSettings<Int, String>(capacity: capacity)
        settings.removalListener = { [log] in log.add($0) }
        configure(&settings)
        return InMemoryCache(settings, clock: clock)
    }

    /// A cache in which an entry weighs as much as its text is long.
    private func makeWeighedCache(_ maximum: Int) -> InMemoryCache<Int, String> {
        makeCache(capacity: 5000) {
            $0.maximumWeight = maximum
            $0.weigher = { _, value in value?.utf8.count ?? 0 }
        }
    }

    @Test("never weighs more than it may, over random fills", arguments: 0..<5 as Range<UInt64>)
    func weight(seed: UInt64) async throws {
        let cache = makeWeighedCache(100)
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<2000 {
            let key = Int.random(in: 0..<50, using: &generator)
            let length = Int.random(in: 0...30, using: &generator)
            if Int.random(in: 0..<8, using: &generator) == 0 { cache.invalidate([key]) }
            #expect(try await cache.fill(key, String(repeating: "x", count: length)))
            #expect(cache.get(key)?.value?.utf8.count == length)
            let kept = cache.get(Array(0..<50)).values.compactMap { $0.value?.utf8.count }
            #expect(cache.weight == kept.reduce(0, +) && cache.weight <= 100)
        }
        #expect(cache.statistics.evictions > 0)
    }

    @Test(
        "divided among locks never weighs more than it may, and keeps what an entry may weigh",
        arguments: 0..<3 as Range<UInt64>)
    func dividedWeight(seed: UInt64) async throws {
        let cache = makeCache(capacity: 5000) {
            $0.maximumWeight = 5001
            $0.maximumEntryWeight = 30
            $0.weigher = { _, value in value?.utf8.count ?? 0 }
        }
        #expect(cache.stripes.stripes.count == 8)
        #expect(makeWeighedCache(5001).stripes.stripes.count == 1, "without a bound there is one")
        var generator = SeededGenerator(seed: seed)
        for key in 0..<2000 {
            let text = String(repeating: "x", count: .random(in: 0...32, using: &generator))
            let isKept = try await cache.fill(key, text)
            #expect(isKept == (text.count <= 30) && cache.get(key)?.value == (isKept ? text : nil))
            #expect(cache.weight <= 5001)
        }
        #expect(cache.weight > 4000, "what is divided is not much less than the whole")
        #expect(cache.statistics.evictions > 0 && cache.statistics.refusedEntries > 0)
    }

    @Test("does not keep what is heavier than the whole, and pushes nobody out for it")
    func tooHeavy() async throws {
        let cache = makeWeighedCache(10)
        try await cache.fill(1, "12345")
        #expect(try await !cache.fill(2, "12345678901"))
        #expect(cache.get(1) != nil && cache.get(2) == nil)
        #expect(try await !cache.fill(1, "12345678901"), "and nothing older stays in its place")
        #expect(cache.get(1) == nil && cache.weight == 0)
        #expect(log.texts == ["2 tooHeavy", "1 replaced", "1 tooHeavy"])
        #expect(cache.statistics.refusedEntries == 2)
    }

    @Test("never evicts the entry of a pinned key, until it is unpinned")
    func pins() async throws {
        let cache = makeCache(capacity: 3)
        try await cache.fill(1, "entry first, pin second")
        #expect(cache.pin(1) && cache.pin(2) && cache.pin(1))
        try await cache.fill(2, "pin first, entry second")
        for key in 10..<30 { #expect(try await cache.fill(key, "passing")) }
        #expect(cache.get([1, 2]).count == 2 && cache.count == 3)
        cache.unpin(1)
        for key in 30..<50 { try await cache.fill(key, "passing") }
        #expect(cache.get(1) == nil && cache.get(2) != nil)
        cache.invalidate([2])
        #expect(cache.get(2) == nil, "a pin keeps nothing that was invalidated")
    }

    @Test("keeps nothing else when pinned entries have all the room, and refuses further pins")
    func allPinned() async throws {
        let cache = makeCache(capacity: 2)
        #expect(cache.pin(1) && cache.pin(2) && !cache.pin(3))
        try await cache.fill(1, "one")
        try await cache.fill(2, "two")
        #expect(try await !cache.fill(3, "three"))
        #expect(try await cache.fill(1, "again"))
        #expect(log.texts == ["3 tooHeavy", "1 replaced"])
        #expect(cache.count == 2)
    }

    @Test("forgets what nobody looked up for the time to idle, not a nanosecond earlier")
    func idle() async throws {
        let cache = makeCache { $0.timeToIdle = .seconds(10) }
        try await cache.fill(1, "one")
        clock.advance(by: .seconds(10) - .nanoseconds(1))
        #expect(cache.get(1) != nil)
        clock.advance(by: .seconds(10) - .nanoseconds(1))
        #expect(cache.get(1) != nil)
        clock.advance(by: .seconds(10))
        #expect(cache.get(1) == nil)
        #expect(log.texts == ["1 idle"] && cache.statistics.idleRemovals == 1)
    }

    @Test("tells of every entry that leaves, once, with the reason")
    func causes() async throws {
        let cache = makeCache(capacity: 1) { $0.timeToLive = .seconds(10) }
        try await cache.fill(1, "one")
        try await cache.fill(1, "one again")
        try await cache.fill(2, "two")
        cache.invalidate([2, 2, 7])
        try await cache.fill(3, CacheEntry("three", tags: ["a"]))
        cache.invalidate(tags: ["a"])
        _ = cache.get([3, 3])
        try await cache.fill(4, "four")
        clock.advance(by: .seconds(10))
        _ = cache.get([4, 4])
        try await cache.fill(5, "five")
        cache.removeAll()
        #expect(
            log.texts == [
                "1 replaced", "1 evicted", "2 invalidated", "3 invalidated", "4 expired",
                "5 cleared",
            ])
    }

    @Test("tells outside of its locks: a listener may use the cache")
    func reentrantListener() async throws {
        let holder = Mutex<InMemoryCache<Int, String>?>(nil)
        let cache = makeCache(capacity: 1) {
            $0.removalListener = { [log] removal in
                log.add(removal)
                holder.withLock { $0 }?.invalidate([removal.key])
            }
        }
        holder.withLock { $0 = cache }
        defer { holder.withLock { $0 = nil } }
        for key in 1...3 { try await cache.fill(key, "value") }
        cache.removeAll()
        #expect(log.texts == ["1 evicted", "2 evicted", "3 cleared"])
    }
}

private final class RemovalLog: Sendable {
    private let lines = Mutex<[String]>([])

    var texts: [String] { lines.withLock { $0 } }

    func add(_ removal: CacheRemoval<Int, String>) {
        lines.withLock { $0.append("\(removal.key) \(removal.cause)") }
    }
}
