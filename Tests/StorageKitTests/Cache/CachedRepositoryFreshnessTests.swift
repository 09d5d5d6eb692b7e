import StorageKitTesting
import Testing

@testable import StorageKit

@Suite("A cached repository's entries", .timeLimit(.minutes(5)))
struct CachedRepositoryFreshnessTests {
    private let world = PolicyWorld()

    /// Caches note 1 in version 0, and changes it behind the repository's back to version 1.
    private func warm(_ notes: PolicyWorld.Notes) async throws {
        _ = try await notes.get([1, 2])
        world.primary.store(Note(id: 1, version: 1))
        world.primary.store(Note(id: 2, version: 1))
    }

    @Test("live as long as they are of use, and are fresh for the time to live")
    func life() async throws {
        let notes = world.notes {
            $0.staleWhileRevalidating = .seconds(10)
            $0.staleIfPrimaryFails = .seconds(100)
        }
        _ = try await notes.get(1)
        let entry = world.cache.stored(1)
        #expect(entry?.freshFor == .seconds(60))
        #expect(entry?.timeToLive == .seconds(160))
        #expect(world.cache.calls == ["get", "begin", "publish"])
    }

    @Test("that expired are given to nobody without a stale rule")
    func expired() async throws {
        let notes = world.notes()
        try await warm(notes)
        world.clock.advance(by: .seconds(60))
        #expect(
            try await notes.read(1) == CachedRead(entity: Note(id: 1, version: 1), source: .primary)
        )
    }

    @Test("that are due are the answer, and are read again once and in the background")
    func refreshAhead() async throws {
        let notes = world.notes { $0.refreshAhead = .seconds(10) }
        try await warm(notes)
        world.clock.advance(by: .seconds(50) - .nanoseconds(1))
        _ = try await notes.get(1)
        await world.settle()
        #expect(world.primary.reads.count == 1, "not due yet")

        world.clock.advance(by: .nanoseconds(1))
        let gate = world.primary.holdNextRead()
        for _ in 0..<5 {
            #expect(
                try await notes.read(1)
                    == CachedRead(entity: Note(id: 1, version: 0), source: .cache))
        }
        await gate.waitForArrivals()
        gate.open()
        await world.refreshes(1)
        #expect(world.primary.reads == [[1, 2], [1]])
        #expect(
            try await notes.read(1) == CachedRead(entity: Note(id: 1, version: 1), source: .cache))
        #expect(world.cache.stored(1)?.timeToLive == .seconds(60))
    }

    @Test("that are stale are the answer within the window while they are read again")
    func staleWhileRevalidating() async throws {
        let notes = world.notes { $0.staleWhileRevalidating = .seconds(10) }
        try await warm(notes)
        world.clock.advance(by: .seconds(70) - .nanoseconds(1))
        #expect(
            try await notes.read(1) == CachedRead(entity: Note(id: 1, version: 0), source: .stale))
        await world.refreshes(1)
        #expect(
            try await notes.read(1) == CachedRead(entity: Note(id: 1, version: 1), source: .cache))
        #expect(world.cache.statistics.staleHits == 1)
        world.clock.advance(by: .seconds(70))
        #expect(try await notes.read(1).source == .primary, "the window is over")
    }

    @Test("that are stale are not the answer beyond their window, though another keeps them")
    func windowsApart() async throws {
        let notes = world.notes {
            $0.staleWhileRevalidating = .seconds(10)
            $0.staleIfPrimaryFails = .seconds(100)
        }
        try await warm(notes)
        world.clock.advance(by: .seconds(70))
        #expect(
            try await notes.read(1) == CachedRead(entity: Note(id: 1, version: 1), source: .primary)
        )
        #expect(world.cache.statistics.refreshes == 0)
    }

    @Test("that are stale rescue a read when the primary fails, up to the limit")
    func staleIfPrimaryFails() async throws {
        let notes = world.notes { $0.staleIfPrimaryFails = .seconds(100) }
        try await warm(notes)
        world.primary.failReads(with: .primaryIsDown)
        world.clock.advance(by: .seconds(160) - .nanoseconds(1))
        #expect(
            try await notes.read(1) == CachedRead(entity: Note(id: 1, version: 0), source: .stale))
        #expect(try await notes.get([1, 2]).count == 2)
        #expect(world.cache.statistics.staleRescues == 3)
        await expectCode(.unavailable) { _ = try await notes.get([1, 3]) }
        world.clock.advance(by: .nanoseconds(1))
        await expectCode(.unavailable) { _ = try await notes.get(1) }
    }

    @Test("do not hide an error that would come again")
    func lastingError() async throws {
        let notes = world.notes { $0.staleIfPrimaryFails = .seconds(100) }
        try await warm(notes)
        world.clock.advance(by: .seconds(61))
        world.primary.failReads(with: StorageError(code: .decodingFailed, message: ""))
        await expectCode(.decodingFailed) { _ = try await notes.get(1) }
    }

    @Test("that grow too old while the primary is asked rescue nobody")
    func tooOldByThen() async throws {
        let notes = world.notes { $0.staleIfPrimaryFails = .seconds(100) }
        try await warm(notes)
        world.clock.advance(by: .seconds(150))
        let gate = world.primary.holdNextRead()
        world.primary.failReads(with: .primaryIsDown)
        let read = Task { try await notes.get(1) }
        await gate.waitForArrivals()
        world.clock.advance(by: .seconds(10))
        gate.open()
        await expectCode(.unavailable) { _ = try await read.value }
    }

    @Test("that are stale and were invalidated do not come back when the primary fails")
    func invalidatedIsNotStale() async throws {
        let notes = world.notes { $0.staleIfPrimaryFails = .seconds(100) }
        try await warm(notes)
        try await notes.invalidate(1)
        world.primary.failReads(with: .primaryIsDown)
        await expectCode(.unavailable) { _ = try await notes.get(1) }
    }

    @Test("stay when a refresh fails, and the failure is counted")
    func failedRefresh() async throws {
        let notes = world.notes { $0.staleWhileRevalidating = .seconds(10) }
        try await warm(notes)
        world.clock.advance(by: .seconds(61))
        world.primary.failReads(with: .primaryIsDown)
        #expect(try await notes.read(1).source == .stale)
        await world.refreshes(1)
        #expect(world.cache.statistics.refreshFailures == 1)
        #expect(world.cache.loadCount == 0, "another may try")
        world.primary.failReads(with: nil)
        world.clock.advance(by: .seconds(1))
        #expect(try await notes.read(1).source == .stale)
        await world.refreshes(2)
        #expect(try await notes.read(1).source == .cache)
    }

    @Test("are not read again by each reader while the primary fails, but after a longer pause")
    func refreshBackOff() async throws {
        let notes = world.notes {
            $0.staleWhileRevalidating = .seconds(1000)
            $0.refreshBackOff = .seconds(2)
        }
        try await warm(notes)
        world.clock.advance(by: .seconds(61))
        world.primary.failReads(with: .primaryIsDown)
        for refreshes in 1...4 {
            for _ in 0..<5 {
                #expect(try await notes.read(1).source == .stale)
                #expect(try await notes.get([1]).count == 1)
                #expect(try await notes.get(1, options: CacheReadOptions()) != nil)
                await world.settle()
            }
            #expect(world.cache.statistics.refreshes == refreshes)
            world.clock.advance(by: .seconds(1 << refreshes) - .nanoseconds(1))
            _ = try await notes.get(1)
            await world.settle()
            #expect(world.cache.statistics.refreshes == refreshes)
            world.clock.advance(by: .nanoseconds(1))
        }
        #expect(world.cache.statistics.refreshFailures == 4)
    }

    @Test("are read again at once when others are, and when their own pause was ended by a load")
    func refreshBackOffEnds() async throws {
        let notes = world.notes { $0.staleWhileRevalidating = .seconds(1000) }
        try await warm(notes)
        world.clock.advance(by: .seconds(61))
        world.primary.failReads(with: .primaryIsDown)
        _ = try await notes.get(1)
        await world.refreshes(1)
        world.primary.failReads(with: nil)
        #expect(try await notes.read(2).source == .stale)
        await world.refreshes(2)
        #expect(try await notes.read(2).entity?.version == 1, "another key has no pause")
        #expect(try await notes.get(1, options: .reload)?.version == 1)
        world.clock.advance(by: .seconds(61))
        world.primary.failReads(with: .primaryIsDown)
        _ = try await notes.get(1)
        await world.refreshes(3)
        world.clock.advance(by: .seconds(1))
        _ = try await notes.get(1)
        await world.refreshes(4)
        #expect(world.cache.statistics.refreshFailures == 3, "the first pause again, not a longer")
    }

    @Test("are read again by every reader when the policy wants no pause")
    func noBackOff() async throws {
        let notes = world.notes {
            $0.staleWhileRevalidating = .seconds(1000)
            $0.refreshBackOff = .zero
        }
        try await warm(notes)
        world.clock.advance(by: .seconds(61))
        world.primary.failReads(with: .primaryIsDown)
        for refreshes in 1...3 {
            _ = try await notes.get(1)
            await world.refreshes(refreshes)
        }
        #expect(world.cache.statistics.refreshFailures == 3)
    }

    @Test("go when a refresh finds that the primary has none any more")
    func refreshFindsNothing() async throws {
        let notes = world.notes { $0.staleWhileRevalidating = .seconds(10) }
        _ = try await notes.get(1)
        _ = try await world.primary.delete(1)
        world.clock.advance(by: .seconds(61))
        #expect(try await notes.read(1).source == .stale)
        await world.refreshes(1)
        #expect(try await notes.read(1) == CachedRead(entity: nil, source: .primary))
    }

    @Test("of a batch are judged one by one, with one call of the cache and one of the primary")
    func batch() async throws {
        let notes = world.notes { $0.staleWhileRevalidating = .seconds(10) }
        _ = try await notes.get([1, 2])
        world.clock.advance(by: .seconds(61))
        world.primary.store(Note(id: 1, version: 1))
        let before = world.cache.calls.count
        let gate = world.primary.holdNextRead()
        let later = world.primary.holdNextRead()
        let read = Task { try await notes.get([1, 2, 3, 4]) }
        await gate.waitForArrivals()
        await later.waitForArrivals()
        gate.open()
        later.open()
        let found = try await read.value
        #expect(found.keys.sorted() == [1, 2, 3] && found[1]?.version == 0)
        await world.refreshes(2)
        #expect(Set(world.primary.reads.dropFirst()) == [[1, 2], [3, 4]])
        #expect(world.cache.calls[before...].filter { $0 == "getAll" }.count == 1)
        #expect(try await notes.get(1)?.version == 1)
    }

    @Test("are not all made to expire together: jitter takes a share away, never adds one")
    func jitter() async throws {
        for (random, seconds) in [(0.0, 60), (0.5, 54), (0.999, 48)] {
            let notes = world.notes {
                $0.jitter = 0.2
                $0.staleIfPrimaryFails = .seconds(100)
            }.random { random }
            try await notes.invalidate(1)
            _ = try await notes.get(1)
            let fresh = try #require(world.cache.stored(1)?.freshFor)
            #expect(fresh >= .seconds(seconds) && fresh < .seconds(seconds + 1))
            #expect(world.cache.stored(1)?.timeToLive == fresh + .seconds(100))
        }
    }
}

