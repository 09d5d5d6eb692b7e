import StorageKitTesting
import Synchronization
import Testing

@testable import StorageKit

@Suite("Two tiers", .timeLimit(.minutes(5)))
struct TieredCacheTests {
    private let world = TwoTiers()

    @Test("open nothing before they are read, and close it when they are gone")
    func life() async throws {
        var cache: TwoTiers.Tiered? = world.make()
        try await cache?.invalidate(1)
        #expect(world.channel.openings == 0)
        _ = try await cache?.get(1)
        await eventually { world.channel.listeners == 1 }
        cache = nil
        await eventually { world.channel.listeners == 0 }
    }

    @Test("ask the shared tier until a beat came back, and not at all for what is local then")
    func localHits() async throws {
        world.channel.hold()
        let cache = world.make()
        try await world.fill(cache, 1, version: 1)
        #expect(try await cache.get(1)?.value?.version == 1)
        #expect(cache.local.count == 0, "nobody knows yet whether the channel works")
        world.channel.release()
        await world.trusted(cache)
        #expect(try await cache.get(1)?.value?.version == 1)
        world.shared.forget()
        for _ in 0..<10 { #expect(try await cache.get(1)?.value?.version == 1) }
        #expect(try await cache.beginLoads([1]).values.first?.isHit == true)
        #expect(world.shared.calls.isEmpty)
    }

    @Test("ask the shared tier once for all that a batch misses locally")
    func batches() async throws {
        let cache = try await world.trustedCache()
        for id in 1...4 { try await world.fill(cache, id, version: id) }
        cache.local.invalidate([2, 3])
        world.shared.forget()
        let found = try await cache.get([1, 2, 3, 4, 5])
        #expect(found.mapValues { $0.value?.version } == [1: 1, 2: 2, 3: 3, 4: 4])
        #expect(world.shared.keys == [[2, 3, 5]])
        #expect(try await cache.get([1, 2, 3, 4]).count == 4)
        #expect(world.shared.calls == [.get])
        #expect(cache.local.loadCount == 0, "what was not found is not registered any more")
    }

    @Test("fill the local one with what is loaded, and with what the shared one refuses never")
    func filling() async throws {
        let cache = try await world.trustedCache()
        try await world.fill(cache, 1, version: 1)
        #expect(cache.local.get(1)?.value?.version == 1)
        guard case .load(let ticket) = try await cache.beginLoad(2) else {
            Issue.record("nothing was there")
            return
        }
        world.shared.base.invalidate([2])
        #expect(
            try await !cache.publish(
                Note(id: 2, version: 1), for: 2, ticket: ticket, timeToLive: .seconds(60)))
        #expect(cache.local.get(2) == nil)
        #expect(cache.local.loadCount == 0)
    }

