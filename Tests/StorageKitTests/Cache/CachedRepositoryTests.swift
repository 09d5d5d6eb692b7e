import StorageKitTesting
import Testing

@testable import StorageKit

@Suite("CachedRepository", .timeLimit(.minutes(5)))
struct CachedRepositoryTests {
    private let primary = GatedPrimary((1...3).map { Note(id: $0, version: 0) })
    private let clock = ManualClock()
    private let cache: InMemoryCache<String, Note>
    private let notes: CachedRepository<GatedPrimary, InMemoryCache<String, Note>>

    init() {
        cache = InMemoryCache(capacity: 10, clock: clock)
        notes = CachedRepository(
            primary: primary, cache: cache, namespace: "note", timeToLive: .seconds(60))
    }

    @Test("misses, then hits, then misses again after a write")
    func missHitMiss() async throws {
        #expect(
            try await notes.read(1) == CachedRead(entity: Note(id: 1, version: 0), source: .primary)
        )
        #expect(
            try await notes.read(1) == CachedRead(entity: Note(id: 1, version: 0), source: .cache))
        try await notes.replace(Note(id: 1, version: 1))
        #expect(
            try await notes.read(1) == CachedRead(entity: Note(id: 1, version: 1), source: .primary)
        )
        #expect(cache.statistics.hitRatio == 1.0 / 3)
    }

    @Test("keeps entities under keys with the namespace")
    func namespace() async throws {
        _ = try await notes.get(2)
        #expect(cache.get("note:2")?.value == Note(id: 2, version: 0))
    }

    @Test("does not find what was deleted, and does not remember that it is absent")
    func absence() async throws {
        _ = try await notes.get(1)
        #expect(try await notes.delete(1))
        #expect(try await notes.get(1) == nil)
        #expect(cache.count == 0)
        primary.store(Note(id: 1, version: 2))
        #expect(try await notes.get(1)?.version == 2)
        #expect(cache.loadCount == 0)
    }

    @Test("forgets an entity when its time to live has passed, not a nanosecond earlier")
    func timeToLive() async throws {
        _ = try await notes.get(1)
        clock.advance(by: .seconds(60) - .nanoseconds(1))
        #expect(try await notes.read(1).source == .cache)
        clock.advance(by: .nanoseconds(1))
        #expect(try await notes.read(1).source == .primary)
        #expect(cache.statistics.expirations == 1)
    }

    @Test("asks the primary once for all that a batch misses")
    func batch() async throws {
        _ = try await notes.get(2)
        let found = try await notes.get([1, 2, 3, 3, 4])
        #expect(found.keys.sorted() == [1, 2, 3])
        #expect(primary.reads == [[2], [1, 3, 4]])
        #expect(try await notes.get([3, 1]).count == 2)
        #expect(primary.reads.count == 2)
    }

    @Test("asks nobody for an empty batch and refuses one that is too large")
    func batchLimits() async throws {
        #expect(try await notes.get([]).isEmpty)
        await expectCode(.limitExceeded) { _ = try await notes.get(Array(0...100)) }
        #expect(primary.reads.isEmpty)
        #expect(cache.statistics.misses == 0)
    }

    @Test("scans the primary and fills nothing")
    func scan() async throws {
        let page = try await notes.scan(after: 1, limit: 2)
        #expect(page.entities.map(\.id) == [2, 3])
        #expect(cache.count == 0)
        #expect(notes.limits == primary.limits)
    }

    @Test("invalidates after a write that failed as well")
    func failedWrite() async throws {
        _ = try await notes.get(1)
        primary.store(Note(id: 1, version: 5))
        await expectCode(.alreadyExists) { try await notes.insert(Note(id: 1, version: 9)) }
        #expect(try await notes.get(1)?.version == 5)
    }

    @Test("stacks: a cached repository can be the primary of another one")
    func stacks() async throws {
        let outer = CachedRepository(primary: notes, cache: InMemoryCache<Int, Note>(capacity: 5))
        _ = try await outer.get(1)
        #expect(try await outer.read(1).source == .cache)
        #expect(cache.count == 1)
        try await outer.upsert(Note(id: 1, version: 1))
        #expect(try await outer.get(1)?.version == 1)
        #expect(try await notes.get(1)?.version == 1)
    }

    @Test("counts how long its loads take, on the cache's clock")
    func loadTime() async throws {
        let gate = primary.holdNextRead()
        async let note = notes.get(1)
        await gate.waitForArrivals()
        clock.advance(by: .milliseconds(7))
        gate.open()
        _ = try await note
        #expect(cache.statistics.loadTime == .milliseconds(7))
        #expect(cache.statistics.averageLoadTime == .milliseconds(7))
    }
}
