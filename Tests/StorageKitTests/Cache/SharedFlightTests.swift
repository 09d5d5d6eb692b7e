import Testing

@testable import StorageKit

/// Two processes over one cache: the one invalidates, and cannot reach the loads of the other.
@Suite("A load that another process has invalidated", .timeLimit(.minutes(5)))
struct SharedFlightTests {
    typealias Notes = CachedRepository<GatedPrimary, SharedSide>

    private let here: Notes
    private let there: Notes

    init() {
        let primary = GatedPrimary([Note(id: 1, version: 0), Note(id: 2, version: 0)])
        let base = InMemoryCache<Int, Note>(capacity: 10)
        here = Notes(primary: primary, cache: SharedSide(base))
        there = Notes(primary: primary, cache: SharedSide(base))
    }

    /// Begins a read, and returns when it has taken its seat in the key's flight.
    private func join(
        _ read: @escaping @Sendable () async throws -> Note?
    ) async -> Task<Note?, any Error> {
        let before = here.cache.statistics.joined
        let task = Task { try await read() }
        await eventually { here.cache.statistics.joined > before }
        return task
    }

    @Test("is not given to who asked afterwards", arguments: [false, true])
    func joinedLater(batch: Bool) async throws {
        let gate = here.primary.holdNextRead()
        let first = Task { [here] in try await here.get(1) }
        await gate.waitForArrivals()
        try await there.replace(Note(id: 1, version: 1))
        let second = await join { [here] in
            batch ? try await here.get([1, 2])[1] : try await here.get(1)
        }
        gate.open()
        #expect(try await first.value?.version == 0, "it asked before the write")
        #expect(try await second.value?.version == 1)
        #expect(here.cache.coordinator.flights.isIdle)
    }

    @Test("is not given to who asked afterwards when it had no registration to lose")
    func bypassed() async throws {
        let loading = there.primary.holdNextRead()
        let other = Task { [there] in try await there.get(1) }
        await loading.waitForArrivals()
        let gate = here.primary.holdNextRead()
        let first = Task { [here] in try await here.get(1) }
        await gate.waitForArrivals()
        try await there.replace(Note(id: 1, version: 1))
        let second = await join { [here] in try await here.get(1) }
        gate.open()
        loading.open()
        #expect(try await first.value?.version == 0)
        #expect(try await second.value?.version == 1)
        _ = try await other.value
    }

    @Test("is not given to who asked after its second look had found the old entry")
    func secondLook() async throws {
        _ = try await here.get(1)
        let gate = here.cache.holdNextBegin()
        // As one whose first look found nothing, because it was not there yet.
        let reader = Task { [here] in try await here.load([.init(key: 1, id: 1)])[0].entity }
        await gate.waitForArrivals()
        try await there.replace(Note(id: 1, version: 1))
        let second = await join { [here] in try await here.get(1) }
        gate.open()
        #expect(try await reader.value?.version == 0, "it asked before the write")
        #expect(try await second.value?.version == 1)
    }

    @Test("is not joined any more while its publication is under way")
    func publication() async throws {
        let gate = here.cache.holdNextPublication()
        let first = Task { [here] in try await here.get(1) }
        await gate.waitForArrivals()
        try await there.replace(Note(id: 1, version: 1))
        #expect(!here.cache.coordinator.flights.canJoin(1))
        #expect(try await here.get(1)?.version == 1)
        gate.open()
        #expect(try await first.value?.version == 0)
    }

    @Test("costs those who joined one further call of the primary between them")
    func oneMoreCall() async throws {
        let gate = here.primary.holdNextRead()
        let first = Task { [here] in try await here.get(1) }
        await gate.waitForArrivals()
        try await there.replace(Note(id: 1, version: 1))
        var others: [Task<Note?, any Error>] = []
        for _ in 0..<20 { others.append(await join { [here] in try await here.get(1) }) }
        let later = here.primary.holdNextRead()
        gate.open()
        _ = try await first.value
        await later.waitForArrivals()
        later.open()
        for other in others { #expect(try await other.value?.version == 1) }
        #expect(here.primary.reads == [[1], [1]])
    }

    @Test("serves all who joined with its one call when it could publish")
    func published() async throws {
        let gate = here.primary.holdNextRead()
        let first = Task { [here] in try await here.get(1) }
        await gate.waitForArrivals()
        var others: [Task<Note?, any Error>] = []
        for _ in 0..<20 { others.append(await join { [here] in try await here.get(1) }) }
        gate.open()
        #expect(try await first.value?.version == 0)
        for other in others { #expect(try await other.value?.version == 0) }
        #expect(here.primary.reads == [[1]])
    }
}
