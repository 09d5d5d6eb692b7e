import StorageKitTesting
import Testing

@testable import StorageKit

@Suite("A cache that answers again", .timeLimit(.minutes(1)))
struct ResynchronisationTests {
    private let world = PolicyWorld(isShared: true)

    /// A repository of another process.
    private var elsewhere: PolicyWorld.Notes {
        PolicyWorld.Notes(
            primary: world.primary, cache: PlainCache(world.cache.server, isShared: true))
    }

    private func count(_ call: String) -> Int { world.cache.calls.filter { $0 == call }.count }

    /// Lets the pause pass in which the task is.
    private func pass(_ pause: Duration) async {
        await eventually { world.clock.sleepers == 1 }
        world.clock.advance(by: pause)
    }

    @Test("is told of what it missed though nobody here reads it")
    func withoutReader() async throws {
        let notes = world.notes()
        let elsewhere = elsewhere
        _ = try await elsewhere.get(1)
        world.cache.fail("invalidate")
        try await notes.replace(Note(id: 1, version: 1))
        #expect(try await elsewhere.get(1)?.version == 0, "the cache could not be told")
        world.cache.fail()
        await pass(.milliseconds(100))
        await eventually { !world.cache.coordinator.hasDoubts }
        #expect(try await elsewhere.get(1)?.version == 1)
    }

    @Test("is asked less and less often until then, every ten seconds at the least")
    func pauses() async throws {
        let notes = world.notes()
        world.cache.fail("invalidate")
        try await notes.replace(Note(id: 1, version: 1))
        var tries = 1
        for milliseconds in [100, 200, 400, 800, 1600, 3200, 6400, 10_000, 10_000] {
            await pass(.milliseconds(milliseconds) - .nanoseconds(1))
            #expect(world.clock.sleepers == 1 && count("invalidate") == tries)
            world.clock.advance(by: .nanoseconds(1))
            tries += 1
            await eventually { count("invalidate") == tries }
        }
        world.cache.fail()
        await pass(.seconds(10))
        await eventually { !world.cache.coordinator.hasDoubts }
        await eventually { world.clock.sleepers == 0 }
    }

    @Test("is told at once when it has answered somebody, whatever he asked for")
    func answered() async throws {
        let notes = world.notes()
        world.cache.fail("invalidate")
        try await notes.replace(Note(id: 1, version: 1))
        for milliseconds in [100, 200, 400, 800] { await pass(.milliseconds(milliseconds)) }
        await eventually { count("invalidate") == 5 && world.clock.sleepers == 1 }
        world.clock.advance(by: .milliseconds(100))
        world.cache.fail()
        _ = try await notes.get(2)
        await eventually { !world.cache.coordinator.hasDoubts }
        #expect(count("invalidate") == 6)
    }

    @Test("is told at once of the rest when a reader has told it of one thing")
    func answeredReaderOfOne() async throws {
        let notes = world.notes()
        world.cache.fail("invalidate")
        try await notes.replace(Note(id: 1, version: 1))
        try await notes.replace(Note(id: 2, version: 1))
        for milliseconds in [100, 200, 400, 800] { await pass(.milliseconds(milliseconds)) }
        await eventually { count("invalidate") == 6 && world.clock.sleepers == 1 }
        world.clock.advance(by: .milliseconds(100))
        world.cache.fail()
        _ = try await notes.get(1)
        await eventually { !world.cache.coordinator.hasDoubts }
    }

    @Test("is told soon of what it missed while an earlier doubt is held")
    func whileHeld() async throws {
        let notes = world.notes { $0.unknownWriteTime = .seconds(30) }
        let elsewhere = elsewhere
        _ = try await elsewhere.get(2)
        world.primary.failWrites(.lostOnTheWay)
        await expectCode(.unavailable) { try await notes.replace(Note(id: 1, version: 1)) }
        world.primary.failWrites(nil)
        await pass(.milliseconds(100))
        await eventually { world.clock.sleepers == 1 }
        world.cache.fail("invalidate")
        try await notes.replace(Note(id: 2, version: 1))
        world.cache.fail()
        await pass(.milliseconds(100))
        await eventually { world.cache.stored(2) == nil }
        #expect(try await elsewhere.get(2)?.version == 1)
    }

    @Test("is told soon of what a reader of this process could not tell it while a doubt is held")
    func releasedByReader() async throws {
        let notes = world.notes { $0.unknownWriteTime = .seconds(30) }
        world.primary.failWrites(.lostOnTheWay)
        await expectCode(.unavailable) { try await notes.replace(Note(id: 1, version: 1)) }
        world.primary.failWrites(nil)
        _ = try await notes.get(2)
        await pass(.milliseconds(100))
        await eventually { world.clock.sleepers == 1 }
        world.cache.fail("invalidate")
        try await notes.replace(Note(id: 2, version: 1))
        let gate = world.cache.hold("invalidate")
        let read = Task { try await notes.get(2) }
        await gate.waitForArrivals()
        await pass(.milliseconds(100))
        // The task finds nothing to settle: the one doubt is held, a reader is at the other.
        await eventually { world.clock.sleepers == 1 }
        gate.open()
        _ = try await read.value
        #expect(world.cache.stored(2) != nil)
        world.cache.fail()
        await pass(.milliseconds(100))
        await eventually { world.cache.stored(2) == nil }
    }

