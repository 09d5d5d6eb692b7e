import StorageKitTesting
import Synchronization
import Testing

@testable import StorageKit

/// Random operations on real threads, checked against what had been acknowledged before each read.
@Suite("Under random concurrent use", .timeLimit(.minutes(5)))
struct CacheStressTests {
    @Test("no read is older than a write acknowledged before it began", arguments: 0..<6)
    func monotonic(seed: UInt64) async throws {
        let world = StressWorld(capacity: [1, 3, 8][Int(seed % 3)])
        try await withThrowingTaskGroup { group in
            for task in 0..<8 {
                group.addTask {
                    var generator = SeededGenerator(seed: seed &* 1000 &+ UInt64(task))
                    for _ in 0..<1500 { try await world.step(&generator) }
                }
            }
            try await group.waitForAll()
        }
        #expect(world.violations == [], "seed \(seed)")
        // Loads whose readers were cancelled may still be on their way out.
        await eventually { world.cache.loadCount == 0 }
        #expect(world.cache.coordinator.flights.isIdle)
        #expect(world.cache.count <= world.cache.capacity)
        let statistics = world.cache.statistics
        #expect(statistics.hits > 0 && statistics.joined > 0)
    }
}

/// Few keys, a small cache, and for each key the newest version that was acknowledged.
private final class StressWorld: Sendable {
    let cache: InMemoryCache<Int, Note>
    private let clock = ManualClock()
    private let notes: CachedRepository<YieldingPrimary, InMemoryCache<Int, Note>>
    private let acknowledged = Mutex<[Int: Int]>([:])
    private let found = Mutex<[String]>([])
    private let keys = 0..<4

    init(capacity: Int) {
        cache = InMemoryCache(capacity: capacity, timeToLive: .seconds(10), clock: clock)
        notes = CachedRepository(primary: YieldingPrimary(), cache: cache)
    }

    var violations: [String] { found.withLock { $0 } }

    func step(_ generator: inout SeededGenerator) async throws {
        let id = keys.randomElement(using: &generator) ?? 0
        switch Int.random(in: 0..<100, using: &generator) {
        case 0..<60: try await read(id)
        case 60..<75: try await readAll()
        case 75..<85: try await write(id)
        case 85..<90: try await writeForeign(id, batch: Bool.random(using: &generator))
        case 90..<95: await cancelledRead(id)
        case 95..<98: clock.advance(by: .seconds(3))
        default: cache.removeAll()
        }
    }

    private func read(_ id: Int) async throws {
        let floor = acknowledged.withLock { $0[id] ?? 0 }
        check(id, try await notes.get(id), floor)
    }

    private func readAll() async throws {
        let floors = acknowledged.withLock { $0 }
        let found = try await notes.get(Array(keys))
        for id in keys { check(id, found[id], floors[id] ?? 0) }
    }

    private func check(_ id: Int, _ note: Note?, _ floor: Int) {
        let version = note?.version ?? 0
        guard version < floor else { return }
        found.withLock { $0.append("note \(id): v\(version) after v\(floor)") }
    }

    private func write(_ id: Int) async throws {
        let note = notes.primary.next(id)
        try await notes.upsert(note)
        acknowledge(note)
    }

    private func writeForeign(_ id: Int, batch: Bool) async throws {
        let note = notes.primary.next(id)
        try await notes.primary.upsert(note)
        if batch { cache.invalidate(Array(keys)) } else { try await notes.invalidate(id) }
        acknowledge(note)
    }

    private func acknowledge(_ note: Note) {
        acknowledged.withLock { $0[note.id] = max($0[note.id] ?? 0, note.version) }
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
