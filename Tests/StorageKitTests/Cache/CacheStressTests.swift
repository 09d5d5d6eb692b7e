import StorageKitTesting
import Synchronization
import Testing

@testable import StorageKit

/// Random operations on real threads, whose history must show no read older than what had been
/// acknowledged before it began.
@Suite("Under random concurrent use", .timeLimit(.minutes(5)))
struct CacheStressTests {
    @Test("no read is older than a write acknowledged before it began", arguments: 0..<6)
    func monotonic(seed: UInt64) async throws {
        let clock = ManualClock()
        let cache = InMemoryCache<Int, Note>(
            capacity: [1, 3, 8][Int(seed % 3)], timeToLive: .seconds(10), clock: clock)
        let world = StressWorld(cache, clock)
        try await world.run(seed: seed, steps: 1500)
        let violations = CacheStaleness(.acknowledgedWrites).violations(in: world.history)
        #expect(violations.map(\.description) == [], "seed \(seed)")
        // Loads whose readers were cancelled may still be on their way out.
        await eventually { cache.loadCount == 0 }
        #expect(cache.coordinator.flights.isIdle)
        #expect(cache.count <= cache.capacity)
        let statistics = cache.statistics
        #expect(statistics.hits > 0 && statistics.joined > 0)
    }

    @Test("the same history finds a cache out that stores what comes without its ticket")
    func ticketless() async throws {
        // What threads do is not in the seed's hand, so one history need not show it.
        for seed in UInt64(0)..<50 {
            let world = StressWorld(
                TicketlessCache(InMemoryCache<Int, Note>(capacity: 8)), ManualClock())
            try await world.run(seed: seed, steps: 1500)
            let violations = CacheStaleness(.acknowledgedWrites).violations(in: world.history)
            if !violations.isEmpty { return }
        }
        Issue.record("fifty histories without a stale read")
    }
}

/// Few keys, a small cache, and a record of what everybody was given.
private final class StressWorld<CacheType: Cache>: Sendable
where CacheType.Key == Int, CacheType.Value == Note {
    private let notes: CachedRepository<YieldingPrimary, CacheType>
    private let recorder = HistoryRecorder<CacheCall, CacheOutcome>()
    private let clock: ManualClock
    private let keys = 0..<4

    init(_ cache: CacheType, _ clock: ManualClock) {
        self.clock = clock
        notes = CachedRepository(primary: YieldingPrimary(), cache: cache)
    }

    var history: [CacheStaleness.Event] { recorder.events }

    func run(seed: UInt64, steps: Int) async throws {
        try await withThrowingTaskGroup { group in
            for task in 0..<8 {
                group.addTask {
                    var generator = SeededGenerator(seed: seed &* 1000 &+ UInt64(task))
                    for _ in 0..<steps { try await self.step(&generator) }
                }
            }
            try await group.waitForAll()
        }
    }

    private func step(_ generator: inout SeededGenerator) async throws {
        let id = keys.randomElement(using: &generator) ?? 0
        switch Int.random(in: 0..<100, using: &generator) {
        case 0..<60: try await record(.read, id) { try await self.notes.get(id)?.version }
        case 60..<75:
            try await record(.read, id) {
                try await self.notes.get(Array(self.keys))[id]?.version
            }
        case 75..<85: try await write(id)
        case 85..<90: try await writeForeign(id, batch: Bool.random(using: &generator))
        case 90..<95: await cancelledRead(id)
        case 95..<98: clock.advance(by: .seconds(3))
        default: try await notes.cache.removeAll()
        }
    }

    private func record(
        _ kind: CacheCall.Kind, _ id: Int, _ call: () async throws -> Int?
    ) async throws {
        try await recorder.record(CacheCall(kind, key: id, process: 0)) {
            CacheOutcome(version: try await call() ?? 0)
        }
    }

    private func write(_ id: Int) async throws {
        try await record(.write, id) {
            let note = self.notes.primary.next(id)
            try await self.notes.upsert(note)
            return note.version
        }
    }

    private func writeForeign(_ id: Int, batch: Bool) async throws {
        let note = notes.primary.next(id)
        try await notes.primary.upsert(note)
        try await record(.invalidate, id) {
            let keys = Array(self.keys)
            if batch { try await self.notes.cache.invalidate(keys) }
            if !batch { try await self.notes.invalidate(id) }
            return note.version
        }
    }

    private func cancelledRead(_ id: Int) async {
        let reader = Task { try await notes.get(id) }
        await Task.yield()
        reader.cancel()
        _ = await reader.result
    }
}

/// A primary that keeps the newest version and lets others run before and after it looks.
private final class YieldingPrimary: Repository {
    private let state = Mutex<(notes: [Int: Note], versions: [Int: Int])>(([:], [:]))

    let limits = RepositoryLimits(maximumBatchSize: 100, maximumPageSize: 100)

    /// The note with the key's next version.
    func next(_ id: Int) -> Note {
        state.withLock { state in
            state.versions[id, default: 0] += 1
            return Note(id: id, version: state.versions[id, default: 0])
        }
    }

    func get(_ id: Int) async throws(StorageError) -> Note? { try await get([id])[id] }

    func get(_ ids: [Int]) async throws(StorageError) -> [Int: Note] {
        await Task.yield()
        let notes = state.withLock { $0.notes }
        await Task.yield()
        return notes.filter { ids.contains($0.key) }
    }

    func upsert(_ note: Note) async throws(StorageError) {
        await Task.yield()
        state.withLock { state in
            guard state.notes[note.id]?.version ?? 0 < note.version else { return }
            state.notes[note.id] = note
        }
        await Task.yield()
    }

    func insert(_ note: Note) async throws(StorageError) { try await upsert(note) }
    func replace(_ note: Note) async throws(StorageError) { try await upsert(note) }
    func delete(_ id: Int) async throws(StorageError) -> Bool { false }

    func scan(after id: Int?, limit: Int) async throws(StorageError) -> Page<Note, Int> {
        Page(entities: [], next: nil)
    }
}
