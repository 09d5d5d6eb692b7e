import InMemoryTracing
import Metrics
import MetricsTestKit
import StorageKit
import StorageKitObservability
import StorageKitTesting
import Testing
import Tracing

@Suite("The metrics and spans of a cache")
struct CacheInstrumentationTests {
    private typealias Primary = FaultInjectingRepository<ModelRepository<Specimen>>

    private let clock = ManualClock()
    private let metrics = TestMetrics()
    private let tracer = InMemoryTracer()
    private let primary = Primary(
        ModelRepository(limits: RepositoryLimits(maximumBatchSize: 100, maximumPageSize: 100)))

    private func makeReaders() -> CachedRepository<Primary, InMemoryCache<Int, Specimen>> {
        let cache = InMemoryCache<Int, Specimen>(capacity: 10, clock: clock)
        cache.coordinator.observe(
            with: CacheInstrumentation(cache: "specimens", metrics: metrics, tracer: tracer))
        return CachedRepository(primary: primary, cache: cache)
    }

    private func count(
        _ label: String, _ dimension: (String, String)? = nil
    ) throws -> Int64 {
        let dimensions = [("cache", "specimens")] + (dimension.map { [$0] } ?? [])
        return try metrics.expectCounter("storagekit_cache_" + label, dimensions).totalValue
    }

    @Test("a miss, its load with its time and its fill, and a hit are counted")
    func missThenHit() async throws {
        let readers = makeReaders()
        try await primary.insert(Specimen(number: 1, revision: 0))
        primary.inject(.holdAfter { [clock] in clock.advance(by: .seconds(2)) }, into: .get)
        _ = try await readers.get(1)
        _ = try await readers.get(1)
        #expect(try count("lookups", ("outcome", "hit")) == 1)
        #expect(try count("lookups", ("outcome", "miss")) == 1)
        #expect(try count("load_keys", ("outcome", "success")) == 1)
        #expect(try count("fills", ("outcome", "stored")) == 1)
        let timer = try metrics.expectTimer(
            "storagekit_cache_load_seconds", [("cache", "specimens"), ("outcome", "success")])
        #expect(timer.values == [2_000_000_000])
    }

    @Test("a load that fails, and a write's invalidation, are counted")
    func failure() async throws {
        let readers = makeReaders()
        primary.inject(.failBefore(.unavailable), into: .get)
        await #expect(throws: StorageError.self) { try await readers.get(1) }
        try await readers.insert(Specimen(number: 1, revision: 0))
        #expect(try count("load_keys", ("outcome", "failure")) == 1)
        #expect(try count("load_keys", ("outcome", "success")) == 0)
        #expect(try count("invalidated_keys") == 1)
    }

    @Test("invalidations are counted as keys, as tags and as clearings")
    func invalidations() async throws {
        let readers = makeReaders().tagged { _ in ["a"] }
        try await readers.invalidate([1, 2])
        try await readers.invalidate(tags: ["a", "b", "c"])
        try await readers.invalidateAll()
        #expect(try count("invalidated_keys") == 2)
        #expect(try count("invalidated_tags") == 3)
        #expect(try count("invalidated_clearings") == 1)
        #expect(try count("doubted_tags") == 0)
    }

    @Test("each call of the primary has one span within the reader's, and no key is in it")
    func span() async throws {
        let readers = makeReaders()
        for number in 1...3 { try await primary.insert(Specimen(number: number, revision: 0)) }
        let reader = try await tracer.withSpan("reader") { span in
            _ = try await readers.get([1, 2, 3])
            _ = try await readers.get([1, 2, 3])
            return span.context.inMemorySpanContext?.spanID
        }
        let loads = tracer.finishedSpans.filter { $0.operationName == "cache.load" }
        #expect(loads.count == 1)
        #expect(loads.first?.parentSpanID == reader)
        #expect(loads.first?.attributes.get("storagekit.cache.keys") == .int64(3))
        #expect(loads.first?.attributes.get("storagekit.cache.name") == .string("specimens"))
        #expect(loads.first?.attributes.count == 2)
    }
}
