import KeyValueBackend
import StorageKit
import StorageKitTesting
import TestSupport
import Testing

@Suite(
    "A cache in memory in front of Redis",
    .enabled(if: TestServer.redis.isExpected, TestServer.remedy), .timeLimit(.minutes(5)))
struct TieredRedisCacheTests {
    // MARK: What another process does

    @Test("forgets locally what another process has invalidated by key, and nothing else")
    func keys() async throws {
        let world = try await RedisTiersWorld()
        let (here, there) = try await world.warm(["a", "b"])
        try await here.cache.invalidate("a")
        try await world.forgotten("a", by: there)
        #expect(there.cache.local.get("b")?.value == "old")
        #expect(try await there.cache.get("a") == nil)
    }

    @Test("forgets locally what another process has invalidated by tag, and nothing else")
    func tags() async throws {
        let world = try await RedisTiersWorld()
        let (here, there) = try await world.warm(["a", "b", "c"])
        try await here.cache.invalidate(tags: ["a", "c"])
        #expect(here.cache.local.get("a") == nil && here.cache.local.get("b") != nil)
        try await world.forgotten("a", "c", by: there)
        #expect(there.cache.local.get("b")?.value == "old")
        #expect(try await there.cache.get(["a", "b", "c"]).keys.sorted() == ["b"])
    }

    @Test("refuses locally the fill of a load from before tags were invalidated elsewhere")
    func lateFill() async throws {
        let world = try await RedisTiersWorld()
        let (here, there) = try await world.warm(["a"])
        guard case .load(let ticket) = try await there.cache.beginLoad("b") else {
            throw TestFailure("no load was registered")
        }
        try await here.cache.invalidate(tags: ["b"])
        try await here.cache.invalidate("a")
        // In the channel's order, so what came before it was heard too.
        try await world.forgotten("a", by: there)
        let entry = CacheEntry("old", timeToLive: .seconds(3600), tags: [CacheTag("b")])
        let fill = CacheFill(key: "b", entry: entry, ticket: ticket)
        try await there.cache.publish([fill])
        #expect(try await there.cache.get("b") == nil)
        #expect(there.cache.local.get("b") == nil)
    }

    @Test("has the version that another process committed, and takes none back that is older")
    func versions() async throws {
        let world = try await RedisTiersWorld()
        let (here, there) = try await world.warm(["a", "b"])
        let entry = CacheEntry("new", timeToLive: .seconds(3600), version: CacheVersion(2))
        try await here.cache.recordWrites(
            [CacheWrite(key: "a", version: CacheVersion(2), entry: entry)],
            refusingOlderFor: .seconds(600))
        try await world.forgotten("a", by: there)
        #expect(try await there.cache.get("a")?.value == "new")
        #expect(there.cache.local.get("a")?.version == CacheVersion(2))
        // Of what is not there the version alone is remembered, for both tiers.
        try await here.cache.recordWrites(
            [CacheWrite(key: "c", version: CacheVersion(2))], refusingOlderFor: .seconds(600))
        #expect(try await !world.fill("c", "old", version: 1, by: there))
        #expect(there.cache.local.get("c") == nil)
        #expect(try await world.fill("c", "new", version: 2, by: there))
        #expect(there.cache.local.get("c")?.value == "new")
    }

    @Test("forgets everything locally when another process clears the cache, or writes strictly")
    func clearing() async throws {
        let world = try await RedisTiersWorld()
        let (here, there) = try await world.warm(["a", "b"])
        // A strict writer without a local tier of its own.
        let barriers = try await here.cache.shared.beginWrites(["a"], lasting: .seconds(60))
        try await world.forgotten("a", by: there)
        #expect(try await there.cache.get("a") == nil, "under the barrier")
        #expect(try await !world.fill("a", "old", by: there))
        try await here.cache.shared.endWrites(
            barriers.map { CacheWriteEnd(key: $0, barrier: $1, entry: CacheEntry("new")) })
        #expect(try await there.cache.get("a")?.value == "new")
        try await here.cache.removeAll()
        try await world.forgotten("a", "b", by: there)
        #expect(try await there.cache.get(["a", "b"]).isEmpty)
    }

    // MARK: A channel that is interrupted

    /// Checks that a process whose channel is back has nothing of what it missed.
    private func expectCaughtUp(
        _ there: RedisTiersWorld.Process, in world: RedisTiersWorld, _ value: String
    ) async throws {
        try await world.forgotten("a", "b", by: there)
        try await world.trusted(there)
        #expect(try await there.cache.get("a")?.value == value)
        #expect(there.cache.local.get("a")?.value == value, "and it is of use again")
    }

    @Test("is emptied when its subscription was cut, whatever it missed meanwhile")
    func cut() async throws {
        let world = try await RedisTiersWorld()
        let (here, there) = try await world.warm(["a", "b"])
        for round in 1...5 {
            there.proxy.refuseConnections()
            try world.server.command("CLIENT", "KILL", "TYPE", "pubsub")
            try await here.cache.invalidate("a")
            try await world.fill("a", "v\(round)", by: here)
            try there.proxy.acceptConnections()
            try await expectCaughtUp(there, in: world, "v\(round)")
            _ = try await there.cache.get("b")
        }
    }

    @Test("is emptied when the server has dropped it for not listening fast enough")
    func overflow() async throws {
        var options = RedisServerOptions()
        options.lines = ["client-output-buffer-limit pubsub 1mb 0 0"]
        let world = try await RedisTiersWorld(options)
        let (here, there) = try await world.warm(["a", "b"])
        there.proxy.hold(.fromServer)
        let long = String(repeating: "k", count: 100_000)
        let limit = "client_output_buffer_limit_disconnections"
        var count = 0
        while try world.server.info("stats")[limit] == "0", count < 1000 {
            count += 1
            try await here.cache.shared.invalidate("\(long)\(count)")
        }
        #expect(try world.server.info("stats")[limit] != "0")
        try await here.cache.invalidate("a")
        try await world.fill("a", "new", by: here)
        #expect(there.cache.local.get("a")?.value == "old", "it cannot have heard")
        there.proxy.cut(.resetting)
        there.proxy.pass()
        try await expectCaughtUp(there, in: world, "new")
    }

    @Test("is not believed any longer than the bound while nothing is heard")
    func silence() async throws {
        let world = try await RedisTiersWorld()
        let (here, there) = try await world.warm(["a", "b"])
        world.server.stop()
        world.clock.advance(by: RedisTiersWorld.bound - .nanoseconds(1))
        #expect(try await there.cache.get("a")?.value == "old", "no round trip")
        world.clock.advance(by: .nanoseconds(1))
        #expect(!there.cache.isLocalTrusted)
        world.server.resume()
        try await here.cache.invalidate("a")
        try await world.fill("a", "new", by: here)
        world.clock.advance(by: RedisTiersWorld.bound)
        #expect(try await there.cache.get("a")?.value == "new")
    }

    @Test("is emptied when the server comes back without its data")
    func restart() async throws {
        let world = try await RedisTiersWorld()
        let (here, there) = try await world.warm(["a", "b"])
        try await world.server.restart()
        try await world.forgotten("a", "b", by: there)
        #expect(try await there.cache.get("a") == nil)
        // Until it has noticed, it believes what it has.
        try await world.forgotten("a", "b", by: here)
        try await world.trusted(here)
        #expect(try await world.fill("a", "new", by: here))
        try await expectCaughtUp(there, in: world, "new")
    }
}
