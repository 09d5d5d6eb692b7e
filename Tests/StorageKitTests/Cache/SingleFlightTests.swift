import Testing

@testable import StorageKit

@Suite("Readers of one entity", .timeLimit(.minutes(5)))
struct SingleFlightTests {
    private let primary = GatedPrimary((0..<50).map { Note(id: $0, version: 0) })
    private let cache = InMemoryCache<Int, Note>(capacity: 100)
    private var notes: CachedRepository<GatedPrimary, InMemoryCache<Int, Note>> {
        CachedRepository(primary: primary, cache: cache)
    }

    @Test("ask the primary once, however many they are")
    func thousand() async throws {
        let gate = primary.holdNextRead()
        let versions = try await withThrowingTaskGroup(of: Int?.self) { group in
            for _ in 0..<1000 { group.addTask { [notes] in try await notes.get(1)?.version } }
            await eventually { cache.statistics.joined == 999 }
            gate.open()
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(versions == Array(repeating: 0, count: 1000))
        #expect(primary.reads == [[1]])
        #expect(cache.statistics.loads == 1)
        #expect(cache.statistics.misses == 1000)
        #expect(cache.coordinator.flights.isIdle)
    }

    @Test("share a load across the repositories of one cache")
    func twoRepositories() async throws {
        let gate = primary.holdNextRead()
        async let first = notes.read(1)
        await gate.waitForArrivals()
        async let second = CachedRepository(primary: primary, cache: cache).read(1)
        await eventually { cache.statistics.joined == 1 }
        gate.open()
        #expect(try await first.source == .primary)
        #expect(try await second.source == .joined)
        #expect(primary.reads == [[1]])
    }

    @Test("go on when one of them is cancelled, which returns at once")
    func cancelOne() async throws {
        let gate = primary.holdNextRead()
        let leader = Task { [notes] in try await notes.get(1) }
        await gate.waitForArrivals()
        let joined = Task { [notes] in try await notes.get(1) }
        await eventually { cache.statistics.joined == 1 }
        leader.cancel()
        await expectCode(.cancelled) { _ = try await leader.value }
        gate.open()
        #expect(try await joined.value?.version == 0)
        #expect(cache.get(1)?.value?.version == 0)
    }

    @Test("cancel the load when all of them are cancelled")
    func cancelAll() async throws {
        let gate = primary.holdNextRead()
        let readers = (0..<3).map { _ in Task { [notes] in try await notes.get(1) } }
        await gate.waitForArrivals()
        await eventually { cache.statistics.joined == 2 }
        for reader in readers { reader.cancel() }
        for reader in readers { await expectCode(.cancelled) { _ = try await reader.value } }
        // The gate was never opened: only a cancelled load gets past it.
        await eventually { cache.statistics.loads == 1 && cache.loadCount == 0 }
        #expect(cache.statistics.loadFailures == 1)
        #expect(cache.coordinator.flights.isIdle)
        #expect(try await notes.get(1)?.version == 0, "and the next one loads anew")
    }

    @Test("that are cancelled before they ask begin no load")
    func cancelledBefore() async throws {
        let reader = Task { [notes] in
            withUnsafeCurrentTask { $0?.cancel() }
            return try await notes.get(1)
        }
        await expectCode(.cancelled) { _ = try await reader.value }
        #expect(primary.reads.isEmpty)
    }

    @Test("all get the primary's error, which is not remembered")
    func errors() async throws {
        let gate = primary.holdNextRead()
        primary.failReads(with: StorageError(code: .busy, message: "locked"))
        let readers = (0..<3).map { _ in Task { [notes] in try await notes.get(1) } }
        await gate.waitForArrivals()
        await eventually { cache.statistics.joined == 2 }
        gate.open()
        for reader in readers { await expectCode(.busy) { _ = try await reader.value } }
        primary.failReads(with: nil)
        #expect(try await notes.get(1)?.version == 0)
        #expect(cache.statistics.loadFailures == 1)
        #expect(cache.loadCount == 0)
    }

    @Test(
        "in two batches that overlap load each entity once and do not wait for each other in a ring"
    )
    func overlappingBatches() async throws {
        let gates = [primary.holdNextRead(), primary.holdNextRead()]
        let first = Task { [notes] in try await notes.get(Array(0..<20)) }
        await gates[0].waitForArrivals()
        let second = Task { [notes] in try await notes.get(Array(10..<30)) }
        await gates[1].waitForArrivals()
        let third = Task { [notes] in try await notes.get(Array(5..<25)) }
        await eventually { cache.statistics.joined == 10 + 20 }
        gates[1].open()
        gates[0].open()
        #expect(try await first.value.count == 20)
        #expect(try await second.value.count == 20)
        #expect(try await third.value.count == 20)
        #expect(primary.reads == [Array(0..<20), Array(20..<30)])
    }

    @Test("of a cancelled batch leave the entities that others wait for")
    func cancelBatch() async throws {
        let gate = primary.holdNextRead()
        let batch = Task { [notes] in try await notes.get([1, 2, 3]) }
        await gate.waitForArrivals()
        let other = Task { [notes] in try await notes.get(2) }
        await eventually { cache.statistics.joined == 1 }
        batch.cancel()
        await expectCode(.cancelled) { _ = try await batch.value }
        gate.open()
        #expect(try await other.value?.version == 0)
        await eventually { cache.coordinator.flights.isIdle }
    }
}

/// Expects a ``StorageError`` with the code.
func expectCode(
    _ code: StorageError.Code, sourceLocation: SourceLocation = #_sourceLocation,
    _ body: () async throws -> Void
) async {
    let error = await #expect(throws: StorageError.self, sourceLocation: sourceLocation) {
        try await body()
    }
    #expect(error?.code == code, sourceLocation: sourceLocation)
}
