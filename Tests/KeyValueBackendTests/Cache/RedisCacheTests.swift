import StorageKit
import StorageKitTesting
import Synchronization
import TestSupport
import Testing

@testable import KeyValueBackend

typealias SpecimenCache = RedisCache<String, JSONCodec<Specimen>>

/// Processes, each with a store, a cache and a repository of its own, over one primary.
struct RedisCacheWorld {
    typealias Primary = ModelRepository<Specimen>

    struct Side {
        let store: RedisStore
        let cache: SpecimenCache
        let repository: CachedRepository<Primary, SpecimenCache>
    }

    let redis: FaultWorld
    let primary = Primary()

    init(_ options: RedisServerOptions = RedisServerOptions()) async throws {
        redis = try await FaultWorld(options)
        for number in 0..<100 {
            try await primary.insert(Specimen(number: number, revision: 0))
        }
    }

    /// One more process.
    func side(
        _ options: SharedCacheOptions = SharedCacheOptions(),
        invalidation: RedisCacheInvalidation = .keepingBarriers, timeout: Duration = .seconds(30),
        policy: CachePolicy = CachePolicy()
    ) throws -> Side {
        let store = try redis.store().timeout(timeout)
        let cache = SpecimenCache(
            store, namespace: "todo", keys: .string, values: JSONCodec<Specimen>(),
            invalidation: invalidation, options: options)
        return Side(
            store: store, cache: cache,
            repository: CachedRepository(
                primary: primary, cache: cache, namespace: "n", policy: policy))
    }
}

@Suite("The cache in Redis", .enabled(if: TestServer.redis.isExpected, TestServer.remedy))
struct RedisCacheTests {
    @Test("a hit is one MGET, and clearing one SET however many entries there are")
    func commands() async throws {
        let world = try await RedisCacheWorld()
        defer { world.redis.keep() }
        let side = try world.side()
        _ = try await side.repository.get(Array(0..<100))
        try world.redis.server.command("CONFIG", "RESETSTAT")
        _ = try await side.repository.get(7)
        #expect(try world.redis.server.callCount(of: "mget") == 1)
        #expect(try world.redis.server.callCount(of: "evalsha") == 0)
        try await side.cache.removeAll()
        #expect(try world.redis.server.callCount(of: "set") == 1)
        #expect(try world.redis.server.callCount(of: "unlink") == 0)
        #expect(try await side.cache.get("n:7") == nil)
    }

    @Test("what was cleared is deleted when it is asked for, and nothing else")
    func outdated() async throws {
        let world = try await RedisCacheWorld()
        defer { world.redis.keep() }
        let side = try world.side(SharedCacheOptions(timeToLive: nil))
        _ = try await side.repository.get(Array(0..<100))
        #expect(try await side.cache.removeOutdated() == 0)
        try await side.cache.removeAll()
        _ = try await side.repository.get(Array(0..<10))
        _ = try await side.cache.beginWrites(["n:20"], lasting: .seconds(60))
        #expect(try await side.cache.removeOutdated() == 89)
        #expect(try await side.cache.get((0..<100).map { "n:\($0)" }).count == 10)
        // Ten entries, a barrier and the generation.
        #expect(try world.redis.server.command("DBSIZE") == .integer(12))
    }

    @Test("what was cleared and is deleted leaves the version that a write recorded")
    func outdatedOverFloor() async throws {
        let world = try await RedisCacheWorld()
        defer { world.redis.keep() }
        let storage = RedisCacheStorage(try world.redis.store(), namespace: "todo")
        func fill(_ version: Int64) async throws -> [Bool] {
            let claim = SharedCacheClaim(key: "k", token: .random())
            let found = try await storage.beginLoads(
                [claim], lasting: .seconds(60), unlessFreshFor: nil)
            #expect(found == [.leased])
            return try await storage.endLoads([
                SharedCacheEnding(claim, deposit: deposit(version))
            ])
        }
        func deposit(_ version: Int64) -> SharedCacheDeposit {
            SharedCacheDeposit(
                SharedCacheContent(payload: "v", version: CacheVersion(version)))
        }
        #expect(try await fill(4) == [true])
        let commit = SharedCacheCommit(
            key: "k", version: CacheVersion(5), deposit: deposit(5))
        try await storage.recordWrites([commit], refusingOlderFor: .seconds(3600))
        try await storage.removeAll()
        #expect(try await storage.removeOutdated() == 1)
        #expect(try await fill(4) == [false])
        #expect(try await fill(5) == [true])
    }

    @Test("a lease that is over and lies on a floor is found as a load, and is taken over")
    func overOnFloor() async throws {
        let world = try await RedisCacheWorld()
        defer { world.redis.keep() }
        let begin = SharedCacheInstant.now
        let elapsed = Mutex(Duration.zero)
        let storage = RedisCacheStorage(
            try world.redis.store(), namespace: "todo",
            now: { begin.after(elapsed.withLock { $0 }) })
        func claim() -> SharedCacheClaim { SharedCacheClaim(key: "k", token: .random()) }
        try await storage.recordWrites(
            [SharedCacheCommit(key: "k", version: CacheVersion(2))],
            refusingOlderFor: .seconds(60))
        let first = try await storage.beginLoads(
            [claim()], lasting: .seconds(1), unlessFreshFor: nil)
        #expect(first == [.leased])
        elapsed.withLock { $0 = .seconds(2) }
        #expect(try await storage.lookUp(["k"]) == [.nothing(.loading)])
        let second = try await storage.beginLoads(
            [claim()], lasting: .seconds(1), unlessFreshFor: nil)
        #expect(second == [.leased], "it ended long ago, by the server's clock")
    }

