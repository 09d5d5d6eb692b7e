import StorageKitTesting
import Testing

@testable import StorageKit

@Suite("A cached repository that knows versions", .timeLimit(.minutes(5)))
struct CachedRepositoryVersionTests {
    private let world = PolicyWorld()

    private func notes(_ change: (inout CachePolicy) -> Void = { _ in }) -> PolicyWorld.Notes {
        world.notes(change).versioned(by: { CacheVersion(Int64($0.version)) }) { note, kind in
            kind == .upsert ? nil : note
        }
    }

    @Test("replaces the older entry by what was written, in one round trip")
    func writeThrough() async throws {
        let notes = notes()
        _ = try await notes.get(1)
        #expect(world.cache.stored(1)?.version == CacheVersion(0))
        let before = world.cache.calls.count
        try await notes.replace(Note(id: 1, version: 1))
        #expect(world.cache.calls[before...] == ["recordWrites"])
        #expect(
            try await notes.read(1) == CachedRead(entity: Note(id: 1, version: 1), source: .cache))
    }

    @Test("invalidates where nobody knows what the primary holds")
    func unknown() async throws {
        let notes = notes()
        _ = try await notes.get([1, 2])
        try await notes.upsert(Note(id: 1, version: 1))
        try await notes.delete(2)
        #expect(world.cache.stored(1) == nil && world.cache.stored(2) == nil)
        world.primary.failWrites(.refused)
        _ = try await notes.get(3)
        await expectCode(.permissionDenied) { try await notes.replace(Note(id: 3, version: 1)) }
        #expect(world.cache.stored(3) == nil)
    }

    @Test("keeps what a lagging replica has out of the cache for the time of its lag")
    func lag() async throws {
        let notes = notes { $0.replicaLag = .seconds(5) }
        try await notes.replace(Note(id: 1, version: 1))
        world.primary.store(Note(id: 1, version: 0))  // as a replica that lags behind
        #expect(try await notes.get(1)?.version == 0)
        #expect(world.cache.stored(1) == nil)
        world.primary.store(Note(id: 1, version: 1))
        _ = try await notes.get(1)
        #expect(world.cache.stored(1)?.value?.version == 1)
    }

    @Test("whose cache could not be told has the key in doubt")
    func doubt() async throws {
        let notes = notes()
        _ = try await notes.get(1)
        world.cache.fail("recordWrites")
        try await notes.replace(Note(id: 1, version: 1))
        #expect(world.cache.stored(1)?.value?.version == 0)
        #expect(try await notes.get(1)?.version == 1)
        #expect(world.cache.statistics.failedInvalidations == 1)
    }

    @Test("of a load from before a write refuses the fill")
    func staleFill() async throws {
        let notes = notes()
        let gate = world.primary.holdNextRead()
        let old = Task { try await notes.get(1) }
        await gate.waitForArrivals()
        try await notes.replace(Note(id: 1, version: 1))
        #expect(try await notes.get(1)?.version == 1)
        gate.open()
        #expect(try await old.value?.version == 0)
        #expect(try await notes.get(1)?.version == 1)
    }
}

@Suite("Reading again by version", .timeLimit(.minutes(5)))
struct RevalidationTests {
    private let primary = ConditionalPrimary(GatedPrimary([Note(id: 1, version: 0)]))
    private let clock = ManualClock()
    private let cache: PlainCache
    private let notes: CachedRepository<ConditionalPrimary, PlainCache>

    init() {
        cache = PlainCache(clock: clock)
        var policy = CachePolicy(timeToLive: .seconds(60))
        policy.staleWhileRevalidating = .seconds(10)
        policy.staleIfPrimaryFails = .seconds(1000)
        notes = CachedRepository(primary: primary, cache: cache, policy: policy)
            .revalidatingByVersion()
    }

    private func refreshed(_ count: Int) async {
        await eventually { cache.statistics.refreshes == count }
        await eventually { cache.coordinator.flights.isIdle }
    }

    @Test("renews an entry that has not changed without sending it")
    func unchanged() async throws {
        _ = try await notes.get(1)
        clock.advance(by: .seconds(61))
        #expect(try await notes.read(1).source == .stale)
        await refreshed(1)
        #expect(primary.conditions == [0])
        #expect(primary.base.reads.count == 1, "it was not read in full again")
        #expect(cache.stored(1)?.freshFor == .seconds(60))
        #expect(cache.statistics.notModified == 1)
    }

