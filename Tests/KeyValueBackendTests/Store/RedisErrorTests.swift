import KeyValueBackend
import StorageKit
import TestSupport
import Testing

/// The refusals of ``RedisErrorMapping`` that a real server can be brought to.
@Suite("Refusals of a real Redis", .enabled(if: TestServer.redis.isExpected, TestServer.remedy))
struct RedisErrorTests {
    @Test("another kind of value is the wrong type, for every operation that looks at it")
    func wrongType() async throws {
        let world = try await RedisWorld()
        defer { world.keep() }
        let store = world.store
        try await store.listPush("l", ["x"])
        try await store.set("v", to: "x")
        let calls: [@Sendable () async throws -> Void] = [
            { _ = try await store.get("l") }, { _ = try await store.take("l") },
            { try await store.exchange("l", with: "x") },
            { try await store.compareAndSet("l", from: "x", to: "y") },
            { try await store.compareAndDelete("l", from: "x") },
            { _ = try await store.get("l", expires: .never) },
            { try await store.increment("l") }, { try await store.incrementFloat("l", by: 1) },
            { try await store.hashSet("v", ["f": "x"]) }, { _ = try await store.hashGetAll("v") },
            { try await store.sortedSetAdd("v", ["m": 1]) },
            { _ = try await store.sortedSetRange("v", ranks: 0..<1) },
            { try await store.listPush("v", ["x"]) }, { try await store.listPop("v") },
            { try await store.listMove(from: "l", to: "v") },
            { try await store.setAdd("v", ["m"]) },
            { _ = try await store.setCombine(.union, ["v"]) },
            {
                _ = try await store.listPop(
                    fromFirstOf: ["v"], .first, waitingUpTo: .seconds(9))
            },
        ]
        for call in calls {
            let error = try await expectError(.wrongType) { try await call() }
            #expect(error.native == .init(domain: "redis", name: "WRONGTYPE"))
            #expect(!error.mayHaveBeenApplied && !error.isRetryable)
            #expect(error.operation != nil && error.store != nil && error.statement != nil)
        }
        #expect(try await store.listRange("l", 0..<9) == ["x"])
        #expect(try await store.get("v") == "x")
        #expect(try await store.get(["l", "v"]) == [nil, "x"])
    }

    @Test("what is no number is a decoding error, what is too large is out of range")
    func numbers() async throws {
        let world = try await RedisWorld()
        defer { world.keep() }
        let store = world.store
        try await store.set("word", to: "abc")
        try await store.set("max", to: "9223372036854775807")
        try await store.set("infinite", to: "inf")
        try await store.hashSet("h", ["word": "x", "max": "9223372036854775807"])
        try await store.sortedSetAdd("z", ["m": .infinity])
        let notNumbers: [@Sendable () async throws -> Void] = [
            { try await store.increment("word") },
            { try await store.incrementFloat("word", by: 1) },
            { try await store.hashIncrement("h", field: "word") },
            { try await store.hashIncrementFloat("h", field: "word", by: 1) },
        ]
        for call in notNumbers { try await expectError(.decodingFailed) { try await call() } }
        let overflows: [@Sendable () async throws -> Void] = [
            { try await store.increment("max") },
            { try await store.hashIncrement("h", field: "max") },
            { try await store.incrementFloat("infinite", by: 1) },
            { try await store.sortedSetIncrement("z", member: "m", by: -.infinity) },
        ]
        for call in overflows {
            let error = try await expectError(.outOfRange) { try await call() }
            #expect(!error.mayHaveBeenApplied)
        }
        #expect(try await store.get("max") == "9223372036854775807")
        #expect(try await store.sortedSetScore("z", of: "m") == .infinity)
    }

    @Test("a server without memory refuses writes, also those of scripts, and not reads")
    func outOfMemory() async throws {
        let world = try await RedisWorld()
        defer { world.keep() }
        let store = world.store
        try await store.set("k", to: "v")
        try await store.rawCommand("CONFIG", "SET", "maxmemory", "1")
        let calls: [@Sendable () async throws -> Void] = [
            { try await store.set("l", to: "v") },
            { _ = try await store.compareAndSet("k", from: "v", to: "w") },
            { _ = try await store.atomically { ($0.set("m", to: "v"), $0.get("k")) } },
        ]
        for call in calls {
            let error = try await expectError(.resourceExhausted) { try await call() }
            #expect(error.native?.name == "OOM")
            #expect(error.isRetryable && !error.mayHaveBeenApplied, "\(error)")
        }
        #expect(try await store.get("k") == "v")
        #expect(try await store.exists("m") == false)
    }

    @Test("a replica refuses writes")
    func readOnly() async throws {
        let world = try await RedisWorld()
        defer { world.keep() }
        let store = world.store
        // Nobody listens on port 1: a replica without its primary.
        try await store.rawCommand("REPLICAOF", "127.0.0.1", "1")
        let error = try await expectError(.permissionDenied) { try await store.set("k", to: "v") }
        #expect(error.native?.name == "READONLY")
    }

    @Test("too few replicas, an unknown command, an unknown script, a bad arity")
    func others() async throws {
        let world = try await RedisWorld()
        defer { world.keep() }
        let store = world.store
        try await store.rawCommand("CONFIG", "SET", "min-replicas-to-write", "1")
        try await expectError(.unavailable) { try await store.set("k", to: "v") }
        let unknown = try await expectError(.unsupported) {
            try await store.rawCommand("FOO", "secret")
        }
        #expect(!unknown.description.contains("secret"))
        #expect(unknown.statement == "FOO with 1 argument")
        try await expectError(.notFound) { try await store.rawCommand("EVALSHA", "abc", "0") }
        try await expectError(.invalidStatement) { try await store.rawCommand("GET") }
        try await expectError(.invalidArgument) { try await store.rawCommand("SCAN", "x") }
    }

    @Test("no key and no value is in an error's description")
    func withheld() async throws {
        let world = try await RedisWorld()
        defer { world.keep() }
        let store = world.store
        try await store.set("private-key", to: "private-value")
        let error = try await expectError(.decodingFailed) {
            try await store.increment("private-key")
        }
        #expect(!error.description.contains("private"))
        #expect(error.description.contains("INCRBY with 2 arguments"))
        #expect(error.operation == "increment")
    }
}
