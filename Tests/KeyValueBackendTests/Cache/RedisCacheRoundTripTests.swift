import StorageKit
import StorageKitTesting
import TestSupport
import Testing

@testable import KeyValueBackend

/// The table of round trips in `docs/caching.md`, as a real server counts them.
@Suite(
    "Round trips of the cache in Redis",
    .enabled(if: TestServer.redis.isExpected, TestServer.remedy), .timeLimit(.minutes(5)))
struct RedisCacheRoundTripTests {
    /// What a call of the repository sends to the server.
    struct Cost: Equatable, CustomStringConvertible {
        /// Requests that the store has sent and waited for.
        var requests: UInt64
        /// Looking up, as the server counts it.
        var mget: Int
        /// Scripts, as the server counts them.
        var evalsha: Int

        init(_ requests: UInt64, mget: Int = 0, evalsha: Int = 0) {
            (self.requests, self.mget, self.evalsha) = (requests, mget, evalsha)
        }

        var description: String { "\(requests) requests: \(mget) MGET, \(evalsha) EVALSHA" }
    }

    private typealias Side = RedisCacheWorld.Side
    private typealias Repository = CachedRepository<RedisCacheWorld.Primary, SpecimenCache>

    @discardableResult
    private func expect<Value>(
        _ cost: Cost, _ name: String, in world: RedisCacheWorld, _ side: Side,
        _ body: () async throws -> Value
    ) async throws -> Value {
        try world.redis.server.command("CONFIG", "RESETSTAT")
        let before = side.store.core.node.submittedRequests
        let value = try await body()
        let counted = Cost(
            side.store.core.node.submittedRequests - before,
            mget: try world.redis.server.callCount(of: "mget"),
            evalsha: try world.redis.server.callCount(of: "evalsha"))
        #expect(counted == cost, "\(name)")
        // No script was sent a second time.
        for command in ["eval", "script|load"] {
            #expect(try world.redis.server.callCount(of: command) == 0, "\(name): \(command)")
        }
        return value
    }

    /// A side whose server knows all scripts.
    private func warmSide(
        of world: RedisCacheWorld, _ mode: SharedCacheLookupMode = .getThenLease
    ) async throws -> Side {
        let side = try world.side(SharedCacheOptions(lookupMode: mode))
        for repository in [
            side.repository, side.repository.strict(), side.repository.withRevisions(),
        ] {
            _ = try await repository.get(0)
            try await repository.upsert(Specimen(number: 0, revision: 0))
            try await repository.replace(Specimen(number: 0, revision: 0))
        }
        return side
    }

    @Test(
        "a hit is 1, a miss 3, a batch of 100 with 10 misses 3; a miss 2 with a lease on every read"
    )
    func reads() async throws {
        let world = try await RedisCacheWorld()
        defer { world.redis.keep() }
        for mode in [SharedCacheLookupMode.getThenLease, .leaseOnRead] {
            let side = try await warmSide(of: world, mode)
            let isLeasing = mode == .leaseOnRead
            let (hit, miss) =
                isLeasing
                ? (Cost(1, evalsha: 1), Cost(2, evalsha: 2))
                : (Cost(1, mget: 1), Cost(3, mget: 1, evalsha: 2))
            // What is read by a strict repository is read as by any other.
            for repository in [side.repository, side.repository.strict()] {
                try await side.cache.removeAll()
                try await expect(miss, "miss", in: world, side) { _ = try await repository.get(0) }
                try await expect(hit, "hit", in: world, side) { _ = try await repository.get(0) }
                _ = try await repository.get(Array(0..<90))
                let some = try await expect(miss, "batch with misses", in: world, side) {
                    try await repository.get(Array(0..<100))
                }
                #expect(some.count == 100)
                let all = try await expect(hit, "batch of hits", in: world, side) {
                    try await repository.get(Array(0..<100))
                }
                #expect(all.count == 100)
                let none = try await expect(miss, "nothing there", in: world, side) {
                    try await repository.get(1000)
                }
                #expect(none == nil)
            }
        }
    }

    @Test("a write is 1, and 2 in the strict mode, whatever it is and whatever comes of it")
    func writes() async throws {
        let world = try await RedisCacheWorld()
        defer { world.redis.keep() }
        let side = try await warmSide(of: world)
        let (one, two) = (Cost(1, evalsha: 1), Cost(2, evalsha: 2))
        let repositories: [(Repository, Cost)] = [
            (side.repository, one), (side.repository.withRevisions(), one),
            (side.repository.strict(), two), (side.repository.withRevisions().strict(), two),
        ]
        for (number, (repository, cost)) in repositories.enumerated() {
            let new = Specimen(number: 1000 + number, revision: 0)
            try await expect(cost, "insert", in: world, side) { try await repository.insert(new) }
            _ = try await repository.get(new.id)
            try await expect(cost, "replace", in: world, side) { try await repository.replace(new) }
            try await expect(cost, "upsert", in: world, side) { try await repository.upsert(new) }
            try await expect(cost, "refused insert", in: world, side) {
                try await expectError(.alreadyExists) { try await repository.insert(new) }
            }
            let isGone = try await expect(cost, "delete", in: world, side) {
                try await repository.delete(new.id)
            }
            #expect(isGone)
        }
    }

