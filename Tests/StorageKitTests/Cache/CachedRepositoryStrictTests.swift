import StorageKitTesting
import Testing

@testable import StorageKit

@Suite("A strict write", .timeLimit(.minutes(5)))
struct CachedRepositoryStrictTests {
    private let world = PolicyWorld()
    private let new = Note(id: 1, version: 1)

    @Test("sets its barrier before it is sent, and ends it afterwards")
    func order() async throws {
        let notes = world.notes().strict()
        let gate = world.primary.holdNextWrite()
        let write = Task { [new] in try await notes.replace(new) }
        await gate.waitForArrivals()
        #expect(world.cache.calls == ["beginWrites"])
        gate.open()
        try await write.value
        #expect(world.cache.calls == ["beginWrites", "endWrites"])
    }

    @Test("is not sent when the cache cannot be told before it")
    func refused() async throws {
        let notes = world.notes().strict()
        world.cache.fail("beginWrites")
        await expectCode(.unavailable) { try await notes.replace(new) }
        await expectCode(.unavailable) { try await notes.delete(2) }
        #expect(world.primary.note(1)?.version == 0)
        #expect(world.primary.note(2) != nil)
        #expect(world.cache.statistics.strictRefusals == 2)
        do {
            try await notes.insert(Note(id: 9, version: 0))
        } catch {
            #expect(error.isRetryable && !error.mayHaveBeenApplied)
            #expect((error.underlying as? StorageError)?.message == "beginWrites fails")
        }
    }

    @Test("of a task that is cancelled before it is not sent either, and is no refusal")
    func cancelled() async throws {
        let notes = world.notes().strict()
        let gate = world.cache.hold("beginWrites")
        let write = Task { [new] in try await notes.replace(new) }
        await gate.waitForArrivals()
        write.cancel()
        await expectCode(.cancelled) { try await write.value }
        #expect(world.primary.note(1)?.version == 0)
        #expect(world.cache.statistics.strictRefusals == 0)
    }

    @Test("lets nobody be served or fill what is old between the commit and its end")
    func nobodySeesTheOldValue() async throws {
        let notes = world.notes().strict()
        _ = try await notes.get(1)
        let gate = world.primary.holdNextWrite()
        let write = Task { [new] in try await notes.replace(new) }
        await gate.waitForArrivals()
        #expect(try await notes.read(1) == CachedRead(entity: new, source: .primary))
        #expect(try await notes.get([1, 2])[1] == new)
        #expect(world.cache.stored(1) == nil)
        gate.open()
        try await write.value
        #expect(try await notes.read(1) == CachedRead(entity: new, source: .primary))
        #expect(try await notes.read(1) == CachedRead(entity: new, source: .cache))
    }

    @Test("is not hidden from who asks after the commit by a load from before it")
    func loadFromBeforeTheCommit() async throws {
        let notes = world.notes().strict()
        // The barrier is set, and nothing is committed.
        let barriers = try await world.cache.beginWrites([1], lasting: .seconds(30))
        let gate = world.primary.holdNextRead()
        let old = Task { try await notes.get(1) }
        await gate.waitForArrivals()
        world.primary.store(new)
        #expect(try await notes.get(1) == new, "it must not join the load that has read v0")
        gate.open()
        #expect(try await old.value?.version == 0, "it asked before the commit")
        let end = CacheWriteEnd<Int, Note, Int>(key: 1, barrier: barriers[1] ?? 0)
        try await world.cache.endWrites([end])
        #expect(world.cache.stored(1) == nil)
    }

    @Test("ends its barrier after a refusal by the primary, and in spite of a cancellation")
    func endsWhateverCame() async throws {
        let notes = world.notes().strict()
        world.primary.failWrites(.refused)
        await expectCode(.permissionDenied) { try await notes.replace(new) }
        #expect(world.cache.calls == ["beginWrites", "endWrites"])
        world.primary.failWrites(nil)
        let gate = world.primary.holdNextWrite()
        let write = Task { [new] in try await notes.replace(new) }
        await gate.waitForArrivals()
        write.cancel()
        await expectCode(.cancelled) { try await write.value }
        _ = try await notes.get(1)
        #expect(world.cache.stored(1)?.value == new)
    }

    @Test("whose end the cache is not told of leaves the barrier, and is no error")
    func endFails() async throws {
        let notes = world.notes { $0.barrierTime = .seconds(20) }.strict()
        world.cache.fail("endWrites")
        try await notes.replace(new)
        #expect(world.cache.statistics.failedInvalidations == 1)
        #expect(try await notes.read(1) == CachedRead(entity: new, source: .primary))
        #expect(world.cache.stored(1) == nil)
        world.clock.advance(by: .seconds(20))
        _ = try await notes.get(1)
        #expect(try await notes.read(1).source == .cache)
    }

    @Test("of unknown outcome keeps its barrier for the whole time")
    func unknownOutcome() async throws {
        let notes = world.notes {
            $0.barrierTime = .seconds(20)
            $0.unknownWriteTime = .seconds(10)
        }.strict()
        world.primary.failWrites(.answerLost)
        await expectCode(.unavailable) { try await notes.replace(new) }
        #expect(world.cache.calls == ["beginWrites"])
        world.clock.advance(by: .seconds(20) - .nanoseconds(1))
        world.primary.store(Note(id: 1, version: 2))
        #expect(try await notes.get(1)?.version == 2)
        #expect(world.cache.stored(1) == nil)
        world.clock.advance(by: .nanoseconds(1))
        _ = try await notes.get(1)
        #expect(try await notes.read(1).source == .cache)
    }

