import Testing

@testable import StorageKit

@Suite("When the cache fails", .timeLimit(.minutes(5)))
struct CacheFailureTests {
    private let primary = GatedPrimary((1...3).map { Note(id: $0, version: 0) })
    private let cache = FaultyCache()
    private var notes: CachedRepository<GatedPrimary, FaultyCache> {
        CachedRepository(primary: primary, cache: cache)
    }

    @Test("reads go to the primary, are shared all the same, and the failures are counted")
    func reads() async throws {
        cache.fail(.everything)
        #expect(try await notes.get(1)?.version == 0)
        #expect(try await notes.get([1, 2]).count == 2)
        #expect(cache.statistics.cacheErrors > 0)
        let gate = primary.holdNextRead()
        async let first = notes.get(3)
        await gate.waitForArrivals()
        async let second = notes.read(3)
        await eventually { cache.statistics.joined == 1 }
        gate.open()
        #expect(try await first?.version == 0)
        #expect(try await second.source == .joined)
    }

    @Test("to store what was loaded, the reader gets it anyway")
    func publishing() async throws {
        cache.fail(.publishing)
        #expect(try await notes.get(1)?.version == 0)
        #expect(cache.statistics.cacheErrors == 1)
    }

    @Test("a write returns what the primary said: success or its own error")
    func writes() async throws {
        cache.fail(.everything)
        try await notes.replace(Note(id: 1, version: 1))
        #expect(primary.note(1)?.version == 1)
        primary.failWrites(.refused)
        await expectCode(.permissionDenied) { try await notes.replace(Note(id: 1, version: 2)) }
        #expect(cache.statistics.failedInvalidations == 2)
    }

    @Test("to invalidate after a write, its entry is not believed until it could be")
    func doubt() async throws {
        _ = try await notes.get(1)
        cache.fail(.invalidation)
        try await notes.replace(Note(id: 1, version: 1))
        #expect(cache.base.get(1)?.value?.version == 0, "the old entry is still there")
        #expect(
            try await notes.read(1) == CachedRead(entity: Note(id: 1, version: 1), source: .primary)
        )
        #expect(try await notes.get([1, 2])[1]?.version == 1)
        #expect(try await notes.read(2).source == .cache, "other keys are not affected")

        cache.fail(.nothing)
        #expect(try await notes.read(1).source == .primary)
        #expect(
            try await notes.read(1) == CachedRead(entity: Note(id: 1, version: 1), source: .cache))
        #expect(!cache.coordinator.hasDoubts)
    }

    @Test("to invalidate, a load from before is neither joined nor believed when it publishes")
    func doubtDuringLoad() async throws {
        let gate = primary.holdNextRead()
        let first = Task { [notes] in try await notes.get(1) }
        await gate.waitForArrivals()
        cache.fail(.invalidation)
        try await notes.replace(Note(id: 1, version: 1))
        #expect(
            try await notes.read(1) == CachedRead(entity: Note(id: 1, version: 1), source: .primary)
        )
        gate.open()
        #expect(try await first.value?.version == 0)
        #expect(cache.base.get(1)?.value?.version == 0, "its registration could not be removed")
        #expect(try await notes.get(1)?.version == 1)
        cache.fail(.nothing)
        #expect(try await notes.get(1)?.version == 1)
        #expect(cache.base.get(1)?.value?.version == 1)
    }

    @Test("an explicit invalidation throws, and is remembered all the same")
    func explicitInvalidation() async throws {
        _ = try await notes.get([1, 2])
        cache.fail(.invalidation)
        primary.store(Note(id: 1, version: 1))
        await expectCode(.unavailable) { try await notes.invalidate([1, 2]) }
        #expect(try await notes.get(1)?.version == 1)
    }

    @Test("a cancelled write invalidates in spite of the cancellation")
    func cancelledWrite() async throws {
        _ = try await notes.get(1)
        let gate = primary.holdNextWrite()
        let write = Task { [notes] in try await notes.replace(Note(id: 1, version: 1)) }
        await gate.waitForArrivals()
        write.cancel()
        await expectCode(.cancelled) { try await write.value }
        #expect(cache.base.get(1) == nil)
        #expect(try await notes.get(1)?.version == 1)
    }

    @Test("a write that is cancelled while it invalidates does so once more, undisturbed")
    func cancelledInvalidation() async throws {
        _ = try await notes.get(1)
        let gate = cache.holdNextInvalidation()
        let write = Task { [notes] in try await notes.replace(Note(id: 1, version: 1)) }
        await gate.waitForArrivals()
        write.cancel()
        try await write.value
        #expect(cache.invalidationAttempts == 2)
        #expect(cache.statistics.failedInvalidations == 0)
        #expect(try await notes.read(1).source == .primary)
    }
}
