import KeyValueBackend
import StorageKit
import TestSupport
import Testing

@Suite(
    "A server that refuses", .enabled(if: TestServer.redis.isExpected, TestServer.remedy),
    .timeLimit(.minutes(5)))
struct RedisRefusalTests {
    @Test("a full memory refuses writes, not reads and deletes, and forgets nothing")
    func fullMemory() async throws {
        var options = RedisServerOptions()
        options.memoryLimitBytes = 6 << 20
        let world = try await FaultWorld(options)
        defer { world.keep() }
        let store = world.store
        let block = ByteString(Array(repeating: 7, count: 100_000))
        var written = 0
        let error = try await expectError(.resourceExhausted) {
            while written < 1000 {
                try await store.set(ByteString("block:\(written)"), to: block)
                written += 1
            }
        }
        #expect(!error.mayHaveBeenApplied && error.isRetryable)
        #expect(written > 0)
        // Something small might still fit in.
        try world.server.command("CONFIG", "SET", "maxmemory", "1")
        for number in 0..<written {
            let value = try await store.get(ByteString("block:\(number)"))
            #expect(value == block)
        }
        try await expectError(.resourceExhausted) { try await store.increment("n") }
        let results = try await store.pipeline {
            ($0.get("block:0"), $0.increment("n"), $0.exists("n"))
        }
        let neighbours = (try results.0.get(), try results.2.get())
        #expect(neighbours == (block, false))
        for number in 0..<written { try await store.delete(ByteString("block:\(number)")) }
        try world.server.command("CONFIG", "SET", "maxmemory", "6mb")
        #expect(try await store.increment("n") == 1)
        #expect(world.proxy.counts.accepted == 1)
    }

