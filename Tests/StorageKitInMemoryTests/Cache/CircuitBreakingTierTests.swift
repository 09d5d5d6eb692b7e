import StorageKit
import StorageKitInMemory
import StorageKitTesting
import Testing

@Suite("Two tiers with a circuit breaker around the shared one", .timeLimit(.minutes(5)))
struct CircuitBreakingTierTests {
    typealias Breaking = CircuitBreakingCache<SharedCacheScene.Shared>
    typealias Tiered = TieredCache<InMemoryCache<String, String>, Breaking>

    private let scene = SharedCacheScene()

    /// The cache of one more process, whose local tier is believed.
    private func tiers(_ policy: CircuitBreakerPolicy = .init()) async throws -> Tiered {
        let breaking = Breaking(scene.cache(), policy: policy, clock: scene.clock)
        let cache = Tiered(
            local: InMemoryCache(capacity: 100, clock: scene.clock), shared: breaking,
            bound: .seconds(2), clock: scene.clock)
        _ = try await cache.get("first")
        while !cache.isLocalTrusted { await Task.yield() }
        return cache
    }

    /// Two processes that have the same entries in their local tiers.
    private func warm(
        _ policy: CircuitBreakerPolicy = .init()
    ) async throws -> (here: Tiered, there: Tiered) {
        let (here, there) = (try await tiers(), try await tiers(policy))
        for key in ["a", "b"] {
            let entry = CacheEntry(
                "old", timeToLive: .seconds(60), version: CacheVersion(1), tags: [CacheTag(key)])
            try await here.fill(key, entry)
            #expect(try await there.get(key)?.value == "old")
            #expect(there.local.get(key) != nil)
        }
        return (here, there)
    }

    private func forgets(_ key: String, _ cache: Tiered) async {
        while cache.local.get(key) != nil, !Task.isCancelled { await Task.yield() }
    }

    @Test("tell each other of invalidations, tags and versions, without a channel of their own")
    func announcing() async throws {
        let (here, there) = try await warm()
        try await here.invalidate("a")
        await forgets("a", there)
        #expect(there.local.get("b") != nil)
        try await here.invalidate(tags: ["b"])
        await forgets("b", there)
        let first = CacheEntry("v1", timeToLive: .seconds(60), version: CacheVersion(1))
        try await here.fill("a", first)
        #expect(try await there.get("a")?.value == "v1")
        let write = CacheWrite(
            key: "a", version: CacheVersion(2),
            entry: CacheEntry("v2", timeToLive: .seconds(60), version: CacheVersion(2)))
        try await here.recordWrites([write], refusingOlderFor: .seconds(5))
        await forgets("a", there)
        #expect(try await there.get("a")?.value == "v2")
        // Where there is no entry the version alone is remembered.
        let unread = CacheWrite<String, String>(key: "c", version: CacheVersion(2))
        try await here.recordWrites([unread], refusingOlderFor: .seconds(5))
        #expect(try await !there.fill("c", first))
    }

    @Test("serve what they have locally while the shared tier is not asked, and go on hearing")
    func open() async throws {
        // Each call counts as too slow, so it opens after so many.
        var policy = CircuitBreakerPolicy()
        policy.slowCallTime = .zero
        policy.minimumCalls = 10
        let (here, there) = try await warm(policy)
        while there.shared.isClosed { _ = try await there.shared.get("c") }
        await #expect(throws: StorageError.self) { try await there.get("c") }
        #expect(try await there.get("a")?.value == "old")
        try await here.invalidate("a")
        await forgets("a", there)
        await #expect(throws: StorageError.self) { try await there.get("a") }
        #expect(try await there.get("b")?.value == "old")
    }
}