@Suite("The absence of an entity", .timeLimit(.minutes(5)))
struct NegativeCachingTests {
    private let world = PolicyWorld()

    @Test("is remembered for its own time, by single reads and batches")
    func remembered() async throws {
        let notes = world.notes { $0.negativeTimeToLive = .seconds(5) }
        #expect(try await notes.get(7) == nil)
        #expect(try await notes.read(7) == CachedRead(entity: nil, source: .cache))
        #expect(try await notes.get([7, 8]).isEmpty)
        #expect(try await notes.get([7, 8]).isEmpty)
        #expect(world.primary.reads == [[7], [8]])
        #expect(world.cache.statistics.negativeHits == 4)
        world.clock.advance(by: .seconds(5))
        world.primary.store(Note(id: 7, version: 1))
        #expect(try await notes.get(7)?.version == 1)
    }

    @Test("is forgotten when the entity is inserted")
    func inserted() async throws {
        let notes = world.notes { $0.negativeTimeToLive = .seconds(5) }
        #expect(try await notes.get(7) == nil)
        try await notes.insert(Note(id: 7, version: 1))
        #expect(try await notes.get(7)?.version == 1)
    }

    @Test("that was read before an insertion is not remembered after it")
    func insertedMeanwhile() async throws {
        let notes = world.notes { $0.negativeTimeToLive = .seconds(5) }
        let gate = world.primary.holdNextRead()
        let first = Task { try await notes.get(7) }
        await gate.waitForArrivals()
        try await notes.insert(Note(id: 7, version: 1))
        gate.open()
        #expect(try await first.value == nil)
        #expect(try await notes.get(7)?.version == 1)
    }

    @Test("is neither refreshed ahead nor given out when it is stale")
    func notRefreshed() async throws {
        let notes = world.notes {
            $0.negativeTimeToLive = .seconds(5)
            $0.refreshAhead = .seconds(20)
            $0.staleWhileRevalidating = .seconds(20)
        }
        #expect(try await notes.get(7) == nil)
        #expect(try await notes.read(7).source == .cache)
        await world.settle()
        #expect(world.primary.reads.count == 1)
        world.clock.advance(by: .seconds(5))
        #expect(try await notes.read(7).source == .primary)
    }
}