    @Test("brings what has changed, and in the foreground as well")
    func changed() async throws {
        _ = try await notes.get(1)
        primary.base.store(Note(id: 1, version: 1))
        clock.advance(by: .seconds(100))
        #expect(
            try await notes.read(1) == CachedRead(entity: Note(id: 1, version: 1), source: .primary)
        )
        #expect(primary.conditions == [0])
    }

    @Test("forgets what is gone")
    func absent() async throws {
        _ = try await notes.get(1)
        _ = try await primary.base.delete(1)
        clock.advance(by: .seconds(100))
        #expect(try await notes.get(1) == nil)
        #expect(cache.stored(1) == nil)
    }

    @Test("does not renew what was invalidated while the primary was asked")
    func invalidatedMeanwhile() async throws {
        _ = try await notes.get(1)
        clock.advance(by: .seconds(100))
        let gate = primary.holdNextCondition()
        let read = Task { [notes] in try await notes.get(1) }
        await gate.waitForArrivals()
        try await notes.replace(Note(id: 1, version: 1))
        gate.open()
        #expect(try await read.value?.version == 0)
        #expect(cache.stored(1) == nil)
        #expect(try await notes.get(1)?.version == 1)
    }
}

@Suite("Tags of a cached repository", .timeLimit(.minutes(5)))
struct CachedRepositoryTagTests {
    private let world = PolicyWorld()

    @Test("forget what carries them, and nothing else")
    func tags() async throws {
        let notes = world.notes().tagged { ["parity:\($0.id % 2)"] }
        _ = try await notes.get([1, 2, 3])
        try await notes.invalidate(tags: ["parity:1"])
        #expect(world.cache.stored(1) == nil && world.cache.stored(3) == nil)
        #expect(try await notes.read(2).source == .cache)
    }

    @Test("tear the loads that are under way")
    func underWay() async throws {
        let notes = world.notes().tagged { ["parity:\($0.id % 2)"] }
        let gate = world.primary.holdNextRead()
        let old = Task { try await notes.get(1) }
        await gate.waitForArrivals()
        world.primary.store(Note(id: 1, version: 1))
        try await notes.invalidate(tags: ["parity:1"])
        #expect(try await notes.get(1)?.version == 1)
        gate.open()
        #expect(try await old.value?.version == 0)
        #expect(try await notes.get(1)?.version == 1)
    }

    @Test("throw when the cache cannot be told, and ask nobody when there are none")
    func failing() async throws {
        let notes = world.notes().tagged { _ in ["a"] }
        world.cache.fail("invalidateTags")
        await expectCode(.unavailable) { try await notes.invalidate(tags: ["a"]) }
        let before = world.cache.calls.count
        try await notes.invalidate(tags: [])
        #expect(world.cache.calls.count == before)
    }

    @Test("that could not be invalidated are in doubt: nothing is served until they could")
    func doubt() async throws {
        let notes = world.notes().tagged { ["parity:\($0.id % 2)"] }
        _ = try await notes.get([1, 2])
        world.primary.store(Note(id: 1, version: 1))
        world.cache.fail("invalidateTags")
        await expectCode(.unavailable) { try await notes.invalidate(tags: ["parity:1"]) }
        #expect(world.cache.stored(1)?.value?.version == 0, "the old entry is still there")
        #expect(try await notes.get(1)?.version == 1)
        #expect(try await notes.get([1, 2])[1]?.version == 1)
        world.cache.fail()
        #expect(try await notes.get(1)?.version == 1)
        #expect(!world.cache.coordinator.hasDoubts)
        #expect(try await notes.read(1).source == .cache)
        #expect(world.cache.stored(2) != nil, "it carries another tag")
    }

    @Test("of which a load from before is under way cannot be joined when they are in doubt")
    func doubtDuringLoad() async throws {
        let notes = world.notes().tagged { ["parity:\($0.id % 2)"] }
        let gate = world.primary.holdNextRead()
        let old = Task { try await notes.get(1) }
        await gate.waitForArrivals()
        world.primary.store(Note(id: 1, version: 1))
        world.cache.fail("invalidateTags")
        await expectCode(.unavailable) { try await notes.invalidate(tags: ["parity:1"]) }
        #expect(try await notes.get(1)?.version == 1)
        gate.open()
        #expect(try await old.value?.version == 0)
        #expect(try await notes.get(1)?.version == 1)
    }
}
