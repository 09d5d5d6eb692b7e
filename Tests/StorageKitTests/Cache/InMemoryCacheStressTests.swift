import StorageKitTesting
import Synchronization
import Testing

@testable import StorageKit

/// All operations of the in-process cache at once, on real threads.
@Suite("InMemoryCache under random concurrent use", .timeLimit(.minutes(5)))
struct InMemoryCacheStressTests {
    @Test(
        "every entry that was stored is there or was told of once, and the weights add up",
        arguments: 0..<4 as Range<UInt64>)
    func balance(seed: UInt64) async {
        let told = Atomic(0)
        var settings = InMemoryCacheSettings<Int, Int>(capacity: 2000)
        settings.maximumWeight = seed % 2 == 0 ? 60 : nil
        settings.weigher = { _, value in value ?? 0 }
        settings.timeToIdle = .seconds(20)
        settings.removalListener = { if $0.cause != .tooHeavy { told.add(1, ordering: .relaxed) } }
        let clock = ManualClock()
        let cache = InMemoryCache(settings, clock: clock)
        await withTaskGroup { group in
            for task in 0..<8 {
                group.addTask {
                    var generator = SeededGenerator(seed: seed &* 1000 &+ UInt64(task))
                    for _ in 0..<3000 { Self.step(cache, clock, &generator) }
                }
            }
        }
        let kept = (0..<30).compactMap { cache.get($0)?.value }
        #expect(kept.count == cache.count && kept.reduce(0, +) == cache.weight)
        #expect(cache.statistics.published == told.load(ordering: .relaxed) + cache.count)
        #expect(kept.count > 0 && cache.statistics.hits > 0)
    }

    private static func step(
        _ cache: InMemoryCache<Int, Int>, _ clock: ManualClock, _ generator: inout SeededGenerator
    ) {
        let key = Int.random(in: 0..<30, using: &generator)
        let version = Int64.random(in: 0..<100, using: &generator)
        let entry = CacheEntry(
            key % 7, timeToLive: .seconds(30), version: CacheVersion(version),
            tags: [CacheTag("t\(key % 5)")])
        switch Int.random(in: 0..<100, using: &generator) {
        case 0..<50: _ = cache.get(key)
        case 50..<80: load(cache, key, entry, isRefresh: version % 2 == 0)
        case 80..<83: cache.invalidate([key])
        case 83..<86: cache.invalidate(tags: [CacheTag("t\(key % 5)")])
        case 86..<90: write(cache, key, entry)
        case 90..<94:
            let write = CacheWrite(key: key, version: CacheVersion(version), entry: entry)
            cache.recordWrites([write], refusingOlderFor: .seconds(version % 3))
        case 94..<96: _ = cache.pin(key)
        case 96..<98: cache.unpin(key)
        case 98: clock.advance(by: .seconds(3))
        default: if version < 10 { cache.removeAll() }
        }
    }

    private static func load(
        _ cache: InMemoryCache<Int, Int>, _ key: Int, _ entry: CacheEntry<Int>, isRefresh: Bool
    ) {
        let demanded: Duration? = isRefresh ? nil : .zero
        guard case .load(let ticket)? = cache.beginLoads([key], unlessFreshFor: demanded)[key]
        else { return }
        cache.publish([CacheFill(key: key, entry: entry, ticket: ticket)])
    }

    private static func write(
        _ cache: InMemoryCache<Int, Int>, _ key: Int, _ entry: CacheEntry<Int>
    ) {
        let barriers = cache.beginWrites([key], lasting: .seconds(5))
        cache.endWrites(
            barriers.map { CacheWriteEnd(key: $0.key, barrier: $0.value, entry: entry) })
    }
}
