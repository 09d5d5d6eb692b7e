import KeyValueBackend
import StorageKit
import StorageKitTesting
import TestSupport
import Testing

@Suite(
    "The cache in a Redis that is full",
    .enabled(if: TestServer.redis.isExpected, TestServer.remedy), .timeLimit(.minutes(5)),
    .serialized)
struct RedisCacheEvictionTests {
    typealias BallastCache = RedisCache<Int, JSONCodec<Ballast>>
    typealias Ballasts = CachedRepository<BallastPrimary, BallastCache>

    /// How the cache is used, under a policy of eviction.
    struct Scenario: CustomTestStringConvertible, Sendable {
        var policy: String
        var name: String
        var lookupMode = SharedCacheLookupMode.getThenLease
        var hasTags = false
        var adapt: @Sendable (Ballasts) -> Ballasts = { $0 }

        var testDescription: String { "\(name), \(policy)" }

        static let all = [
            Scenario(policy: "allkeys-lru", name: "get, then lease"),
            Scenario(policy: "allkeys-lfu", name: "versions", adapt: versioned),
            Scenario(policy: "allkeys-random", name: "get, then lease"),
            Scenario(policy: "allkeys-random", name: "lease on read", lookupMode: .leaseOnRead),
            Scenario(policy: "allkeys-random", name: "versions", adapt: versioned),
            Scenario(policy: "allkeys-random", name: "strict", adapt: { $0.strict() }),
            Scenario(
                policy: "allkeys-random", name: "tags", hasTags: true,
                adapt: { $0.tagged { ["hot:\($0.id)"] } }),
        ]

        @Sendable
        private static func versioned(_ ballasts: Ballasts) -> Ballasts {
            ballasts.versioned(by: { CacheVersion(Int64($0.version)) }) { ballast, _ in ballast }
        }
    }

    private func server(_ policy: String) async throws -> RedisServerProcess {
        var options = RedisServerOptions()
        options.memoryLimitBytes = 8 << 20
        options.evictionPolicy = policy
        return try await RedisServerProcess.start(options)
    }

    private func cache(
        on server: RedisServerProcess, _ mode: SharedCacheLookupMode = .getThenLease
    ) throws -> BallastCache {
        let store = try RedisStore(url: server.url, configuration: .patient)
        return BallastCache(
            store, namespace: "full", keys: JSONCodec<Int>(), values: JSONCodec(),
            options: SharedCacheOptions(lookupMode: mode))
    }

    /// What is asked for all the time an eviction by use would hardly ever choose.
    private func vanish(
        from storage: RedisCacheStorage
    ) -> EvictionWorld<BallastCache>.Vanish {
        { what, id in
            let key: ByteString =
                switch what {
                case .generation: storage.names.generation
                case .tags: storage.names.tags
                case .record: storage.names.record(of: ByteString("\(id)"))
                }
            try await storage.store.delete(key)
        }
    }

    @Test(
        "serves nothing old, fails nothing and counts right while any key may be evicted",
        arguments: Scenario.all)
    func eviction(scenario: Scenario) async throws {
        let server = try await server(scenario.policy)
        let caches = try (0..<2).map { _ in try cache(on: server, scenario.lookupMode) }
        let world = EvictionWorld(
            caches, tags: scenario.hasTags, vanish: vanish(from: caches[0].storage),
            scenario.adapt)
        _ = try await world.processes[0].ballasts.get(100)
        let generation = try server.command("GET", "{full}:generation")
        let before = world.count { $0.hits + $0.misses }
        try await world.run(seed: testSeed, steps: 150)
        let found = CacheStaleness(.acknowledgedInvalidations).violations(in: world.history)
        #expect(found.prefix(5).map(\.description) == [], "seed \(testSeed)")
        // It was under pressure, and of use all the same.
        let evicted = try server.info("stats")["evicted_keys"].flatMap { Int($0) } ?? 0
        #expect(evicted > 1000)
        #expect(world.history.contains { $0.answer.isHit })
        #expect(try server.command("GET", "{full}:generation") != generation)
        #expect(world.count(\.rejectedFills) > 0)
        #expect(world.count { $0.cacheErrors + $0.failedInvalidations + $0.doubts } == 0)
        #expect(world.count(\.unreadableEntries) == 0)
        #expect(world.count { $0.hits + $0.misses } - before == world.lookups)
    }

    @Test("is found out under the same load when what is refused is stored all the same")
    func ticketless() async throws {
        // What threads do is not in the seed's hand, so one history need not show it.
        for seed in testSeed..<(testSeed + 40) {
            let server = try await server("allkeys-random")
            let caches = try (0..<2).map { _ in TicketlessCache(try cache(on: server)) }
            let world = EvictionWorld(caches)
            try await world.run(seed: seed, steps: 100)
            let found = CacheStaleness(.acknowledgedInvalidations).violations(in: world.history)
            if !found.isEmpty { return }
        }
        Issue.record("forty histories without a stale read")
    }

    @Test("that evicts nothing is read and invalidated all the same; strict writes are refused")
    func noEviction() async throws {
        let server = try await server("noeviction")
        let ballasts = Ballasts(
            primary: BallastPrimary(), cache: try cache(on: server), timeToLive: .seconds(600))
        _ = try await ballasts.get(Array(0..<10))
        let old = try await ballasts.get(1)
        #expect(try await ballasts.strict().read(2).source == .cache)
        try server.command("CONFIG", "SET", "maxmemory", "1")
        #expect(try await ballasts.read(1).source == .cache)
        #expect(try await ballasts.get(50)?.id == 50, "what cannot be registered is read")
        #expect(ballasts.cache.statistics.cacheErrors == 1)
        // What is there can be removed, so no write is lost to the cache.
        let new = ballasts.primary.next(1)
        try await ballasts.replace(new)
        #expect(ballasts.cache.statistics.failedInvalidations == 0)
        #expect(try await ballasts.get(1) == new && new != old)
        // A barrier needs room.
        let error = try await expectError(.unavailable) {
            try await ballasts.strict().replace(ballasts.primary.next(2))
        }
        #expect((error.underlying as? StorageError)?.code == .resourceExhausted)
        #expect(try await ballasts.get(2)?.version == 0, "nothing was sent")
        try server.command("CONFIG", "SET", "maxmemory", "8mb")
        try await ballasts.strict().replace(ballasts.primary.next(2))
        _ = try await ballasts.get([1, 2])
        #expect(try await ballasts.read(1).source == .cache)
        #expect(try await ballasts.read(2).entity?.version == 2)
    }
}
