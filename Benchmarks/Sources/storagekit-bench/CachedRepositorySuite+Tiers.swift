import StorageKit
import StorageKitInMemory

// Two tiers, whose shared one is in this process as well, so that hits in the local tier are
// measured and nothing else is.
extension CachedRepositorySuite {
    private typealias Memory = InMemoryCache<Int, BenchmarkTodo>

    private static func makeTiers() -> TieredCache<Memory, Memory> {
        let channel = PublishedInvalidations(
            store: InMemoryKeyValueStore(), channel: "bench", keys: NumberCodec())
        return TieredCache(
            local: Memory(capacity: 2 * keyCount), shared: Memory(capacity: 2 * keyCount),
            channel: channel, bound: .seconds(10), timeToLive: nil)
    }

    private static func makeRepository() -> CachedRepository<
        BenchmarkRepository, TieredCache<Memory, Memory>
    > {
        CachedRepository(
            primary: BenchmarkRepository(), cache: makeTiers(), timeToLive: .seconds(3600))
    }

    /// Reads until everything is in the local tier: until the first beat has come back nothing
    /// there is believed, and nothing comes there.
    private static func warm(
        _ todos: CachedRepository<BenchmarkRepository, TieredCache<Memory, Memory>>
    ) async throws {
        while !todos.cache.isLocalTrusted || todos.cache.local.count < keyCount {
            _ = try await todos.get(Array(1...keyCount))
        }
    }

    /// An awaited hit in the local tier, against the bare cache that the tier is.
    static func hitInTiers() async throws -> BenchmarkCase {
        let todos = makeRepository()
        return BenchmarkCase(
            id: "cachedrepository.tiers.hit",
            summary: "awaited hits in the local one of two tiers, against it alone",
            operation: "gets", operationCount: rounds * keyCount,
            reset: { try await warm(todos) },
            ours: { try await sum(todos) },
            baseline: { sum(todos.cache.local) })
    }

    static func hitInTiersAllocations() async throws -> BenchmarkMeasure {
        let todos = makeRepository()
        return allocations("cachedrepository.tiers.hit.allocations") {
            _ = try await sum(todos)
        } prepare: {
            try await warm(todos)
        }
    }
}
