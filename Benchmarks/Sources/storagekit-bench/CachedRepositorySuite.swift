import RelationalBackend
import StorageKit

/// Reading through a cache: against the bare cache, against a bare `GET`, and against the database
/// that the cache stands in front of.
enum CachedRepositorySuite: BenchmarkSuite {
    static let name = "cachedrepository"

    typealias InMemory = CachedRepository<
        BenchmarkRepository, InMemoryCache<Int, BenchmarkTodo>
    >

    static func cases(isQuick: Bool) async throws -> [BenchmarkCase] {
        let files = try await SQLiteBenchmarkFiles(titles: BenchmarkTodo.titles)
        return [
            try await hit(), try await hitByName(), try await hitInTiers(),
            try await hitInRedis(tasks: 1), try await hitInRedis(tasks: 50),
            speedup(files, count: isQuick ? 50_000 : 100_000),
        ]
    }

    static func measures(isQuick: Bool) async throws -> [BenchmarkMeasure] {
        [
            try await hitAllocations(), try await hitInTiersAllocations(), stampede(), miss(),
            refresh(),
        ] + (try await roundTrips())
    }

    // MARK: Hits

    static let keyCount = 10_000
    static let rounds = 100

    /// An awaited hit, by the identifier itself, against the cache alone.
    private static func hit() async throws -> BenchmarkCase {
        let todos = try await warm()
        return BenchmarkCase(
            id: "cachedrepository.hit",
            summary: "awaited hits in process memory, against the bare cache",
            operation: "gets", operationCount: rounds * keyCount,
            ours: { try await sum(todos) },
            baseline: { sum(todos.cache) })
    }

    /// The same with keys like `todo:42`, which have to be made.
    private static func hitByName() async throws -> BenchmarkCase {
        let cache = InMemoryCache<String, BenchmarkTodo>(capacity: 2 * keyCount)
        let todos = CachedRepository(
            primary: BenchmarkRepository(), cache: cache, namespace: "todo",
            timeToLive: .seconds(3600))
        _ = try await todos.get(Array(1...keyCount))
        return BenchmarkCase(
            id: "cachedrepository.hit.named",
            summary: "the same with keys like todo:42, against the bare cache with keys at hand",
            operation: "gets", operationCount: rounds * keyCount,
            ours: {
                var sum: Int64 = 0
                for _ in 0..<rounds {
                    for id in 1...keyCount { sum += try await todos.get(id)?.checkSum ?? 0 }
                }
                return sum
            },
            baseline: {
                let keys = (1...keyCount).map { "todo:\($0)" }
                var sum: Int64 = 0
                for _ in 0..<rounds {
                    for key in keys { sum += cache.get(key)?.value?.checkSum ?? 0 }
                }
                return sum
            })
    }

    /// A repository whose cache has all keys of the cases of hits, for an hour.
    static func warm() async throws -> InMemory {
        let todos = CachedRepository(
            primary: BenchmarkRepository(),
            cache: InMemoryCache<Int, BenchmarkTodo>(capacity: 2 * keyCount),
            timeToLive: .seconds(3600))
        _ = try await todos.get(Array(1...keyCount))
        return todos
    }

    /// Reads all keys so many times; compiled for the repository's type.
    @inline(__always)
    static func sum<Store: Cache<Int, BenchmarkTodo>>(
        _ todos: CachedRepository<BenchmarkRepository, Store>
    ) async throws -> Int64 {
        var sum: Int64 = 0
        for _ in 0..<rounds {
            for id in 1...keyCount { sum += try await todos.get(id)?.checkSum ?? 0 }
        }
        return sum
    }

    /// The same of the cache alone, whose functions are plain ones.
    static func sum(_ cache: InMemoryCache<Int, BenchmarkTodo>) -> Int64 {
        var sum: Int64 = 0
        for _ in 0..<rounds {
            for id in 1...keyCount { sum += cache.get(id)?.value?.checkSum ?? 0 }
        }
        return sum
    }