    @Test("remove a local entry when what replaces it is only in the shared one")
    func replacing() async throws {
        let cache = try await world.trustedCache()
        try await world.fill(cache, 1, version: 1)
        // Without a local ticket: the beats stay away while the load begins.
        world.channel.hold()
        world.clock.advance(by: TwoTiers.bound)
        #expect(!cache.isLocalTrusted)
        guard case .load(let ticket) = try await cache.beginLoad(1, unlessFreshFor: nil) else {
            Issue.record("a load was demanded")
            return
        }
        world.channel.release()
        await world.trusted(cache)
        #expect(cache.local.get(1)?.value?.version == 1)
        #expect(
            try await cache.publish(
                Note(id: 1, version: 2), for: 1, ticket: ticket, timeToLive: .seconds(60)))
        #expect(try await cache.get(1)?.value?.version == 2)
    }

    @Test("invalidate the shared one, tell, and invalidate the local one, in this order")
    func order() async throws {
        let cache = try await world.trustedCache()
        try await world.fill(cache, 1, version: 1)
        let gate = world.shared.hold(.invalidate)
        let invalidation = Task { try await cache.invalidate(1) }
        await gate.waitForArrivals()
        #expect(cache.local.get(1) != nil)
        #expect(world.told.isEmpty)
        gate.open()
        try await invalidation.value
        #expect(cache.local.get(1) == nil)
        #expect(world.told == [.invalidated([1])])
        try await cache.removeAll()
        #expect(world.told == [.invalidated([1]), .cleared])
    }

    @Test("serve locally nothing that is being invalidated, once the shared one has forgotten it")
    func underWay() async throws {
        let cache = try await world.trustedCache()
        for id in [1, 2] { try await world.fill(cache, id, version: 1) }
        let gate = world.shared.hold(.invalidate, after: true)
        let invalidation = Task { try await cache.invalidate(1) }
        await gate.waitForArrivals()
        #expect(cache.local.get(1) != nil, "it has not come to the local one yet")
        #expect(try await cache.get(1) == nil)
        #expect(try await cache.get([1, 2]).keys.map(\.self) == [2])
        guard case .load(let ticket) = try await cache.beginLoad(1) else {
            Issue.record("no load was registered")
            return
        }
        world.shared.forget()
        #expect(try await cache.get(2) != nil)
        #expect(world.shared.calls.isEmpty, "others are served locally")
        gate.open()
        try await invalidation.value
        try await cache.publish(
            Note(id: 1, version: 2), for: 1, ticket: ticket, timeToLive: .seconds(60))
        _ = try await cache.get(1)
        world.shared.forget()
        #expect(try await cache.get(1)?.value?.version == 2)
        #expect(world.shared.calls.isEmpty, "the local one is asked again")
    }

    @Test("forget locally and throw when the shared one, or the channel, cannot be told")
    func failedInvalidation() async throws {
        let cache = try await world.trustedCache()
        try await world.fill(cache, 1, version: 1)
        world.shared.refuse([.invalidate])
        await expectCode(.unavailable) { try await cache.invalidate(1) }
        #expect(cache.local.get(1) == nil)
        #expect(world.told.isEmpty)
        world.shared.refuse([])
        world.channel.refuseSending(true)
        await expectCode(.unavailable) { try await cache.invalidate(1) }
        world.channel.refuseSending(false)
        try await cache.invalidate(1)
        #expect(world.told.last == .invalidated([1]))
    }

    @Test("leave no load registered locally when the shared one fails")
    func failedReads() async throws {
        let cache = try await world.trustedCache()
        world.shared.refuse([.get, .beginLoads])
        await expectCode(.unavailable) { _ = try await cache.get(1) }
        await expectCode(.unavailable) { _ = try await cache.beginLoads([1]) }
        #expect(cache.local.loadCount == 0)
        world.shared.refuse([.publish])
        guard case .load(let ticket) = try await cache.beginLoad(1) else {
            Issue.record("nothing was there")
            return
        }
        await expectCode(.unavailable) {
            try await cache.publish(Note(id: 1, version: 1), for: 1, ticket: ticket)
        }
        #expect(cache.local.loadCount == 0)
    }

    @Test("keep an entry locally no longer than it is left in the shared one, or than told")
    func lifetimes() async throws {
        let short = world.make(timeToLive: .seconds(10))
        func copy(_ entry: CacheEntry<Note>, _ age: Duration) -> CacheEntry<Note>? {
            short.localCopy(entry, age: age)
        }
        let note = Note(id: 1, version: 1)
        let long = try #require(copy(CacheEntry(note, timeToLive: .seconds(60)), .seconds(1)))
        #expect(long.timeToLive == .seconds(10))
        #expect(long.freshFor == .seconds(59), "it is as fresh as in the shared one")
        let brief = try #require(copy(CacheEntry(note, timeToLive: .seconds(3)), .seconds(1)))
        #expect(brief.timeToLive == .seconds(2))
        #expect(copy(CacheEntry(note, timeToLive: .seconds(3)), .seconds(3)) == nil)
        #expect(copy(CacheEntry(note), .seconds(3))?.timeToLive == .seconds(10))
        let stale = CacheEntry(
            note, timeToLive: .seconds(9), freshFor: .seconds(1), version: CacheVersion(7))
        let kept = try #require(copy(stale, .seconds(2)))
        #expect(kept.isStale && kept.version == CacheVersion(7))
    }

    @Test("hear of what another process invalidates, its loads under way included")
    func others() async throws {
        let (here, there) = (try await world.trustedCache(), try await world.trustedCache())
        try await world.fill(here, 1, version: 1)
        #expect(try await there.get(1)?.value?.version == 1)
        #expect(there.local.get(1) != nil)
        // A load of the other process has read the old entry and is held before it fills.
        there.local.invalidate([1])
        let gate = world.shared.hold(.get, after: true)
        let late = Task { try await there.get(1) }
        await gate.waitForArrivals()
        try await here.invalidate(1)
        await eventually { there.local.loadCount == 0 }
        gate.open()
        #expect(try await late.value?.value?.version == 1, "it asked before")
        #expect(there.local.get(1) == nil)
        #expect(try await there.get(1) == nil)
    }

    @Test("share what is read through a repository, and forget it everywhere when it is written")
    func repositories() async throws {
        let primary = GatedPrimary([Note(id: 1, version: 0)])
        let caches = [try await world.trustedCache(), try await world.trustedCache()]
        let notes = caches.map { CachedRepository(primary: primary, cache: $0) }
        for repository in notes { #expect(try await repository.get(1)?.version == 0) }
        #expect(primary.reads.count == 1)
        for version in 1...20 {
            let writer = version % 2
            try await notes[writer].replace(Note(id: 1, version: version))
            #expect(try await notes[writer].get(1)?.version == version)
            let other = 1 - writer
            await eventually { caches[other].local.get(1)?.value?.version ?? version == version }
            #expect(try await notes[other].get(1)?.version == version)
        }
    }
}

extension CacheLookup {
    fileprivate var isHit: Bool { if case .hit = self { true } else { false } }
}
