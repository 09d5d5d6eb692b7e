import KeyValueBackend
import StorageKit

// A cache in Redis, on the server of `STORAGEKIT_REDIS_URL`; what is put there is gone in an hour.
extension CachedRepositorySuite {
    private typealias Remote = CachedRepository<
        BenchmarkRepository, RedisCache<Int, JSONCodec<BenchmarkTodo>>
    >

    private static func makeRemote(_ store: RedisStore) -> Remote {
        let cache = RedisCache<Int, JSONCodec<BenchmarkTodo>>(
            store, namespace: "storagekit-bench", keys: NumberCodec(), values: JSONCodec())
        return CachedRepository(
            primary: BenchmarkRepository(), cache: cache, timeToLive: .seconds(3600))
    }

    private static let remoteKeys = 1_000
    private static let remoteReads = 5_000

    /// An awaited hit in Redis, against a bare `GET` of the same row that is decoded.
    static func hitInRedis(tasks: Int) async throws -> BenchmarkCase {
        let url = try RedisBenchmarkAddress.fromEnvironment().url
        let todos = makeRemote(try RedisStore(url: url))
        let rows = try RedisStore(url: url).typed(as: BenchmarkTodo.self)
        try await todos.cache.removeAll()
        for id in 1...remoteKeys {
            let row = BenchmarkRepository.row(id)
            try await rows.set("storagekit-bench:\(id)", to: row, expires: .after(.seconds(3600)))
        }
        _ = try await todos.get(Array(1...remoteKeys))
        let parts = (0..<tasks).map { task in
            stride(from: task, to: remoteReads * tasks, by: tasks).map {
                $0 * 7919 % remoteKeys + 1
            }
        }
        return BenchmarkCase(
            id: tasks == 1
                ? "cachedrepository.redis.hit" : "cachedrepository.redis.hit.concurrent\(tasks)",
            summary: "awaited hits in Redis, tasks: \(tasks), against GET and decoding",
            operation: "gets", operationCount: remoteReads * tasks,
            ours: {
                try await sum(of: parts) { ids in
                    var sum: Int64 = 0
                    for id in ids { sum += try await todos.get(id)?.checkSum ?? 0 }
                    return sum
                }
            },
            baseline: {
                try await sum(of: parts) { ids in
                    var sum: Int64 = 0
                    for id in ids {
                        sum += try await rows.get("storagekit-bench:\(id)")?.checkSum ?? 0
                    }
                    return sum
                }
            })
    }

    /// What the server is sent for each kind of call, in the default mode and in the strict one.
    static func roundTrips() async throws -> [BenchmarkMeasure] {
        let address = try RedisBenchmarkAddress.fromEnvironment()
        let watch = try RedisCommandWatch(address)
        let todos = makeRemote(try RedisStore(url: address.url))
        return roundTrips(of: todos, "", watch)
            + roundTrips(of: todos.strict(), ".strict", watch)
    }

    private static func roundTrips(
        of todos: Remote, _ mode: String, _ watch: RedisCommandWatch
    ) -> [BenchmarkMeasure] {
        func measure(
            _ call: String, after prepare: @escaping @Sendable () async throws -> Void,
            _ body: @escaping @Sendable () async throws -> Void
        ) -> BenchmarkMeasure {
            BenchmarkMeasure(
                id: "cachedrepository.roundtrips.\(call)\(mode)",
                summary: "what a Redis is sent for it", unit: "commands"
            ) {
                try await prepare()
                let commands = try await watch.commands(during: body)
                return .init(
                    value: Double(commands.count), remark: commands.joined(separator: ", "))
            }
        }
        let batch = Array(1...100)
        return [
            measure("hit") {
                _ = try await todos.get(1)
            } _: {
                _ = try await todos.get(1)
            },
            measure("miss") {
                try await todos.invalidate(1)
            } _: {
                _ = try await todos.get(1)
            },
            measure("batch") {
                _ = try await todos.get(batch)
                try await todos.invalidate(Array(batch.prefix(10)))
            } _: {
                _ = try await todos.get(batch)
            },
            measure("update") {
                _ = try await todos.get(1)
            } _: {
                try await todos.replace(BenchmarkRepository.row(1))
            },
        ]
    }
}