    private static func hitAllocations() async throws -> BenchmarkMeasure {
        let todos = try await warm()
        return allocations("cachedrepository.hit.allocations") { _ = try await sum(todos) }
    }

    // MARK: In front of a database

    /// Reads by id of which nine in ten are hits, against the same reads of SQLite alone.
    ///
    /// Before each run the cache has a thousand rows; nine reads in ten are of these, and each
    /// tenth is of a row that nobody has read.
    private static func speedup(_ files: SQLiteBenchmarkFiles, count: Int) -> BenchmarkCase {
        let hot = 1_000
        let ids = (0..<count).map { read in
            read % 10 == 9 ? hot + 1 + read / 10 : 1 + read * 7919 % hot
        }
        let table = SQLiteTable<BenchmarkTodo>("todo", in: files.database)
        let todos = CachedRepository(
            primary: table, cache: InMemoryCache<Int, BenchmarkTodo>(capacity: 20_000),
            timeToLive: .seconds(3600))
        return BenchmarkCase(
            id: "cachedrepository.speedup",
            summary: "\(count) awaited reads by id, 90 % hits before SQLite, against SQLite alone",
            operation: "reads", operationCount: count,
            reset: {
                todos.cache.removeAll()
                _ = try await todos.get(Array(1...hot))
            },
            ours: {
                let hits = todos.cache.statistics.hits
                let sum = try await sum(of: ids, in: todos)
                let share = Double(todos.cache.statistics.hits - hits) / Double(count)
                guard share == 0.9 else {
                    throw BenchmarkError.notAsPromised(
                        "cachedrepository.speedup", "\(share) of the reads were hits, not 0.9")
                }
                return sum
            },
            // What holds the files holds the folder that they are in.
            baseline: {
                let table = SQLiteTable<BenchmarkTodo>("todo", in: files.database)
                return try await sum(of: ids, in: table)
            })
    }

    private static func sum(
        of ids: [Int], in todos: some Repository<BenchmarkTodo, Int>
    ) async throws -> Int64 {
        var sum: Int64 = 0
        for id in ids { sum += try await todos.get(id)?.checkSum ?? 0 }
        return sum
    }

    // MARK: Misses

    /// Ten thousand tasks that want one row which nobody has; fails unless it is loaded once.
    private static func stampede() -> BenchmarkMeasure {
        let id = "cachedrepository.stampede"
        let tasks = 10_000
        return BenchmarkMeasure(
            id: id, summary: "\(tasks) tasks ask for one cold id, whose load takes 50 ms",
            unit: "ms more than the load", rounds: 5
        ) {
            let primary = BenchmarkRepository(delay: .milliseconds(50))
            let todos = CachedRepository(
                primary: primary, cache: InMemoryCache<Int, BenchmarkTodo>(capacity: 100))
            let start = ContinuousClock.now
            let found = try await sum(of: Array(repeating: 1, count: tasks)) {
                try await todos.get($0) == nil ? 0 : 1
            }
            let time = ContinuousClock.now - start
            let (calls, loadTime) = primary.reads
            guard found == tasks, calls == 1 else {
                throw BenchmarkError.notAsPromised(
                    id, "\(found) of \(tasks) answers from \(calls) calls of the primary")
            }
            return .init(value: (time - loadTime) / .milliseconds(1), remark: "1 primary call")
        }
    }

    /// What a miss costs that finds its row at once: register, read, fill.
    private static func miss() -> BenchmarkMeasure {
        BenchmarkMeasure(
            id: "cachedrepository.miss",
            summary: "\(keyCount) awaited misses in front of a primary that answers at once",
            unit: "ns", rounds: 5
        ) {
            let todos = CachedRepository(
                primary: BenchmarkRepository(),
                cache: InMemoryCache<Int, BenchmarkTodo>(capacity: 2 * keyCount))
            let start = ContinuousClock.now
            _ = try await sum(of: Array(1...keyCount), in: todos)
            let time = ContinuousClock.now - start
            return .init(value: time / .nanoseconds(1) / Double(keyCount))
        }
    }
}
