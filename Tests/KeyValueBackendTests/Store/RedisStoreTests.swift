import KeyValueBackend
import StorageKit
import TestSupport
import Testing

@Suite("A Redis store", .enabled(if: TestServer.redis.isExpected, TestServer.remedy))
struct RedisStoreTests {
    @Test("reads what it wrote, with any bytes, and knows its server")
    func roundTrip() async throws {
        let world = try await RedisWorld()
        defer { world.keep() }
        let store = world.store
        let awkward: ByteString = [0, 13, 10, 255, 42]
        try await store.set(awkward, to: awkward)
        #expect(try await store.get(awkward) == awkward)
        #expect(try await store.get("absent") == nil)
        try await store.ping()
        let version = try await store.serverVersion()
        #expect(version >= RedisServerVersion(major: 6, minor: 2, patch: 0))
        #expect(version.description.hasPrefix("\(version.product) \(version.major)."))
    }

    @Test("carries values of 10 MB, alone and among others, and keys of 512 bytes")
    func large() async throws {
        let world = try await RedisWorld()
        defer { world.keep() }
        // A machine that runs all tests at once takes its time for it.
        let store = world.store.timeout(.seconds(60))
        let value = ByteString(bytes: (0..<10_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) })
        let key = ByteString(bytes: (0..<512).map { UInt8(truncatingIfNeeded: $0) })
        try await store.set(key, to: value)
        async let small: Void = store.set("small", to: "1")
        #expect(try await store.get(key) == value)
        try await small
        let replies = try await store.pipeline { [$0.get("small"), $0.get(key), $0.get("small")] }
        #expect(try replies.map { try $0.get()?.count } == [1, value.count, 1])
    }

    @Test("opens nothing before the first call, and one connection for many")
    func lazy() async throws {
        let world = try await RedisWorld()
        defer { world.keep() }
        let before = try world.server.info("stats")["total_connections_received"].flatMap(Int.init)
        #expect(try world.server.info("clients")["connected_clients"] == "1")
        await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<50 {
                group.addTask { try await world.store.set("\(number)", to: "x") }
            }
        }
        let after = try world.server.info("stats")["total_connections_received"].flatMap(Int.init)
        // Each look at the server is a connection as well: the second and the third.
        #expect(try #require(after) - #require(before) == 3)
        #expect(try world.server.callCount(of: "set") == 50)
    }

    @Test("a store that is closed finishes what it accepted and refuses the rest")
    func closing() async throws {
        let world = try await RedisWorld()
        defer { world.keep() }
        let store = world.store
        try await store.set("k", to: "v")
        await store.close()
        await store.close()
        let error = try await expectError(.invalidState) { _ = try await store.get("k") }
        #expect(error.operation == "get")
        try await expectError(.invalidState) { _ = try await store.subscribe(to: ["c"]) }
        try await expectError(.invalidState) {
            _ = try await store.listPop(fromFirstOf: ["l"], .first, waitingUpTo: .seconds(1))
        }
        try await world.wait { try $0.info("clients")["connected_clients"] == "1" }
    }

    @Test("a view with another time gives up on a server that hangs; the store does not yet")
    func timeouts() async throws {
        let world = try await RedisWorld()
        defer { world.keep() }
        try await world.store.set("k", to: "v")
        world.server.stop()
        let impatient = world.store.timeout(.milliseconds(50))
        let read = try await expectError(.timedOut) { _ = try await impatient.get("k") }
        #expect(!read.mayHaveBeenApplied)
        #expect(read.isRetryable)
        let write = try await expectError(.timedOut) {
            _ = try await impatient.increment("counter")
        }
        #expect(write.mayHaveBeenApplied)
        async let patient = world.store.get("k")
        world.server.resume()
        #expect(try await patient == "v")
    }

    @Test("a password, a user and a database of the address are used")
    func address() async throws {
        var options = RedisServerOptions()
        options.password = "s3cret"
        options.users = ["worker on >w0rk ~app:* +@all"]
        let server = try await RedisServerProcess.start(options)
        defer { withExtendedLifetime(server) {} }
        let port = server.port
        let store = try RedisStore(url: "redis://:s3cret@127.0.0.1:\(port)/3")
        try await store.set("app:k", to: "v")
        #expect(try server.info("keyspace")["db3"] != nil)
        let worker = try RedisStore(url: "redis://worker:w0rk@127.0.0.1:\(port)/3")
        #expect(try await worker.get("app:k") == "v")
        let denied = try await expectError(.permissionDenied) { _ = try await worker.get("k") }
        #expect(denied.native?.name == "NOPERM")
        let stranger = try RedisStore(url: "redis://:wrong@127.0.0.1:\(port)")
        let error = try await expectError(.unauthenticated) { _ = try await stranger.get("k") }
        #expect(!error.description.contains("wrong@"))
        let nobody = try RedisStore(url: "redis://127.0.0.1:\(port)")
        try await expectError(.unauthenticated) { _ = try await nobody.get("k") }
    }

    @Test("speaks TLS with a server that proves its name, and not with another")
    func tls() async throws {
        let certificates = try TestCertificates.shared()
        var options = RedisServerOptions()
        options.tls = .init(identity: certificates.server)
        let server = try await RedisServerProcess.start(options)
        defer { withExtendedLifetime(server) {} }
        var configuration = RedisConfiguration()
        configuration.tls.trust = .certificateFile(certificates.authority)
        let store = try RedisStore(url: server.url, configuration: configuration)
        try await store.set("k", to: "v")
        #expect(try await store.get("k") == "v")
        configuration.tls.serverName = "other.example"
        let strict = try RedisStore(url: server.url, configuration: configuration)
        let error = try await expectError(.unauthenticated) { _ = try await strict.get("k") }
        #expect(!error.isRetryable)
    }
}
