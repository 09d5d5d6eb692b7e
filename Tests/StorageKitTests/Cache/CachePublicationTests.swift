import Testing

@testable import StorageKit

@Suite("A load that is being published", .timeLimit(.minutes(5)))
struct CachePublicationTests {
    private let world = PolicyWorld(isShared: true)

    /// A load of the first note whose publication is held at the gate.
    private func publishing(
        _ notes: PolicyWorld.Notes
    ) async -> (gate: Gate, read: Task<CachedRead<Note>, any Error>) {
        let gate = world.cache.hold("publish")
        let read = Task { try await notes.read(1) }
        await gate.waitForArrivals()
        return (gate, read)
    }

    /// Waits until another reader has looked the note up to load it.
    private func secondLook() async {
        await eventually { world.cache.calls.filter { $0 == "begin" }.count == 2 }
    }

    @Test("is waited for by who comes meanwhile, whatever the patience")
    func waited() async throws {
        let notes = world.notes()
        let (gate, first) = await publishing(notes)
        let second = Task { try await notes.read(1) }
        await secondLook()
        gate.open()
        #expect(try await first.value.source == .primary)
        #expect(try await second.value.source == .cache)
        #expect(world.primary.reads == [[1]])
        #expect(world.cache.statistics.waits == 0)
    }

    @Test("and is refused leaves the load to who has waited")
    func refused() async throws {
        let notes = world.notes()
        let (gate, first) = await publishing(notes)
        let second = Task { try await notes.read(1) }
        await secondLook()
        try await world.cache.invalidate([1])
        gate.open()
        #expect(try await first.value.source == .primary)
        #expect(try await second.value.source == .primary)
        #expect(world.primary.reads == [[1], [1]])
        #expect(world.cache.stored(1) != nil, "the second one's")
    }

    @Test("does not keep a reader who has to ask the primary for another key anyway")
    func batch() async throws {
        let notes = world.notes()
        let (gate, first) = await publishing(notes)
        #expect(try await notes.get([1, 2]).count == 2)
        gate.open()
        _ = try await first.value
        #expect(world.primary.reads == [[1], [1, 2]])
    }

    @Test("lets a cancelled reader go")
    func cancelled() async throws {
        let notes = world.notes()
        let (gate, first) = await publishing(notes)
        let second = Task { try await notes.read(1) }
        await secondLook()
        second.cancel()
        await expectCode(.cancelled) { _ = try await second.value }
        gate.open()
        _ = try await first.value
        await world.settle()
    }
}