    @Test("a wrong password or none is told at once, to all, with no secret and no storm")
    func credentials() async throws {
        var options = RedisServerOptions()
        options.password = "s3cret-of-the-server"
        let world = try await FaultWorld(options)
        defer { world.keep() }
        #expect(try await world.store.increment("n") == 1)
        let accepted = world.proxy.counts.accepted
        let strangers = [
            try world.store(password: "guess-of-mine"),
            try world.store(user: "nobody", password: "guess-of-mine"),
        ]
        for stranger in strangers {
            let errors = await withTaskGroup(of: StorageError?.self) { group in
                for _ in 0..<50 {
                    group.addTask {
                        do throws(StorageError) {
                            try await stranger.increment("n")
                            return nil
                        } catch {
                            return error
                        }
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            for error in errors {
                #expect(error?.code == .unauthenticated)
                #expect(error?.mayHaveBeenApplied == false && error?.isRetryable == false)
                #expect(error?.allWords.contains("guess-of-mine") == false)
                #expect(error?.allWords.contains("s3cret") == false)
            }
        }
        #expect(world.proxy.counts.accepted <= accepted + 20)
        let nobody = try world.store()
        let error = try await expectError(.unauthenticated) { try await nobody.increment("n") }
        #expect(error.native?.name == "NOAUTH" && !error.mayHaveBeenApplied)
        #expect(try await world.store.increment("n") == 2)
    }

    @Test("a user without a command or a key is told which kind of right is missing")
    func accessControl() async throws {
        var options = RedisServerOptions()
        options.users = ["worker on >s3cret ~app:* resetchannels +get +set +multi +exec"]
        let world = try await FaultWorld(options)
        defer { world.keep() }
        let store = try world.store(user: "worker", password: "s3cret")
        try await store.set("app:k", to: "v")
        let refused: [@Sendable () async throws -> Void] = [
            { _ = try await store.get("other:private") },
            { _ = try await store.increment("app:private") },
            {
                _ = try await store.atomically { ($0.set("app:k", to: "w"), $0.increment("app:k")) }
            },
            { _ = try await store.publish("private", to: "private") },
        ]
        for call in refused {
            let error = try await expectError(.permissionDenied) { try await call() }
            #expect(!error.mayHaveBeenApplied && !error.isRetryable, "\(error)")
            #expect(error.native?.name == "NOPERM")
            #expect(!error.description.contains("private") && !error.description.contains("s3cret"))
        }
        #expect(try await store.get("app:k") == "v")
        #expect(world.proxy.counts.accepted == 1)
    }

    @Test("a server that loads its data says so, and serves when it has", arguments: ["", "name"])
    func loading(name: String) async throws {
        var options = RedisServerOptions()
        // Ten seconds for what follows, or until the delay is taken away.
        options.lines = [
            "enable-debug-command yes", "loading-process-events-interval-bytes 1024",
            "key-load-delay 1000",
        ]
        let world = try await FaultWorld(
            options, configuration: .patient.with { $0.clientName = name.isEmpty ? nil : name })
        defer { world.keep() }
        try await world.store.set("k", to: "v")
        try world.server.command("DEBUG", "POPULATE", "10000", "filler", "100")
        try world.server.command("SAVE")
        try await world.server.restart(untilLoaded: false)
        let quick = world.store.timeout(.seconds(2))
        do {
            try await quick.increment("n")
            Issue.record("it was loaded too soon")
        } catch {
            #expect([.unavailable, .timedOut].contains(error.code), "\(error)")
            #expect(error.isRetryable && !error.mayHaveBeenApplied)
            #expect(error.allWords.contains("LOADING") || error.allWords.contains("loading"))
        }
        try world.server.command("CONFIG", "SET", "key-load-delay", "0")
        try await world.wait { try world.server.info()["loading"] == "0" }
        #expect(try await world.store.get("k") == "v")
        #expect(try await world.store.increment("n") == 1)
    }

    @Test("a replica refuses writes until it is a primary")
    func replica() async throws {
        let primary = try await RedisServerProcess.start()
        let world = try await FaultWorld()
        defer { world.keep() }
        try primary.command("SET", "k", "v")
        try world.server.command("REPLICAOF", "127.0.0.1", "\(primary.port)")
        try await world.wait { try world.server.info("replication")["master_link_status"] == "up" }
        let error = try await expectError(.permissionDenied) {
            try await world.store.increment("k")
        }
        #expect(error.native?.name == "READONLY" && error.isRetryable && !error.mayHaveBeenApplied)
        #expect(try await world.store.get("k") == "v")
        try world.server.command("REPLICAOF", "NO", "ONE")
        #expect(try await world.store.increment("n") == 1)
        #expect(world.proxy.counts.accepted == 1)
    }

    @Test("a server with too many clients is an error that passes", arguments: ["", "name"])
    func tooManyClients(name: String) async throws {
        let world = try await FaultWorld(
            configuration: .patient.with { $0.clientName = name.isEmpty ? nil : name })
        defer { world.keep() }
        try world.server.command("CONFIG", "SET", "maxclients", "1")
        let others = try RedisConversation(over: PlainSocket(port: world.server.port))
        #expect(try others.command(["PING"]) == .status("PONG"))
        let quick = world.store.timeout(.seconds(2))
        do {
            try await quick.increment("n")
            Issue.record("there was a place for it")
        } catch {
            let codes: [StorageError.Code] = [.unavailable, .resourceExhausted, .timedOut]
            #expect(codes.contains(error.code), "\(error)")
            #expect(error.isRetryable && !error.mayHaveBeenApplied, "\(error)")
            #expect(error.allWords.contains("max number of clients"), "\(error)")
        }
        #expect(try others.command(["CONFIG", "SET", "maxclients", "100"]) == .status("OK"))
        #expect(try await world.store.get("n") == nil)
        #expect(try await world.store.increment("n") == 1)
    }

    @Test("a server that closes idle connections is not noticed")
    func idle() async throws {
        var options = RedisServerOptions()
        options.lines = ["timeout 1", "hz 100"]
        let world = try await FaultWorld(options)
        defer { world.keep() }
        for number in 1...2 {
            #expect(try await world.store.increment("n") == Int64(number))
            // This question's own connection, and no other.
            try await world.wait { try world.server.info("clients")["connected_clients"] == "1" }
            try await world.proxy.counts { $0.open == 0 }
        }
        #expect(world.proxy.counts.accepted == 2)
    }
}