    @Test("leaves what it wrote where the version of that is known")
    func leavesEntry() async throws {
        let notes = world.notes().versioned(by: { CacheVersion(Int64($0.version)) }) { note, kind in
            kind == .upsert ? nil : note
        }.strict()
        try await notes.replace(new)
        #expect(try await notes.read(1) == CachedRead(entity: new, source: .cache))
        try await notes.upsert(Note(id: 1, version: 2))
        #expect(try await notes.read(1).source == .primary)
    }

    @Test("that met another one leaves nothing, for nobody knows whose was the last")
    func contended() async throws {
        let notes = world.notes().versioned(by: { CacheVersion(Int64($0.version)) }) { note, _ in
            note
        }.strict()
        let gate = world.primary.holdNextWrite()
        let first = Task { [new] in try await notes.replace(new) }
        await gate.waitForArrivals()
        try await notes.replace(Note(id: 1, version: 2))
        gate.open()
        try await first.value
        #expect(world.cache.stored(1) == nil)
        #expect(try await notes.get(1)?.version == 2)
    }
}

@Suite("A write of unknown outcome", .timeLimit(.minutes(5)))
struct UnknownWriteTests {
    private let world = PolicyWorld()

    @Test("that lands after its invalidation is seen all the same, and later nothing old is left")
    func landsLate() async throws {
        let notes = world.notes { $0.unknownWriteTime = .seconds(10) }
        _ = try await notes.get(1)
        world.primary.failWrites(.lostOnTheWay)
        await expectCode(.unavailable) { try await notes.replace(Note(id: 1, version: 1)) }
        #expect(try await notes.get(1)?.version == 0, "it has not landed yet")
        #expect(world.cache.stored(1) == nil, "so what was read is not kept")
        world.primary.store(Note(id: 1, version: 1))
        #expect(try await notes.read(1).entity?.version == 1)
        #expect(try await notes.get([1, 2])[1]?.version == 1)
        world.clock.advance(by: .seconds(10))
        _ = try await notes.get(1)
        #expect(
            try await notes.read(1) == CachedRead(entity: Note(id: 1, version: 1), source: .cache))
        #expect(!world.cache.coordinator.hasDoubts)
    }

    @Test("has what others have filled meanwhile invalidated in the end")
    func filledElsewhere() async throws {
        let notes = world.notes { $0.unknownWriteTime = .seconds(10) }
        let elsewhere = PolicyWorld.Notes(
            primary: world.primary, cache: PlainCache(world.cache.server, isShared: true))
        world.primary.failWrites(.lostOnTheWay)
        await expectCode(.unavailable) { try await notes.replace(Note(id: 1, version: 1)) }
        #expect(try await elsewhere.get(1)?.version == 0)
        world.primary.store(Note(id: 1, version: 1))
        #expect(try await elsewhere.get(1)?.version == 0, "the hole that is left: another process")
        world.clock.advance(by: .seconds(10))
        #expect(try await notes.get(1)?.version == 1)
        #expect(try await elsewhere.get(1)?.version == 1)
    }

    @Test("costs nothing more when the policy says that requests cannot be late")
    func noTime() async throws {
        let notes = world.notes { $0.unknownWriteTime = .zero }
        world.primary.failWrites(.answerLost)
        await expectCode(.unavailable) { try await notes.replace(Note(id: 1, version: 1)) }
        _ = try await notes.get(1)
        #expect(try await notes.read(1).source == .cache)
    }
}

@Suite("Doubts", .timeLimit(.minutes(5)))
struct SharedDoubtTests {
    private let world = PolicyWorld()

    @Test("are settled by one call, however many readers there are; the others do not wait for it")
    func oneCall() async throws {
        let notes = world.notes()
        world.cache.fail("invalidate")
        try await notes.replace(Note(id: 1, version: 1))
        world.cache.fail()
        let gate = world.cache.hold("invalidate")
        let before = world.cache.calls.count
        let settler = Task { try await notes.get(1) }
        await gate.waitForArrivals()
        for _ in 0..<20 { #expect(try await notes.get(1)?.version == 1) }
        gate.open()
        #expect(try await settler.value?.version == 1)
        #expect(world.cache.calls[before...].filter { $0 == "invalidate" }.count == 1)
        #expect(!world.cache.coordinator.hasDoubts)
    }

    @Test("are left to another reader when the one who was settling them is cancelled")
    func cancelledSettler() async throws {
        let notes = world.notes()
        world.cache.fail("invalidate")
        try await notes.replace(Note(id: 1, version: 1))
        world.cache.fail()
        let gate = world.cache.hold("invalidate")
        let settler = Task { try await notes.get(1) }
        await gate.waitForArrivals()
        settler.cancel()
        await expectCode(.cancelled) { _ = try await settler.value }
        _ = try await notes.get(1)
        #expect(!world.cache.coordinator.hasDoubts)
        #expect(world.cache.statistics.doubts == 1)
    }
}
