import StorageKitTesting
import Testing

@testable import StorageKit

@Suite("A load that takes long", .timeLimit(.minutes(5)))
struct CachedRepositoryTimeoutTests {
    private let world = PolicyWorld()

    /// A reader of the first note leaves its load; what lets that go on.
    private func leaveAtSoftTimeout(_ notes: some Repository<Note, Int>) async -> Gate {
        let gate = world.primary.holdNextRead()
        let read = Task { try await notes.get(1) }
        await gate.waitForArrivals()
        await world.clock.waitForSleepers(1)
        world.clock.advance(by: .seconds(1))
        await expectCode(.timedOut) { _ = try await read.value }
        return gate
    }

    @Test("is left by its reader at the soft timeout, and fills the cache when it ends")
    func softTimeout() async throws {
        let notes = world.notes { $0.softTimeout = .seconds(1) }
        let gate = await leaveAtSoftTimeout(notes)
        #expect(!world.cache.coordinator.flights.isIdle, "the load goes on")
        gate.open()
        await world.settle()
        #expect(
            try await notes.read(1) == CachedRead(entity: Note(id: 1, version: 0), source: .cache))
        #expect(world.cache.statistics.softTimeouts == 1)
        await eventually { world.clock.sleepers == 0 }
    }

    @Test("is joined by who comes after somebody has left it")
    func joinedAfterSoftTimeout() async throws {
        let notes = world.notes { $0.softTimeout = .seconds(1) }
        let gate = await leaveAtSoftTimeout(notes)
        let second = Task { try await notes.read(1) }
        await eventually { world.cache.statistics.joined == 1 }
        gate.open()
        #expect(try await second.value.source == .joined)
        #expect(world.primary.reads.count == 1)
    }

    @Test("gives way to the stale entry at the soft timeout, key by key")
    func softTimeoutWithStale() async throws {
        let notes = world.notes {
            $0.softTimeout = .seconds(1)
            $0.staleIfPrimaryFails = .seconds(100)
        }
        _ = try await notes.get([1, 2])
        world.clock.advance(by: .seconds(61))
        world.primary.store(Note(id: 1, version: 1))
        let gate = world.primary.holdNextRead()
        let batch = Task { try await notes.get([1, 2]) }
        await gate.waitForArrivals()
        await world.clock.waitForSleepers(1)
        world.clock.advance(by: .seconds(1))
        #expect(try await batch.value.values.map(\.version) == [0, 0])
        #expect(world.cache.statistics.staleRescues == 2)
        #expect(world.cache.statistics.softTimeouts == 1)
        gate.open()
        await world.settle()
        #expect(try await notes.get(1)?.version == 1)
    }

    @Test("and that a soft timeout has left is no fill after an invalidation")
    func softTimeoutThenWrite() async throws {
        let notes = world.notes { $0.softTimeout = .seconds(1) }
        let gate = await leaveAtSoftTimeout(notes)
        try await notes.replace(Note(id: 1, version: 1))
        gate.open()
        await world.settle()
        #expect(world.cache.stored(1) == nil)
        #expect(try await notes.get(1)?.version == 1)
    }

    @Test("is cancelled at the hard timeout, for all who wait, and leaves no registration")
    func hardTimeout() async throws {
        let notes = world.notes { $0.hardTimeout = .seconds(5) }
        let gate = world.primary.holdNextRead()
        let first = Task { try await notes.get([1, 2]) }
        await gate.waitForArrivals()
        let second = Task { try await notes.get(1) }
        await eventually { world.cache.statistics.joined == 1 }
        await world.clock.waitForSleepers(1)
        world.clock.advance(by: .seconds(5))
        await expectCode(.timedOut) { _ = try await first.value }
        await expectCode(.timedOut) { _ = try await second.value }
        // Nobody opened the gate: the read was cancelled.
        await eventually { world.cache.loadCount == 0 }
        await world.settle()
        #expect(world.cache.statistics.hardTimeouts == 1)
        #expect(try await notes.get(1)?.version == 0)
    }

    @Test("gives way to the stale entry at the hard timeout")
    func hardTimeoutWithStale() async throws {
        let notes = world.notes {
            $0.hardTimeout = .seconds(5)
            $0.staleIfPrimaryFails = .seconds(100)
        }
        _ = try await notes.get(1)
        world.clock.advance(by: .seconds(61))
        let gate = world.primary.holdNextRead()
        let read = Task { try await notes.read(1) }
        await gate.waitForArrivals()
        await world.clock.waitForSleepers(1)
        world.clock.advance(by: .seconds(5))
        #expect(try await read.value.source == .stale)
    }

    @Test("in the background ends at the hard timeout as well, and another may try")
    func refreshTimesOut() async throws {
        let notes = world.notes {
            $0.hardTimeout = .seconds(5)
            $0.staleWhileRevalidating = .seconds(100)
        }
        _ = try await notes.get(1)
        world.clock.advance(by: .seconds(61))
        let gate = world.primary.holdNextRead()
        #expect(try await notes.read(1).source == .stale)
        await gate.waitForArrivals()
        await world.clock.waitForSleepers(1)
        world.clock.advance(by: .seconds(5))
        await world.refreshes(1)
        #expect(world.cache.statistics.refreshFailures == 1)
        world.clock.advance(by: .seconds(1))
        #expect(try await notes.read(1).source == .stale)
        await world.refreshes(2)
        #expect(try await notes.read(1).source == .cache)
    }

    @Test("leaves no timer behind when it is quick")
    func timers() async throws {
        let notes = world.notes {
            $0.softTimeout = .seconds(1)
            $0.hardTimeout = .seconds(5)
        }
        _ = try await notes.get(1)
        await eventually { world.clock.sleepers == 0 }
        world.clock.advance(by: .seconds(10))
        #expect(world.cache.statistics.softTimeouts == 0)
        #expect(world.cache.statistics.hardTimeouts == 0)
    }

    @Test("lets a cancelled reader go, though the policy has timeouts")
    func cancelled() async throws {
        let notes = world.notes { $0.softTimeout = .seconds(1) }
        let gate = world.primary.holdNextRead()
        let read = Task { try await notes.get(1) }
        await gate.waitForArrivals()
        read.cancel()
        await expectCode(.cancelled) { _ = try await read.value }
        await world.settle()
        await eventually { world.cache.loadCount == 0 }
    }
}

