import KeyValueBackend
import StorageKit
import StorageKitTesting
import TestSupport
import Testing

/// Two processes with two tiers each.
///
/// The shared tier is directly on the server, the channel goes through a relay of its own that a
/// test breaks. Their clock is the test's.
@Suite(
    "Two tiers on Redis",
    .enabled(if: TestServer.redis.isExpected, TestServer.remedy), .timeLimit(.minutes(5)))
struct TieredCacheRedisTests {
    typealias Shared = KeyValueCache<Int, StringCodec, RedisStore>
    typealias Tiered = TieredCache<InMemoryCache<Int, String>, Shared>

    static let bound = Duration.seconds(2)

    struct Process: Sendable {
        let proxy: TCPProxy
        let cache: Tiered

        init(_ server: RedisServerProcess, clock: ManualClock) throws {
            proxy = try TCPProxy(to: server.port)
            let configuration = RedisConfiguration.patient
            let store = try RedisStore(
                url: server.url(port: server.port), configuration: configuration)
            let shared = Shared(store, namespace: "tiers", keys: JSONCodec<Int>(), values: .string)
            let relayed = try RedisStore(
                url: server.url(port: proxy.port), configuration: configuration)
            cache = Tiered(
                local: InMemoryCache(capacity: 100, clock: clock), shared: shared,
                channel: PublishedInvalidations(
                    store: relayed, channel: "tiers:invalid", keys: JSONCodec<Int>()),
                bound: TieredCacheRedisTests.bound, clock: clock)
        }
    }

    /// Two processes whose local tiers are believed and have the entry.
    private func warm(
        _ server: RedisServerProcess, _ clock: ManualClock
    ) async throws -> (here: Process, there: Process) {
        let here = try Process(server, clock: clock)
        let there = try Process(server, clock: clock)
        for process in [here, there] {
            _ = try await process.cache.get(1)
            try await reached { process.cache.isLocalTrusted }
        }
        try await fill(here, "old")
        #expect(try await there.cache.get(1)?.value == "old")
        #expect(there.cache.local.get(1)?.value == "old")
        return (here, there)
    }

    private func fill(_ process: Process, _ value: String) async throws {
        guard case .load(let ticket) = try await process.cache.beginLoad(1) else { return }
        try await process.cache.publish(
            value, for: 1, ticket: ticket, timeToLive: .seconds(3600))
    }

    /// Lets time pass until it is so, a quarter of the bound at a time, which is a beat: one that
    /// needs longer than four of them to come back would prove nothing.
    private func beating(_ clock: ManualClock, until isReached: () -> Bool) async throws {
        var nextStep = ContinuousClock.now
        try await reached {
            if isReached() { return true }
            if nextStep <= .now {
                clock.advance(by: Self.bound / 4)
                nextStep = .now + .milliseconds(100)
            }
            return false
        }
    }

    @Test("hear of each other's updates")
    func updates() async throws {
        let server = try await RedisServerProcess.start()
        let (here, there) = try await warm(server, ManualClock())
        try await here.cache.invalidate(1)
        try await reached { there.cache.local.get(1) == nil }
        try await fill(here, "new")
        #expect(try await there.cache.get(1)?.value == "new")
        try await there.cache.removeAll()
        try await reached { here.cache.local.get(1) == nil }
        #expect(try await here.cache.get(1) == nil)
    }

    @Test("keep the bound while the channel is silent, and are emptied when it is back")
    func silence() async throws {
        let server = try await RedisServerProcess.start()
        let clock = ManualClock()
        let (here, there) = try await warm(server, clock)
        there.proxy.swallow()
        try await here.cache.invalidate(1)
        try await fill(here, "new")
        #expect(there.cache.local.get(1)?.value == "old", "it cannot have heard")
        clock.advance(by: Self.bound)
        #expect(try await there.cache.get(1)?.value == "new")
        there.proxy.pass()
        there.proxy.cut(.resetting)
        try await reached { there.cache.local.get(1) == nil }
        try await beating(clock) { there.cache.isLocalTrusted }
        #expect(try await there.cache.get(1)?.value == "new")
        #expect(there.cache.local.get(1)?.value == "new")
    }

    @Test("serve nothing that was invalidated while the subscription was cut")
    func cuts() async throws {
        let server = try await RedisServerProcess.start()
        let clock = ManualClock()
        let (here, there) = try await warm(server, clock)
        for round in 1...10 {
            there.proxy.refuseConnections()
            there.proxy.cut(round.isMultiple(of: 2) ? .closing : .resetting)
            try await here.cache.invalidate(1)
            try await fill(here, "v\(round)")
            try there.proxy.acceptConnections()
            try await reached { there.cache.local.get(1) == nil }
            try await beating(clock) { there.cache.isLocalTrusted }
            #expect(try await there.cache.get(1)?.value == "v\(round)")
        }
    }

    @Test("outlive their server")
    func restart() async throws {
        let server = try await RedisServerProcess.start()
        let clock = ManualClock()
        let (here, there) = try await warm(server, clock)
        for round in 1...3 {
            try await server.restart()
            try await beating(clock) { here.cache.isLocalTrusted && there.cache.isLocalTrusted }
            try await here.cache.invalidate(1)
            try await fill(here, "v\(round)")
            try await reached { there.cache.local.get(1) == nil }
            try await beating(clock) { there.cache.isLocalTrusted }
            #expect(try await there.cache.get(1)?.value == "v\(round)")
        }
    }

    @Test("need no channel where the shared cache tells of its invalidations itself")
    func announcing() async throws {
        let server = try await RedisServerProcess.start()
        let clock = ManualClock()
        func process() throws -> Tiered {
            let store = try RedisStore(url: server.url(port: server.port))
            return Tiered(
                local: InMemoryCache(capacity: 100, clock: clock),
                shared: Shared(
                    store, namespace: "tiers", keys: JSONCodec<Int>(), values: .string),
                bound: Self.bound, clock: clock)
        }
        let (here, there) = (try process(), try process())
        for cache in [here, there] {
            _ = try await cache.get(1)
            try await reached { cache.isLocalTrusted }
        }
        guard case .load(let ticket) = try await here.beginLoad(1) else {
            Issue.record("nothing was there")
            return
        }
        try await here.publish("old", for: 1, ticket: ticket, timeToLive: .seconds(3600))
        #expect(try await there.get(1)?.value == "old")
        #expect(there.local.get(1) != nil)
        // Not through two tiers: the shared cache tells by itself.
        try await here.shared.invalidate(1)
        try await reached { there.local.get(1) == nil && here.local.get(1) == nil }
        #expect(try await there.get(1) == nil)
    }
}