    @Test("an invalidation is 1, of one entity, of many, of tags and of everything")
    func invalidations() async throws {
        let world = try await RedisCacheWorld()
        defer { world.redis.keep() }
        let side = try await warmSide(of: world)
        let tagged = side.repository.tagged { [$0.isDone ? "done" : "open"] }
        try await tagged.invalidate(tags: ["open"])
        _ = try await tagged.get(Array(0..<100))
        try await expect(Cost(1, evalsha: 1), "one", in: world, side) {
            try await tagged.invalidate(1)
        }
        try await expect(Cost(1, evalsha: 1), "many", in: world, side) {
            try await tagged.invalidate(Array(0..<50))
        }
        try await expect(Cost(1, evalsha: 1), "tags", in: world, side) {
            try await tagged.invalidate(tags: ["done", "open"])
        }
        // `SET` and `PUBLISH` in a row.
        try await expect(Cost(1), "everything", in: world, side) {
            try await side.cache.removeAll()
        }
        #expect(try world.redis.server.callCount(of: "set") == 1)
    }

    @Test("entries with tags cost a second look once after tags were cleared, and no more")
    func tags() async throws {
        let world = try await RedisCacheWorld()
        defer { world.redis.keep() }
        let side = try await warmSide(of: world)
        let tagged = side.repository.tagged { [$0.isDone ? "done" : "open"] }
        for _ in 0..<2 {
            try await tagged.invalidate(tags: ["other"])
            _ = try await tagged.get(Array(0..<10))
        }
        try await tagged.invalidate(tags: ["other"])
        for (cost, name) in [
            (Cost(2, mget: 1, evalsha: 1), "the first look"), (Cost(1, mget: 1), "the second"),
        ] {
            let found = try await expect(cost, name, in: world, side) {
                try await tagged.get(Array(0..<10))
            }
            #expect(found.count == 10)
        }
    }

    @Test("a transaction is 1 at its end, and in the strict mode 2 for each entity")
    func transactions() async throws {
        let world = try await RedisCacheWorld()
        defer { world.redis.keep() }
        let side = try await warmSide(of: world)
        for (repository, cost) in [
            (side.repository, Cost(1, evalsha: 1)), (side.repository.strict(), Cost(6, evalsha: 6)),
        ] {
            try await expect(cost, "transaction", in: world, side) {
                try await CacheTransaction.run { scope in
                    let inner = try repository.within(scope, primary: world.primary)
                    for number in 0..<3 {
                        _ = try await inner.get(number)
                        try await inner.replace(Specimen(number: number, revision: 1))
                        try await inner.replace(Specimen(number: number, revision: 2))
                    }
                }
            }
        }
    }

    @Test("of two tiers a local hit is 0, a local miss as without a local tier, and so are writes")
    func tiers() async throws {
        let world = try await RedisCacheWorld()
        defer { world.redis.keep() }
        let side = try await warmSide(of: world)
        // A clock that stands still beats once.
        let clock = ManualClock()
        let cache = TieredCache(
            local: InMemoryCache<String, Specimen>(capacity: 1000, clock: clock),
            shared: side.cache, bound: .seconds(1), clock: clock)
        let repository = CachedRepository(
            primary: world.primary, cache: cache, namespace: "n", timeToLive: .seconds(600))
        _ = try await repository.get(0)
        try await reached { cache.isLocalTrusted }
        _ = try await repository.get(0)
        #expect(cache.local.count == 1)
        try await side.cache.removeAll()
        try await reached { cache.local.count == 0 }
        try await expect(Cost(3, mget: 1, evalsha: 2), "miss of both", in: world, side) {
            _ = try await repository.get(1)
        }
        try await expect(Cost(0), "local hit", in: world, side) { _ = try await repository.get(1) }
        cache.local.invalidate(["n:1"])
        try await expect(Cost(1, mget: 1), "shared hit", in: world, side) {
            _ = try await repository.get(1)
        }
        _ = try await repository.get(Array(0..<90))
        let mixed = try await expect(Cost(3, mget: 1, evalsha: 2), "batch", in: world, side) {
            try await repository.get(Array(0..<100))
        }
        #expect(mixed.count == 100)
        let local = try await expect(Cost(0), "local batch", in: world, side) {
            try await repository.get(Array(0..<100))
        }
        #expect(local.count == 100)
        try await expect(Cost(1, evalsha: 1), "update", in: world, side) {
            try await repository.replace(Specimen(number: 1, revision: 1))
        }
        try await expect(Cost(1), "everything", in: world, side) { try await cache.removeAll() }
    }
}

extension CachedRepository where Primary.Entity == Specimen, CacheType: VersionedCache {
    /// The same repository, with the revisions as versions.
    func withRevisions() -> Self {
        versioned(by: { CacheVersion(Int64($0.revision)) }) { specimen, write in
            write == .upsert ? nil : specimen
        }
    }
}
