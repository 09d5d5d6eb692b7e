import KeyValueBackend
import StorageKit
import StorageKitTesting
import Synchronization
import TestSupport

/// An entity that takes up room.
struct Ballast: Identifiable, Codable, Hashable, Sendable {
    var id: Int
    var version: Int
    var load = String(repeating: "ballast ", count: 256)
}

/// Two processes that read and write a few entities through a cache in Redis, and read so many
/// others that the server must evict all the time.
final class EvictionWorld<CacheType: Cache>: Sendable
where CacheType.Key == Int, CacheType.Value == Ballast {
    typealias Ballasts = CachedRepository<BallastPrimary, CacheType>

    struct Process: Sendable {
        let number: Int
        let ballasts: Ballasts
    }

    let processes: [Process]
    private let primary = BallastPrimary()
    private let recorder = HistoryRecorder<CacheCall, CacheOutcome>()
    private let askedFor = Atomic(0)
    private let tags: Bool
    private let vanish: Vanish

    /// Has one of the few keys that all depend on, or an entity's own, vanish from the server.
    typealias Vanish = @Sendable (_ what: Vanishing, _ id: Int) async throws -> Void

    enum Vanishing: CaseIterable, Sendable {
        case generation, tags, record
    }

    /// Those that are written, by all.
    private static var hot: Range<Int> { 0..<4 }
    /// More than there is room for.
    private static var cold: Range<Int> { 100..<4100 }

    init(
        _ caches: [CacheType], tags: Bool = false, vanish: @escaping Vanish = { _, _ in },
        _ adapt: (Ballasts) -> Ballasts = { $0 }
    ) {
        self.tags = tags
        self.vanish = vanish
        let primary = primary
        processes = caches.enumerated().map { number, cache in
            let ballasts = Ballasts(primary: primary, cache: cache, timeToLive: .seconds(600))
            return Process(number: number, ballasts: adapt(ballasts))
        }
    }

    var history: [CacheStaleness.Event] { recorder.events }

    /// How many keys all processes have looked up.
    var lookups: Int { askedFor.load(ordering: .relaxed) }

    /// What all processes have counted, summed up.
    func count(_ figure: (CacheStatistics) -> Int) -> Int {
        processes.reduce(0) { $0 + figure($1.ballasts.cache.statistics) }
    }

    func run(seed: UInt64, steps: Int) async throws {
        try await withThrowingTaskGroup { group in
            for process in processes {
                for task in 0..<4 {
                    group.addTask {
                        let number = UInt64(process.number * 4 + task)
                        var generator = SeededGenerator(seed: seed &* 1000 &+ number)
                        for _ in 0..<steps { try await self.step(process, &generator) }
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    private func step(_ process: Process, _ generator: inout SeededGenerator) async throws {
        let id = Int.random(in: Self.hot, using: &generator)
        switch Int.random(in: 0..<100, using: &generator) {
        case 0..<60: try await read(process, id)
        case 60..<80: try await readMany(process, id, &generator)
        case 80..<92: try await write(process, id)
        case 92..<98: try await writeForeign(process, id)
        default:
            let what = Vanishing.allCases.randomElement(using: &generator) ?? .record
            try await vanish(what, id)
        }
    }

    private func read(_ process: Process, _ id: Int) async throws {
        askedFor.add(1, ordering: .relaxed)
        try await recorder.record(CacheCall(.read, key: id, process: process.number)) {
            let read = try await process.ballasts.read(id)
            return CacheOutcome(
                version: read.entity?.version ?? 0, isHit: read.source == .cache)
        }
    }

    /// One that others write among fifty that nobody does.
    private func readMany(
        _ process: Process, _ id: Int, _ generator: inout SeededGenerator
    ) async throws {
        let first = Int.random(in: Self.cold, using: &generator)
        let ids = [id] + (first..<(first + 50)).map { min($0, Self.cold.upperBound - 1) }
        askedFor.add(Set(ids).count, ordering: .relaxed)
        try await recorder.record(CacheCall(.read, key: id, process: process.number)) {
            let found = try await process.ballasts.get(ids)
            guard found.count == Set(ids).count else { throw TestFailure("some are missing") }
            return CacheOutcome(version: found[id]?.version ?? 0)
        }
    }

    private func write(_ process: Process, _ id: Int) async throws {
        try await recorder.record(CacheCall(.write, key: id, process: process.number)) {
            let ballast = primary.next(id)
            try await process.ballasts.upsert(ballast)
            return CacheOutcome(version: ballast.version)
        }
    }

    /// Past the repository, and then it is told, by the key or by the tag.
    private func writeForeign(_ process: Process, _ id: Int) async throws {
        let ballast = primary.next(id)
        try await primary.upsert(ballast)
        try await recorder.record(CacheCall(.invalidate, key: id, process: process.number)) {
            if tags {
                try await process.invalidate(tag: id)
            } else {
                try await process.ballasts.invalidate(id)
            }
            return CacheOutcome(version: ballast.version)
        }
    }
}

extension EvictionWorld.Process {
    /// By its type only some of the caches have tags.
    func invalidate(tag id: Int) async throws {
        guard let tagged = ballasts.cache as? any TaggedCache<Int, Ballast> else {
            throw TestFailure("the cache has no tags")
        }
        try await tagged.invalidate(tags: ["hot:\(id)"])
    }
}

/// A primary that has everything, keeps the newest version and lets others run before and after it
/// looks.
final class BallastPrimary: Repository {
    private let state = Mutex<(stored: [Int: Int], last: [Int: Int])>(([:], [:]))

    let limits = RepositoryLimits(maximumBatchSize: 100, maximumPageSize: 100)

    /// The entity with the key's next version.
    func next(_ id: Int) -> Ballast {
        state.withLock { state in
            state.last[id, default: 0] += 1
            return Ballast(id: id, version: state.last[id, default: 0])
        }
    }

    func get(_ id: Int) async throws(StorageError) -> Ballast? { try await get([id])[id] }

    func get(_ ids: [Int]) async throws(StorageError) -> [Int: Ballast] {
        await Task.yield()
        let stored = state.withLock { $0.stored }
        await Task.yield()
        let found = ids.map { ($0, Ballast(id: $0, version: stored[$0] ?? 0)) }
        return Dictionary(found) { first, _ in first }
    }

    func upsert(_ ballast: Ballast) async throws(StorageError) {
        await Task.yield()
        state.withLock { state in
            state.stored[ballast.id] = max(state.stored[ballast.id] ?? 0, ballast.version)
        }
        await Task.yield()
    }

    func insert(_ ballast: Ballast) async throws(StorageError) { try await upsert(ballast) }
    func replace(_ ballast: Ballast) async throws(StorageError) { try await upsert(ballast) }
    func delete(_ id: Int) async throws(StorageError) -> Bool { false }

    func scan(after id: Int?, limit: Int) async throws(StorageError) -> Page<Ballast, Int> {
        Page([], limit: limit)
    }
}
