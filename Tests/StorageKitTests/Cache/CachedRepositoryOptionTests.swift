import StorageKitTesting
import Testing

@testable import StorageKit

@Suite("One read that is different", .timeLimit(.minutes(5)))
struct CachedRepositoryOptionTests {
    private let world = PolicyWorld()

    private func warm(_ notes: PolicyWorld.Notes) async throws {
        _ = try await notes.get(1)
        world.primary.store(Note(id: 1, version: 1))
    }

    @Test("bypasses the cache: it is not asked, not filled and not changed")
    func bypass() async throws {
        let notes = world.notes()
        try await warm(notes)
        let before = world.cache.calls.count
        #expect(try await notes.get(1, options: .bypass)?.version == 1)
        #expect(try await notes.get([1, 2], options: .bypass).count == 2)
        #expect(world.cache.calls.count == before)
        #expect(world.cache.statistics.bypasses == 3)
        #expect(try await notes.get(1)?.version == 0)
    }

    @Test("reloads, and everybody has the answer from then on")
    func reload() async throws {
        let notes = world.notes()
        try await warm(notes)
        #expect(try await notes.get(1, options: .reload)?.version == 1)
        #expect(
            try await notes.read(1) == CachedRead(entity: Note(id: 1, version: 1), source: .cache))
        world.primary.store(Note(id: 1, version: 2))
        #expect(try await notes.get([1, 2], options: .reload)[1]?.version == 2)
    }

    @Test("reloads by a load of its own, not one that began before it asked")
    func reloadJoinsNobody() async throws {
        let notes = world.notes()
        let gate = world.primary.holdNextRead()
        let old = Task { try await notes.get(1) }
        await gate.waitForArrivals()
        world.primary.store(Note(id: 1, version: 1))
        #expect(try await notes.get(1, options: .reload)?.version == 1)
        gate.open()
        #expect(try await old.value?.version == 0)
        #expect(try await notes.get(1)?.version == 1)
    }

    @Test("reloads though the cache fails, which is counted")
    func reloadWithoutCache() async throws {
        let notes = world.notes()
        try await warm(notes)
        world.cache.fail("invalidate")
        #expect(try await notes.get(1, options: .reload)?.version == 1)
        #expect(world.cache.statistics.cacheErrors > 0)
    }

    @Test("asks the cache alone, and says when it had nothing")
    func onlyIfCached() async throws {
        let notes = world.notes()
        try await warm(notes)
        #expect(try await notes.read(1, options: .onlyIfCached).source == .cache)
        #expect(
            try await notes.read(2, options: .onlyIfCached)
                == CachedRead(entity: nil, source: .notAsked))
        #expect(try await notes.get([1, 2], options: .onlyIfCached).keys.sorted() == [1])
        #expect(world.primary.reads.count == 1)
        world.clock.advance(by: .seconds(60))
        #expect(try await notes.get(1, options: .onlyIfCached) == nil)
    }

    @Test("accepts what is stale for longer than the policy does")
    func acceptsStale() async throws {
        let notes = world.notes { $0.staleIfPrimaryFails = .seconds(100) }
        try await warm(notes)
        world.clock.advance(by: .seconds(90))
        let options = CacheReadOptions(acceptsStale: .seconds(31))
        #expect(try await notes.read(1, options: options).source == .stale)
        await world.refreshes(1)
        #expect(try await notes.read(1).entity?.version == 1)
        world.clock.advance(by: .seconds(91))
        #expect(try await notes.read(1, options: options).source == .primary)
    }

    @Test("fills nothing when it is told so, and is a hit all the same")
    func withoutFilling() async throws {
        let notes = world.notes()
        #expect(try await notes.read(1, options: .withoutFilling).source == .primary)
        #expect(world.cache.stored(1) == nil && world.cache.loadCount == 0)
        _ = try await notes.get(1)
        #expect(try await notes.read(1, options: .withoutFilling).source == .cache)
    }

    @Test("fills an entry with its own time to live")
    func timeToLive() async throws {
        let notes = world.notes()
        _ = try await notes.get([1, 2], options: CacheReadOptions(timeToLive: .seconds(5)))
        #expect(world.cache.stored(1)?.timeToLive == .seconds(5))
        #expect(world.cache.stored(2)?.timeToLive == .seconds(5))
    }

    @Test("is refused with times that can never be right, and with too large a batch")
    func refused() async throws {
        let notes = world.notes()
        let options = CacheReadOptions(timeToLive: .seconds(-1))
        await expectCode(.invalidArgument) { _ = try await notes.get(1, options: options) }
        await expectCode(.limitExceeded) {
            _ = try await notes.get(Array(0...100), options: .bypass)
        }
        #expect(world.cache.calls.isEmpty && world.primary.reads.isEmpty)
    }
}

