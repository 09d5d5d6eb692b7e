import KeyValueBackend
import StorageKit
import TestSupport
import Testing

@Suite(
    "Subscriptions and waits over lost connections",
    .enabled(if: TestServer.redis.isExpected, TestServer.remedy), .timeLimit(.minutes(5)))
struct RedisPushFaultTests {
    /// Everything that is published arrives in order, but for gaps that were announced.
    @Test("a subscription whose connection is cut inside a message says so and goes on")
    func cutSubscription() async throws {
        let world = try await FaultWorld()
        defer { world.keep() }
        var events = try await world.store.subscribe(to: ["c"]).makeAsyncIterator()
        // *3, $7, message, $1, c, $1 and the number, each with the end of its line.
        let message = "*3\r\n$7\r\nmessage\r\n$1\r\nc\r\n$1\r\n1\r\n"
        for bytes in 0...message.utf8.count {
            world.proxy.cut(.resetting, after: bytes, .fromServer)
            try world.server.command("PUBLISH", "c", "1")
            var event = try await events.next()
            if bytes == message.utf8.count {
                #expect(event == RedisSubscriptionTests.message("c", "1"))
                event = try await events.next()
            }
            #expect(event == .resubscribed, "after \(bytes) bytes")
            // The server may not have seen the end of the connection before.
            try await world.wait {
                try world.server.command("PUBSUB", "NUMSUB", "c")
                    == .array([.string("c"), .integer(1)])
            }
            #expect(try world.server.command("PUBLISH", "c", "2") == .integer(1))
            let next = try await events.next()
            #expect(next == RedisSubscriptionTests.message("c", "2"))
        }
        #expect(world.proxy.counts.open == 1)
    }

    @Test("a subscription outlives its server")
    func restart() async throws {
        let world = try await FaultWorld()
        defer { world.keep() }
        var events = try await world.store.subscribe(to: ["c"]).makeAsyncIterator()
        for _ in 0..<3 {
            try await world.server.restart()
            #expect(try await events.next() == .resubscribed)
            try await world.store.publish("x", to: "c")
            #expect(try await events.next() == RedisSubscriptionTests.message("c", "x"))
        }
    }

    @Test("a wait whose connection is lost may have taken a value, and the next one waits again")
    func lostWait() async throws {
        let world = try await FaultWorld()
        defer { world.keep() }
        let store = world.store
        try await store.ping()
        for _ in 0..<3 {
            let waiting = Task {
                try await store.listPop(fromFirstOf: ["l"], .first, waitingUpTo: .seconds(600))
            }
            try await world.wait { try world.server.info("clients")["blocked_clients"] == "1" }
            try world.server.command("CLIENT", "KILL", "TYPE", "normal")
            let error = try await expectError(.unavailable) { _ = try await waiting.value }
            #expect(error.mayHaveBeenApplied && error.operation == "listPop")
        }
        // The value is lost with the connection that carries it: that is what may have been is for.
        let waiting = Task {
            try await store.listPop(fromFirstOf: ["l"], .first, waitingUpTo: .seconds(600))
        }
        try await world.wait { try world.server.info("clients")["blocked_clients"] == "1" }
        world.proxy.cut(.resetting, after: 3, .fromServer)
        try world.server.command("RPUSH", "l", "x")
        let error = try await expectError(.unavailable) { _ = try await waiting.value }
        #expect(error.mayHaveBeenApplied)
        #expect(try world.server.command("LLEN", "l") == .integer(0))
    }

    @Test("a wait that found no server has taken nothing")
    func refusedWait() async throws {
        let world = try await FaultWorld(configuration: .single)
        defer { world.keep() }
        world.proxy.refuseConnections()
        let error = try await expectError(.unavailable) {
            _ = try await world.store.listPop(
                fromFirstOf: ["l"], .first, waitingUpTo: .seconds(600))
        }
        #expect(!error.mayHaveBeenApplied)
    }

    @Test("close while calls are on their way finishes those, ends waits, and refuses the next")
    func close() async throws {
        let world = try await FaultWorld()
        defer { world.keep() }
        let store = world.store
        let subscription = try await store.subscribe(to: ["c"])
        let listening = Task { for try await _ in subscription {} }
        let waits = (0..<20).map { _ in
            Task { try await store.listPop(fromFirstOf: ["l"], .first, waitingUpTo: .seconds(600)) }
        }
        try await world.wait { try world.server.info("clients")["blocked_clients"] == "16" }
        try await store.ping()
        world.proxy.hold(.fromServer)
        let received = world.proxy.counts.fromServer.received
        let calls = (0..<10).map { _ in Task { try await store.increment("n") } }
        // `:1` to `:9`, and `:10`.
        try await world.proxy.counts { $0.fromServer.received == received + 41 }
        let closing = (0..<3).map { _ in Task { await store.close() } }
        // Its subscriptions end first: seventeen connections are left, and this question's own.
        try await world.wait { try world.server.info("clients")["connected_clients"] == "18" }
        world.proxy.pass()
        var answers: Set<Int64> = []
        for call in calls { answers.insert(try await call.value) }
        #expect(answers == Set(1...10))
        for task in closing { await task.value }
        for wait in waits { try await expectError(.invalidState) { _ = try await wait.value } }
        try await expectError(.invalidState) { try await listening.value }
        try await expectError(.invalidState) { try await store.increment("n") }
        try await world.proxy.counts { $0.open == 0 }
    }
}
