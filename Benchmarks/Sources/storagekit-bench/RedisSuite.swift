/// Redis through `RedisStore` against hiredis from C, each by one connection to the server of
/// `STORAGEKIT_REDIS_URL`.
enum RedisSuite: BenchmarkSuite {
    static let name = "redis"

    static func cases(isQuick: Bool) async throws -> [BenchmarkCase] {
        let keys = try RedisBenchmarkKeys()
        return [
            getSequential(keys), getConcurrent(keys, tasks: 50), getConcurrent(keys, tasks: 64),
            pipeline(keys), mget(keys), setConcurrent(keys),
        ]
    }

    private static func getSequential(_ keys: RedisBenchmarkKeys) -> BenchmarkCase {
        let order = RedisBenchmarkKeys.order(5_000)
        return BenchmarkCase(
            id: "redis.get.sequential",
            summary: "GET of 64 bytes, one after the other, against redisCommand",
            operation: "gets", operationCount: order.count,
            ours: { try await keys.get(order) },
            baseline: { keys.baseline.get(order) })
    }

    private static func getConcurrent(_ keys: RedisBenchmarkKeys, tasks: Int) -> BenchmarkCase {
        let order = RedisBenchmarkKeys.order(tasks * 2_000)
        return BenchmarkCase(
            id: "redis.get.concurrent\(tasks)",
            summary: "GET of 64 bytes by \(tasks) tasks, against pipelines of \(tasks)",
            operation: "gets", operationCount: order.count,
            ours: { try await keys.get(order, tasks: tasks) },
            baseline: { keys.baseline.get(order, depth: tasks) })
    }

    private static func pipeline(_ keys: RedisBenchmarkKeys) -> BenchmarkCase {
        let order = RedisBenchmarkKeys.order(100 * 1_500)
        return BenchmarkCase(
            id: "redis.pipeline100",
            summary: "explicit pipelines of 100 GET of 64 bytes",
            operation: "gets", operationCount: order.count,
            ours: { try await keys.pipeline(order, depth: 100) },
            baseline: { keys.baseline.get(order, depth: 100) })
    }

    private static func mget(_ keys: RedisBenchmarkKeys) -> BenchmarkCase {
        let order = RedisBenchmarkKeys.order(1_000 * 500)
        return BenchmarkCase(
            id: "redis.mget1000",
            summary: "MGET of 1000 keys with 64 bytes each",
            operation: "keys", operationCount: order.count,
            ours: { try await keys.mget(order, width: 1_000) },
            baseline: { keys.baseline.mget(order, width: 1_000) })
    }

    private static func setConcurrent(_ keys: RedisBenchmarkKeys) -> BenchmarkCase {
        let order = RedisBenchmarkKeys.order(64 * 2_000)
        return BenchmarkCase(
            id: "redis.set.concurrent64",
            summary: "SET of 64 bytes by 64 tasks, against pipelines of 64; nothing saved to disk",
            operation: "sets", operationCount: order.count,
            ours: { try await keys.set(order, tasks: 64) },
            baseline: { keys.baseline.set(order, depth: 64) })
    }
}