@Suite("What was done in a transaction", .timeLimit(.minutes(5)))
struct CacheTransactionTests {
    private let world = PolicyWorld()
    private let inner = GatedPrimary([Note(id: 1, version: 10), Note(id: 2, version: 10)])

    @Test("is read from the transaction, and fills nothing")
    func reads() async throws {
        let notes = world.notes()
        _ = try await notes.get(1)
        let before = world.cache.calls
        try await CacheTransaction.run { scope in
            let notes = try notes.within(scope, primary: inner)
            #expect(try await notes.get(1)?.version == 10)
            #expect(try await notes.get([1, 2]).count == 2)
            #expect(try await notes.scan(after: nil, limit: 5).entities.count == 2)
        }
        #expect(world.cache.calls == before)
    }

    @Test("is invalidated after the transaction, in one call, and not before", arguments: [1, 2])
    func writes(failing: Int) async throws {
        struct Undone: Error {}
        let notes = world.notes()
        _ = try await notes.get([1, 2, 3])
        let before = world.cache.calls.count
        let run = Task {
            try await CacheTransaction.run { scope in
                let inside = try notes.within(scope, primary: inner)
                try await inside.replace(Note(id: 1, version: 11))
                try await inside.upsert(Note(id: 1, version: 12))
                try await inside.delete(2)
                #expect(try await notes.read(1).source == .cache, "nothing is committed yet")
                if failing == 2 { throw Undone() }
            }
        }
        if failing == 2 {
            await #expect(throws: Undone.self) { try await run.value }
        } else {
            try await run.value
        }
        #expect(world.cache.stored(1) == nil && world.cache.stored(2) == nil)
        #expect(world.cache.stored(3) != nil)
        #expect(world.cache.calls[before...].filter { $0 == "invalidate" }.count == 1)
    }

    @Test("of unknown outcome keeps the cache out of use for a while")
    func unknown() async throws {
        let notes = world.notes { $0.unknownWriteTime = .seconds(10) }
        await expectCode(.unavailable) {
            try await CacheTransaction.run { scope in
                try await notes.within(scope, primary: inner).delete(1)
                throw StorageError(code: .unavailable, message: "", mayHaveBeenApplied: true)
            }
        }
        _ = try await notes.get(1)
        #expect(world.cache.stored(1) == nil)
        world.clock.advance(by: .seconds(10))
        _ = try await notes.get(1)
        #expect(world.cache.stored(1) != nil)
    }

    @Test("is behind a barrier from before it is sent until the end, where writes are strict")
    func strict() async throws {
        let notes = world.notes().strict()
        _ = try await notes.get(1)
        try await CacheTransaction.run { scope in
            let inside = try notes.within(scope, primary: inner)
            try await inside.replace(Note(id: 1, version: 11))
            try await inside.replace(Note(id: 1, version: 12))
            #expect(try await notes.read(1).source == .primary)
            #expect(try await notes.read(1).source == .primary, "nobody fills behind the barrier")
        }
        #expect(world.cache.calls.filter { $0 == "beginWrites" }.count == 1)
        #expect(world.cache.calls.filter { $0 == "endWrites" }.count == 1)
        _ = try await notes.get(1)
        #expect(try await notes.read(1).source == .cache)
    }

    @Test("is not sent where writes are strict and the cache cannot be told")
    func strictRefused() async throws {
        let notes = world.notes().strict()
        world.cache.fail("beginWrites")
        await expectCode(.unavailable) {
            try await CacheTransaction.run { scope in
                try await notes.within(scope, primary: inner).replace(Note(id: 1, version: 11))
            }
        }
        #expect(inner.note(1)?.version == 10)
    }

    @Test("is not sent after the end, when nobody would invalidate it any more")
    func over() async throws {
        let notes = world.notes()
        let (inside, scope) = try await CacheTransaction.run { scope in
            (try notes.within(scope, primary: inner), scope)
        }
        await expectCode(.invalidState) { try await inside.delete(1) }
        #expect(inner.note(1) != nil)
        await expectCode(.invalidState) { _ = try notes.within(scope, primary: inner) }
    }
}
