import KeyValueBackend
import StorageKit
import StorageKitTesting
import TestSupport
import Testing

@Suite(
    "A server that takes long", .enabled(if: TestServer.redis.isExpected, TestServer.remedy),
    .timeLimit(.minutes(5)))
struct RedisPatienceTests {
    /// Counts its runs and then keeps the server busy for three seconds.
    private static let slow = RedisScript(
        """
        local count = redis.call('INCR', KEYS[1])
        local begun = redis.call('TIME')
        repeat
            local now = redis.call('TIME')
            local elapsed = (now[1] - begun[1]) * 1000000 + now[2] - begun[2]
        until elapsed > 3000000
        return count
        """)

    private static var hasty: RedisConfiguration {
        .patient.with { $0.operationTimeout = .seconds(1) }
    }

    @Test("a call that was given longer than the others is answered, and was done once")
    func slowCall() async throws {
        let world = try await FaultWorld(configuration: Self.hasty)
        let store = world.store.timeout(.seconds(20))
        let reply = try await store.run(Self.slow, keys: ["runs"])
        #expect(reply == .integer(1))
        #expect(try await store.get("runs") == "1")
        await store.close()
        world.keep()
    }

    @Test("a call without any time is over before it begins, and opens nothing")
    func noTime() async throws {
        let store = try RedisStore(
            url: "redis://127.0.0.1:1", configuration: .patient.with { $0.operationTimeout = .zero }
        )
        let error = try await expectError(.timedOut) { try await store.increment("n") }
        #expect(!error.mayHaveBeenApplied)
        await store.close()
    }

    @Test("an answer that is too large fails its call alone, which is not sent again")
    func tooLarge() async throws {
        let world = try await FaultWorld(
            configuration: .patient.with { $0.maximumReplyBytes = 100_000 })
        defer { world.keep() }
        let store = world.store
        try await store.set("large", to: ByteString(Array(repeating: 1, count: 200_000)))
        try await store.set("small", to: "1")
        for _ in 0..<3 {
            async let small = store.get("small")
            let error = try await expectError(.limitExceeded) { _ = try await store.get("large") }
            #expect(try await small == "1")
            #expect(!error.isRetryable && !error.mayHaveBeenApplied)
        }
        let calls = try world.server.callCount(of: "get")
        #expect(calls >= 6 && calls <= 9, "the small one may have been sent twice")
    }

    @Test("those behind it end in their own time, and the connection goes on")
    func neighbours() async throws {
        let world = try await FaultWorld(configuration: Self.hasty)
        let store = world.store.timeout(.seconds(20))
        async let answer = store.run(Self.slow, keys: ["runs"])
        var error: StorageError?
        while error == nil {
            // Sooner or later the script is in front.
            do { _ = try await world.store.get("x") } catch let thrown { error = thrown }
        }
        #expect(error?.code == .timedOut)
        #expect(try await answer == .integer(1))
        #expect(try await store.get("runs") == "1")
        await store.close()
        world.keep()
    }
}