    @Test("a cache that deletes sends UNLINK and PUBLISH, and refuses barriers and versions")
    func deleting() async throws {
        let world = try await RedisCacheWorld()
        defer { world.redis.keep() }
        let side = try world.side(invalidation: .deleting)
        _ = try await side.repository.get(1)
        try world.redis.server.command("CONFIG", "RESETSTAT")
        try await side.repository.replace(Specimen(number: 1, revision: 2))
        #expect(try world.redis.server.callCount(of: "unlink") == 1)
        #expect(try world.redis.server.callCount(of: "evalsha") == 0)
        #expect(try await side.repository.get(1)?.revision == 2)
        try await expectError(.invalidState) {
            _ = try await side.cache.beginWrites(["n:1"], lasting: .seconds(1))
        }
    }

    @Test("an entry of another schema version is a miss, and replaced")
    func schema() async throws {
        let world = try await RedisCacheWorld()
        defer { world.redis.keep() }
        let (old, new) = (try world.side(), try world.side(SharedCacheOptions(schemaVersion: 2)))
        _ = try await old.repository.get(3)
        #expect(try await new.cache.get("n:3") == nil)
        #expect(try await new.repository.get(3)?.id == 3)
        #expect(try await new.cache.get("n:3") != nil)
        #expect(try await old.cache.get("n:3") == nil)
    }

    @Test("who waits for another process is woken by its end, and reads no primary")
    func woken() async throws {
        let world = try await RedisCacheWorld()
        defer { world.redis.keep() }
        let first = try world.side()
        var policy = CachePolicy()
        policy.patience = .seconds(60)
        let second = try world.side(SharedCacheOptions(leaseTime: .seconds(120)), policy: policy)
        guard case .load(let ticket)? = try await first.cache.beginLoads(["n:5"])["n:5"] else {
            throw TestFailure("no load was registered")
        }
        let read = Task { try await second.repository.get(5) }
        try await world.redis.wait {
            try world.redis.server.command("PUBSUB", "NUMSUB", "{todo}:signals")
                == .array([.string("{todo}:signals"), .integer(1)])
        }
        let value = Specimen(number: 5, revision: 9)
        try await first.cache.publish([
            CacheFill(key: "n:5", entry: CacheEntry(value), ticket: ticket)
        ])
        #expect(try await read.value == value)
        #expect(second.cache.statistics.loads == 0)
    }

    @Test("a leader that died keeps others waiting no longer than its lease")
    func deadLeader() async throws {
        let world = try await RedisCacheWorld()
        defer { world.redis.keep() }
        let options = SharedCacheOptions(leaseTime: .milliseconds(100))
        var policy = CachePolicy()
        policy.patience = .seconds(60)
        let second = try world.side(options, policy: policy)
        _ = try await world.side(options).cache.beginLoads(["n:5"])
        #expect(try await second.repository.get(5)?.id == 5)
        #expect(second.cache.statistics.loads == 1)
    }

    @Test("a server that is gone costs no read, hides no write, and serves nothing old afterwards")
    func restart() async throws {
        let world = try await RedisCacheWorld()
        defer { world.redis.keep() }
        let side = try world.side(timeout: .seconds(1))
        _ = try await side.repository.get(1)
        world.redis.server.stop()
        #expect(try await side.repository.get(1)?.id == 1)
        try await side.repository.replace(Specimen(number: 1, revision: 4))
        #expect(side.cache.statistics.failedInvalidations == 1)
        #expect(try await side.repository.get(1)?.revision == 4)
        world.redis.server.resume()
        try await side.store.timeout(.seconds(30)).ping()
        #expect(try await side.repository.get(1)?.revision == 4)
        world.redis.server.kill()
        #expect(try await side.repository.get(2)?.id == 2)
        try await world.redis.server.restart()
        #expect(try await side.repository.get(1)?.revision == 4)
    }

    @Test("a connection cut anywhere in the answer to a fill or an invalidation leaves nothing old")
    func cuts() async throws {
        let world = try await RedisCacheWorld()
        defer { world.redis.keep() }
        let side = try world.side()
        for bytes in 0..<12 {
            try await side.store.ping()
            world.redis.proxy.cut(.resetting, after: bytes, .fromServer)
            #expect(try await side.repository.get(8)?.revision == bytes)
            try await side.store.ping()
            world.redis.proxy.cut(.resetting, after: bytes, .fromServer)
            try await side.repository.replace(Specimen(number: 8, revision: bytes + 1))
            #expect(try await side.repository.get(8)?.revision == bytes + 1)
        }
    }
}