    @Test("is not told more often by readers whom it answers while it refuses invalidations")
    func answersReadersAlone() async throws {
        let notes = world.notes()
        world.cache.fail("invalidate")
        try await notes.replace(Note(id: 1, version: 1))
        await pass(.milliseconds(100))
        await eventually { count("invalidate") == 2 && world.clock.sleepers == 1 }
        for _ in 0..<20 { _ = try await notes.get(2) }
        #expect(count("invalidate") == 2)
    }

    @Test("is told once more of a write of unknown outcome, when that can land no more")
    func unknownWrite() async throws {
        let notes = world.notes { $0.unknownWriteTime = .seconds(10) }
        let elsewhere = elsewhere
        world.primary.failWrites(.lostOnTheWay)
        await expectCode(.unavailable) { try await notes.replace(Note(id: 1, version: 1)) }
        #expect(try await elsewhere.get(1)?.version == 0)
        world.primary.store(Note(id: 1, version: 1))
        #expect(try await elsewhere.get(1)?.version == 0, "the hole that is left, for a time")
        await pass(.milliseconds(100))
        await pass(.seconds(10))
        await eventually { !world.cache.coordinator.hasDoubts }
        #expect(try await elsewhere.get(1)?.version == 1)
    }

    @Test("is told of tags and of clearings that it missed, and of as little as is enough")
    func tagsAndClearings() async throws {
        let notes = world.notes().tagged { ["parity:\($0.id % 2)"] }
        _ = try await notes.get([1, 2])
        world.cache.fail("invalidateTags")
        await expectCode(.unavailable) { try await notes.invalidate(tags: ["parity:1"]) }
        world.cache.fail()
        await pass(.milliseconds(100))
        await eventually { !world.cache.coordinator.hasDoubts }
        #expect(world.cache.stored(1) == nil && world.cache.stored(2) != nil)
        world.cache.fail("removeAll")
        await expectCode(.unavailable) { try await notes.invalidateAll() }
        #expect(try await notes.read(2).source == .primary, "nothing is believed")
        world.cache.fail()
        await pass(.milliseconds(100))
        await eventually { !world.cache.coordinator.hasDoubts }
        #expect(world.cache.stored(2) == nil)
    }

    @Test("is emptied where it refuses a tag for good")
    func lastingRefusal() async throws {
        let notes = world.notes().tagged { ["parity:\($0.id % 2)"] }
        _ = try await notes.get([1, 2])
        world.cache.refuse(.invalidArgument, "invalidateTags")
        await expectCode(.invalidArgument) { try await notes.invalidate(tags: ["parity:1"]) }
        _ = try await notes.get(3)
        #expect(!world.cache.coordinator.hasDoubts)
        #expect(world.cache.stored(1) == nil && world.cache.stored(2) == nil)
    }

    @Test("is told of all keys but those that it refuses for good")
    func refusedKey() async throws {
        let notes = world.notes()
        _ = try await notes.get([1, 2, 3])
        world.cache.fail("invalidate")
        await expectCode(.unavailable) { try await notes.invalidate([1, 2, 3]) }
        world.cache.fail()
        world.cache.refuse(.invalidArgument, keys: [2])
        await pass(.milliseconds(100))
        await eventually { world.cache.stored(1) == nil && world.cache.stored(3) == nil }
        await eventually { world.clock.sleepers == 1 }
        #expect(try await notes.read(1).source == .primary)
        #expect(try await notes.read(1).source == .cache)
        #expect(world.cache.stored(2) != nil)
        #expect(try await notes.read(2).source == .primary, "it is in doubt")
    }

    @Test("is told of the others soon however many keys it refuses for good")
    func manyRefusedKeys() async throws {
        let notes = world.notes()
        let others = Array(401...420)
        for id in others { world.primary.store(Note(id: id, version: 0)) }
        _ = try await notes.get(others)
        world.cache.fail("invalidate")
        await expectCode(.unavailable) { try await notes.invalidate(Array(1...420)) }
        world.cache.fail()
        world.cache.refuse(.invalidArgument, keys: Set(1...400))
        await pass(.milliseconds(100))
        await eventually { others.allSatisfy { world.cache.stored($0) == nil } }
        await eventually { world.clock.sleepers == 1 }
    }

    @Test("is not kept by what was to be told to it once it has been")
    func released() async throws {
        weak var weakCache: PlainCache?
        do {
            let cache = PlainCache(clock: world.clock)
            weakCache = cache
            cache.fail("invalidate")
            try await PolicyWorld.Notes(primary: world.primary, cache: cache)
                .replace(Note(id: 1, version: 1))
            cache.fail()
        }
        await pass(.milliseconds(100))
        await eventually { weakCache == nil }
    }
}
