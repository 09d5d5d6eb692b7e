import KeyValueBackend
import StorageKit

/// Tasks that ask for one entity all at once, when they are told to, and the slow primary that they
/// may have to read.
///
/// What they say and hear goes through lists of the server that the cache is in, so that a test
/// decides the order of everything, and whoever waits does so at the server:
///
/// | list | |
/// |---|---|
/// | `ready` | the process, when it could begin |
/// | `go:PROCESS` | anything: ask now |
/// | `loads` | the process, for each call of the primary |
/// | `answer:PROCESS` | the version that a call of the primary returns |
/// | `given:PROCESS` | the version that each task was given |
/// | `counts:PROCESS` | in the end: loads, waits, those in vain |
struct FlightReaders: Sendable {
    static let taskCount = 50

    let store: RedisStore
    let process: Int
    let leaseTime: Duration

    private static let key = 7
    private static let patience = Duration.seconds(120)

    private var registers: CachedRepository<SlowRegister, RedisCache<Int, JSONCodec<Register>>> {
        var policy = CachePolicy()
        policy.patience = Self.patience
        let cache = RedisCache(
            store, namespace: "flights", keys: JSONCodec<Int>(), values: JSONCodec<Register>(),
            options: SharedCacheOptions(leaseTime: leaseTime))
        return CachedRepository(
            primary: SlowRegister(store: store, process: process), cache: cache, policy: policy)
    }

    func run() async throws {
        let registers = registers
        _ = try await store.listPush("ready", ["\(process)"])
        _ = try await store.listPop(
            fromFirstOf: ["go:\(process)"], .first, waitingUpTo: Self.patience)
        let given = try await withThrowingTaskGroup { group in
            for _ in 0..<Self.taskCount {
                group.addTask { try await registers.get(Self.key)?.version ?? 0 }
            }
            return try await group.reduce(into: [Int]()) { $0.append($1) }
        }
        let counts = registers.cache.statistics
        _ = try await store.listPush(
            "counts:\(process)",
            [counts.loads, counts.waits, counts.waitsInVain].map { "\($0)" })
        _ = try await store.listPush("given:\(process)", given.map { "\($0)" })
    }
}

/// A primary whose every read says that it is under way, and waits until it is told the answer.
struct SlowRegister: Repository {
    let store: RedisStore
    let process: Int

    let limits = RepositoryLimits(maximumBatchSize: 100, maximumPageSize: 100)

    func get(_ id: Int) async throws(StorageError) -> Register? {
        _ = try await store.listPush("loads", ["\(process)"])
        let answer = try await store.listPop(
            fromFirstOf: ["answer:\(process)"], .first, waitingUpTo: .seconds(120))
        return answer?.value.string.flatMap { Int($0) }.map { Register(id: id, version: $0) }
    }

    func get(_ ids: [Int]) async throws(StorageError) -> [Int: Register] { throw Self.unsupported }
    func insert(_ register: Register) async throws(StorageError) { throw Self.unsupported }
    func replace(_ register: Register) async throws(StorageError) { throw Self.unsupported }
    func upsert(_ register: Register) async throws(StorageError) { throw Self.unsupported }
    func delete(_ id: Int) async throws(StorageError) -> Bool { throw Self.unsupported }

    func scan(after id: Int?, limit: Int) async throws(StorageError) -> Page<Register, Int> {
        throw Self.unsupported
    }

    private static let unsupported = StorageError(
        code: .unsupported, message: "it is only read, one entity at a time")
}
