import StorageKitTesting
import Testing

@testable import StorageKit

@Suite("Versions in two tiers", .timeLimit(.minutes(5)))
struct TieredWriteTests {
    private let clock = ManualClock()

    /// A cache whose local tier holds the version 1 of a note.
    private func filled() async throws -> TieredCache<
        InMemoryCache<Int, Note>, InMemoryCache<Int, Note>
    > {
        let cache = TieredCache(
            local: InMemoryCache<Int, Note>(capacity: 10, clock: clock),
            shared: InMemoryCache<Int, Note>(capacity: 10, clock: clock), channel: TestChannel(),
            bound: .seconds(100), timeToLive: .seconds(5), clock: clock)
        _ = try await cache.get(0)
        await eventually { cache.isLocalTrusted }
        guard case .load(let ticket) = try await cache.beginLoad(1) else {
            Issue.record("nothing was there")
            return cache
        }
        try await cache.publish([CacheFill(key: 1, entry: entry(1), ticket: ticket)])
        #expect(cache.local.get(1)?.value?.version == 1)
        return cache
    }

    private func entry(_ version: Int, timeToLive: Duration? = .seconds(60)) -> CacheEntry<Note> {
        CacheEntry(
            Note(id: 1, version: version), timeToLive: timeToLive,
            version: CacheVersion(Int64(version)))
    }

    private func write(_ entry: CacheEntry<Note>) -> CacheWrite<Int, Note> {
        CacheWrite(key: 1, version: CacheVersion(2), entry: entry)
    }

    @Test("a write's entry lives locally no longer than the local tier lets entries live")
    func bounded() async throws {
        let cache = try await filled()
        try await cache.recordWrites([write(entry(2))], refusingOlderFor: .zero)
        #expect(cache.local.get(1)?.value?.version == 2)
        #expect(cache.shared.get(1)?.value?.version == 2)
        clock.advance(by: .seconds(5))
        #expect(cache.local.get(1) == nil)
        #expect(cache.shared.get(1)?.value?.version == 2)
    }

    @Test("an entry of unknown life is left to the shared tier")
    func unknownLife() async throws {
        let cache = try await filled()
        try await cache.recordWrites([write(entry(2, timeToLive: nil))], refusingOlderFor: .zero)
        #expect(cache.local.get(1) == nil)
        #expect(cache.shared.get(1)?.value?.version == 2)
    }
}
