import KeyValueBackend
import StorageKit
import StorageKitTesting
import TestSupport
import Testing

@Suite(
    "A server that takes long", .enabled(if: TestServer.redis.isExpected, TestServer.remedy),
    .timeLimit(.minutes(1)))
struct RedisPatienceTests {
    /// Counts its runs and then keeps the server busy for a second and a half.
    private static let slow = RedisScript(
        """
        local count = redis.call('INCR', KEYS[1])
        local begun = redis.call('TIME')
        repeat
            local now = redis.call('TIME')
            local elapsed = (now[1] - begun[1]) * 1000000 + now[2] - begun[2]
        until elapsed > 1500000
        return count
        """)

    private static var hasty: RedisConfiguration {
        .patient.with { $0.operationTimeout = .milliseconds(500) }
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