@Suite("A load of another process", .timeLimit(.minutes(5)))
struct OthersLoadTests {
    private let world = PolicyWorld(isShared: true)

    /// Somebody else has registered a load of note 1.
    private func registerElsewhere() async throws -> Int {
        guard case .load(let ticket) = try await world.cache.beginLoad(1) else { return -1 }
        return ticket
    }

    @Test("is waited for, and its entry is the answer")
    func waits() async throws {
        let notes = world.notes { $0.patience = .seconds(1) }
        let ticket = try await registerElsewhere()
        let fill = CacheFill(key: 1, entry: CacheEntry(Note(id: 1, version: 9)), ticket: ticket)
        world.cache.whenWaiting { [cache = world.cache] _, patience in
            #expect(patience == .seconds(1))
            return (try? await cache.publish([fill])) != nil
        }
        #expect(try await notes.read(1).entity?.version == 9)
        #expect(world.primary.reads.isEmpty)
        #expect(world.cache.statistics.waits == 1)
        #expect(world.cache.statistics.waitsInVain == 0)
    }

    @Test("that ends without an entry leaves the load to who waited")
    func takesOver() async throws {
        let notes = world.notes { $0.patience = .seconds(1) }
        let ticket = try await registerElsewhere()
        world.cache.whenWaiting { [cache = world.cache] _, _ in
            (try? await cache.abandonLoads([1: ticket])) != nil
        }
        #expect(try await notes.read(1).source == .primary)
        #expect(world.cache.stored(1) != nil)
    }

    @Test(
        "is waited for as long as the patience lasts, then the primary is read and nothing filled")
    func patienceEnds() async throws {
        let notes = world.notes { $0.patience = .seconds(1) }
        _ = try await registerElsewhere()
        world.cache.whenWaiting { [clock = world.clock] _, patience in
            clock.advance(by: patience / 2)
            return patience > .milliseconds(300)
        }
        #expect(try await notes.read(1).source == .primary)
        #expect(world.cache.stored(1) == nil)
        #expect(world.cache.statistics.waitsInVain == 1)
    }

    @Test("is not waited for by a batch that has to ask the primary anyway")
    func batch() async throws {
        let notes = world.notes { $0.patience = .seconds(1) }
        _ = try await registerElsewhere()
        world.cache.whenWaiting { _, _ in
            Issue.record("it waited")
            return false
        }
        #expect(try await notes.get([1, 2]).count == 2)
        #expect(world.primary.reads == [[1, 2]])
        #expect(world.cache.stored(2) != nil && world.cache.stored(1) == nil)
    }

    @Test("makes a refresh in the background give up, and who joined it loads for himself")
    func refreshGivesUp() async throws {
        let notes = world.notes { $0.staleWhileRevalidating = .seconds(10) }
        _ = try await notes.get(1)
        world.clock.advance(by: .seconds(61))
        _ = try await registerElsewhere()
        let begin = world.cache.hold("begin")
        #expect(try await notes.read(1).source == .stale)
        await begin.waitForArrivals()
        world.clock.advance(by: .seconds(10))
        let read = Task { try await notes.read(1) }
        await eventually { world.cache.statistics.joined == 1 }
        begin.open()
        #expect(
            try await read.value == CachedRead(entity: Note(id: 1, version: 0), source: .primary))
        #expect(world.primary.reads == [[1], [1]])
        #expect(world.cache.statistics.refreshes == 0)
    }
}
