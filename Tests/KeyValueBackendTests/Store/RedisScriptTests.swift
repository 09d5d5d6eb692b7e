import StorageKit
import TestSupport
import Testing

@testable import KeyValueBackend

@Suite("Scripts on Redis", .enabled(if: TestServer.redis.isExpected, TestServer.remedy))
struct RedisScriptTests {
    static let sum = RedisScript("return redis.call('INCRBY', KEYS[1], ARGV[1])")

    @Test("the text is sent once, its hash from then on, and again to a server that forgot it")
    func hash() async throws {
        let world = try await RedisWorld()
        defer { world.keep() }
        for expected in 1...3 {
            let reply = try await world.store.run(Self.sum, keys: ["n"], arguments: ["1"])
            #expect(reply == .integer(Int64(expected)))
        }
        #expect(try world.server.callCount(of: "eval") == 1)
        #expect(try world.server.callCount(of: "evalsha") == 3)
        try await world.store.rawCommand("SCRIPT", "FLUSH")
        let reply = try await world.store.run(Self.sum, keys: ["n"], arguments: ["1"])
        #expect(reply == .integer(4))
        #expect(try world.server.callCount(of: "eval") == 2)
    }

    @Test("a read-only script may not write, and one that fails half done says so")
    func readOnly() async throws {
        let world = try await RedisWorld()
        defer { world.keep() }
        let store = world.store
        let reader = RedisScript("return redis.call('GET', KEYS[1])", isReadOnly: true)
        #expect(try await store.run(reader, keys: ["k"]) == .null)
        let writer = RedisScript("return redis.call('SET', KEYS[1], 'v')", isReadOnly: true)
        let denied = try await expectError(.permissionDenied) {
            try await store.run(writer, keys: ["k"])
        }
        #expect(!denied.mayHaveBeenApplied)
        let half = RedisScript(
            "redis.call('SET', KEYS[1], 'v') return redis.error_reply('MINE secret')")
        let error = try await expectError(.invalidStatement) {
            try await store.run(half, keys: ["k"])
        }
        #expect(error.mayHaveBeenApplied)
        #expect(error.native?.name == "MINE")
        #expect((error.underlying as? RedisServerError)?.message.contains("secret") == true)
        #expect(try await store.get("k") == "v")
        let broken = try await expectError(.invalidStatement) {
            try await store.run(RedisScript("x"))
        }
        #expect(!broken.mayHaveBeenApplied)
    }

    @Test("the hash is the one that the server calculates")
    func digest() async throws {
        let world = try await RedisWorld()
        defer { world.keep() }
        let store = world.store
        for source in ["return 1", RedisScript.compareAndSet.source, ""] {
            let ours = try #require(ScriptDigest.sha1(of: ByteString(source)))
            let theirs = try await store.rawCommand("SCRIPT", "LOAD", ByteString(source))
            #expect(theirs == .string(ByteString(ours)))
        }
    }

    @Test("comparing and writing is one round trip, always")
    func compareAndSet() async throws {
        let world = try await RedisWorld()
        defer { world.keep() }
        let store = world.store
        try await store.set("k", to: "a", expires: .after(.seconds(100)))
        #expect(try await store.compareAndSet("k", from: "b", to: "c") == false)
        #expect(try await store.compareAndSet("k", from: "a", to: "b", expires: .unchanged))
        let unchanged = try await store.timeToLive(of: "k")
        #expect(unchanged != .unlimited)
        #expect(try await store.compareAndSet("k", from: "b", to: "c"))
        #expect(try await store.timeToLive(of: "k") == .unlimited)
        #expect(try await store.compareAndDelete("k", from: "b") == false)
        #expect(try await store.compareAndDelete("k", from: "c"))
        #expect(try await store.compareAndSet("k", from: "", to: "x") == false)
        #expect(try world.server.callCount(of: "eval") == 6)
        #expect(try world.server.callCount(of: "evalsha") == 0)
    }
}
