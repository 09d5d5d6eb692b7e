import KeyValueBackend
import StorageKit
import TestSupport
import Testing

@Suite(
    "Pipelines and batches on Redis", .enabled(if: TestServer.redis.isExpected, TestServer.remedy))
struct RedisBatchTests {
    @Test("a pipeline gives each command its own result, and those not sent their places")
    func pipeline() async throws {
        let world = try await RedisWorld()
        defer { world.keep() }
        let store = world.store
        try await store.listPush("l", ["x"])
        let (set, none, wrong, swap, count) = try await store.pipeline {
            (
                $0.set("k", to: "v"), $0.get([]), $0.get("l"),
                $0.compareAndSet("k", from: "v", to: "w"), $0.delete([])
            )
        }
        try set.get()
        #expect(try none.get() == [])
        #expect(throws: StorageError.self) { try wrong.get() }
        #expect(try swap.get())
        #expect(try count.get() == 0)
        #expect(try await store.get("k") == "w")
        #expect(try world.server.callCount(of: "mget") == 0)
    }

    @Test("a batch of nothing to ask for asks nobody")
    func empty() async throws {
        // Nobody listens there.
        let store = try RedisStore(url: "redis://127.0.0.1:1")
        let (values, count) = try await store.atomically { ($0.get([]), $0.delete([])) }
        #expect(values == [] && count == 0)
        let (result, _) = try await store.pipeline { ($0.get([]), $0.delete([])) }
        #expect(try result.get() == [])
    }

    @Test("a batch is one transaction; an error of one command leaves the others done")
    func atomic() async throws {
        let world = try await RedisWorld()
        defer { world.keep() }
        let store = world.store
        let (before, after, fields) = try await store.atomically {
            ($0.get("k"), $0.increment("k", by: 3), $0.hashSet("h", ["f": "v"]))
        }
        #expect(before == nil && after == 3 && fields == 1)
        #expect(try world.server.callCount(of: "multi") == 1)
        let error = try await expectError(.wrongType) {
            _ = try await store.atomically { ($0.increment("k"), $0.increment("h")) }
        }
        #expect(error.mayHaveBeenApplied)
        #expect(try await store.get("k") == "4")
    }

    @Test("a batch with a command that is refused does nothing, and says which and why")
    func refused() async throws {
        var options = RedisServerOptions()
        options.users = [
            "writer on >p ~* +@all -incrbyfloat", "strict on >p ~* +@all -multi",
        ]
        let server = try await RedisServerProcess.start(options)
        defer { withExtendedLifetime(server) {} }
        let writer = try RedisStore(url: "redis://writer:p@127.0.0.1:\(server.port)")
        let error = try await expectError(.permissionDenied) {
            _ = try await writer.atomically {
                ($0.set("k", to: "v"), $0.incrementFloat("n", by: 1))
            }
        }
        #expect(error.message.contains("command 2"))
        #expect(!error.mayHaveBeenApplied)
        #expect(try await writer.exists("k") == false)

        // Without MULTI the commands run by themselves, which must not be kept quiet.
        let strict = try RedisStore(url: "redis://strict:p@127.0.0.1:\(server.port)")
        let divided = try await expectError(.permissionDenied) {
            _ = try await strict.atomically { ($0.set("k", to: "v"), $0.get("k")) }
        }
        #expect(divided.mayHaveBeenApplied)
    }

    @Test("a connection lost under a batch says that it may have been applied")
    func lost() async throws {
        let server = try await RedisServerProcess.start()
        defer { withExtendedLifetime(server) {} }
        let proxy = try TCPProxy(to: server.port)
        let store = try RedisStore(url: server.url(port: proxy.port))
        try await store.set("k", to: "0")
        proxy.cut(.resetting, after: 0, .fromServer)
        let error = try await expectError(.unavailable) {
            _ = try await store.atomically { ($0.increment("k"), $0.increment("k")) }
        }
        #expect(error.mayHaveBeenApplied)
        #expect(error.operation == "atomically")
        #expect(try await store.get("k") == "2")
        proxy.cut(.resetting, after: 0, .fromServer)
        let (first, second) = try await store.pipeline { ($0.get("k"), $0.exists("k")) }
        #expect(try first.get() == "2")
        #expect(try second.get())
    }

    @Test("writes are repeated after a lost connection only if the configuration says so")
    func repeats() async throws {
        let server = try await RedisServerProcess.start()
        defer { withExtendedLifetime(server) {} }
        let proxy = try TCPProxy(to: server.port)
        var configuration = RedisConfiguration()
        let usual = try RedisStore(
            url: server.url(port: proxy.port), configuration: configuration)
        try await usual.ping()
        proxy.cut(.resetting, after: 0, .fromServer)
        try await usual.set("k", to: "v")
        #expect(try server.callCount(of: "set") == 2)
        proxy.cut(.resetting, after: 0, .fromServer)
        let counter = try await expectError(.unavailable) { try await usual.increment("n") }
        #expect(counter.mayHaveBeenApplied)
        #expect(try server.callCount(of: "incrby") == 1)

        configuration.repeats = .reads
        let careful = try RedisStore(
            url: server.url(port: proxy.port), configuration: configuration)
        try await careful.ping()
        proxy.cut(.resetting, after: 0, .fromServer)
        let error = try await expectError(.unavailable) { try await careful.set("k", to: "w") }
        #expect(error.mayHaveBeenApplied)
        #expect(try server.callCount(of: "set") == 3)
        proxy.cut(.resetting, after: 0, .fromServer)
        #expect(try await careful.get("k") == "w")
    }
}
