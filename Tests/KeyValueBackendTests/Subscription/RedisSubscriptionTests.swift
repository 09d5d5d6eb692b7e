import KeyValueBackend
import StorageKit
import TestSupport
import Testing

@Suite(
    "Subscriptions on Redis", .enabled(if: TestServer.redis.isExpected, TestServer.remedy))
struct RedisSubscriptionTests {
    static func message(_ channel: ByteString, _ payload: ByteString) -> ChannelEvent {
        .message(ChannelMessage(channel: channel, payload: payload))
    }

    @Test("what is published after subscribe returned arrives, in order, also with odd names")
    func delivery() async throws {
        let world = try await RedisWorld()
        defer { world.keep() }
        let store = world.store
        let names: [ByteString] = ["a*b", [0, 255], ""]
        var events = try await store.subscribe(to: names).makeAsyncIterator()
        for name in names {
            for number in 0..<3 {
                #expect(try await store.publish(ByteString("\(number)"), to: name) == 1)
            }
        }
        #expect(try await store.publish("x", to: "axb") == 0)
        for name in names {
            for number in 0..<3 {
                let event = try await events.next()
                #expect(event == Self.message(name, ByteString("\(number)")))
            }
        }
    }

    @Test("a prefix is taken literally, and overlapping subscriptions each hear a message once")
    func overlap() async throws {
        let world = try await RedisWorld()
        defer { world.keep() }
        let store = world.store
        var exact = try await store.subscribe(to: ["n*.a", "n*.a"]).makeAsyncIterator()
        var prefix = try await store.subscribe(toChannelsWithPrefix: "n*.").makeAsyncIterator()
        var all = try await store.subscribe(toChannelsWithPrefix: "").makeAsyncIterator()
        // The server counts its connections' subscriptions, of which one store has three here.
        #expect(try await store.publish("1", to: "n*.a") == 3)
        #expect(try await store.publish("2", to: "nx.a") == 1)
        #expect(try await store.publish("3", to: "n*.a") == 3)
        for payload: ByteString in ["1", "3"] {
            let heard = (try await exact.next(), try await prefix.next())
            #expect(heard == (Self.message("n*.a", payload), Self.message("n*.a", payload)))
        }
        for (channel, payload) in [("n*.a", "1"), ("nx.a", "2"), ("n*.a", "3")] {
            let heard = try await all.next()
            #expect(heard == Self.message(ByteString(channel), ByteString(payload)))
        }
    }

    @Test("all subscriptions share a connection, which goes with the last of them")
    func connection() async throws {
        let world = try await RedisWorld()
        defer { world.keep() }
        let store = world.store
        do {
            let first = try await store.subscribe(to: ["a", "b"])
            let second = try await store.subscribe(to: ["b"])
            #expect(try world.server.info("clients")["pubsub_clients"] ?? "1" == "1")
            #expect(try world.server.callCount(of: "subscribe") == 2)
            withExtendedLifetime((first, second)) {}
        }
        try await world.wait { server in
            try server.command("PUBSUB", "CHANNELS") == .array([])
        }
        // This question's own connection, and no other: the store has sent no command.
        try await world.wait { try $0.info("clients")["connected_clients"] == "1" }
        var again = try await store.subscribe(to: ["a"]).makeAsyncIterator()
        try await store.publish("x", to: "a")
        let event = try await again.next()
        #expect(event == Self.message("a", "x"))
    }

    @Test("a lost connection is made anew, and each subscription says so")
    func reconnect() async throws {
        let world = try await RedisWorld()
        defer { world.keep() }
        let store = world.store
        var first = try await store.subscribe(to: ["a"]).makeAsyncIterator()
        var second = try await store.subscribe(toChannelsWithPrefix: "a").makeAsyncIterator()
        for round in 0..<3 {
            try world.server.command("CLIENT", "KILL", "TYPE", "pubsub")
            let marks = (try await first.next(), try await second.next())
            #expect(marks == (.resubscribed, .resubscribed))
            try await store.publish(ByteString("\(round)"), to: "a")
            let heard = (try await first.next(), try await second.next())
            let expected = Self.message("a", ByteString("\(round)"))
            #expect(heard == (expected, expected))
        }
        try await world.server.restart()
        let marks = (try await first.next(), try await second.next())
        #expect(marks == (.resubscribed, .resubscribed))
    }

    @Test("closing the store ends subscriptions with an error; cancelling a reader without one")
    func ends() async throws {
        let world = try await RedisWorld()
        defer { world.keep() }
        let store = world.store
        let cancelled = try await store.subscribe(to: ["a"])
        let reader = Task {
            var count = 0
            for try await _ in cancelled { count += 1 }
            return count
        }
        reader.cancel()
        #expect(try await reader.value == 0)
        let subscription = try await store.subscribe(to: ["a"])
        let reading = Task { for try await _ in subscription {} }
        await store.close()
        try await expectError(.invalidState) { try await reading.value }
    }

    @Test("a reader that is too slow loses the oldest and is told")
    func slow() async throws {
        var configuration = RedisConfiguration()
        configuration.subscriptionBufferLimit = 10
        let world = try await RedisWorld(configuration: configuration)
        defer { world.keep() }
        let store = world.store
        var slow = try await store.subscribe(to: ["a"]).makeAsyncIterator()
        var mark = try await store.subscribe(to: ["mark"]).makeAsyncIterator()
        for number in 0..<25 { try await store.publish(ByteString("\(number)"), to: "a") }
        try await store.publish("done", to: "mark")
        _ = try await mark.next()
        #expect(try await slow.next() == .dropped(15))
        #expect(try await slow.next() == Self.message("a", "15"))
    }

    @Test("a channel that the access control list forbids is refused, others go on")
    func forbidden() async throws {
        var options = RedisServerOptions()
        options.users = ["worker on >p ~* resetchannels &app:* +@all"]
        let world = try await RedisWorld(options)
        defer { world.keep() }
        let store = try RedisStore(url: "redis://worker:p@127.0.0.1:\(world.server.port)")
        var allowed = try await store.subscribe(to: ["app:a"]).makeAsyncIterator()
        let error = try await expectError(.permissionDenied) {
            _ = try await store.subscribe(to: ["other"])
        }
        #expect(error.operation == "subscribe")
        try await store.publish("x", to: "app:a")
        #expect(try await allowed.next() == Self.message("app:a", "x"))
    }

    @Test("a refused subscription that was the only one leaves no connection behind")
    func forbiddenAlone() async throws {
        var options = RedisServerOptions()
        options.users = ["worker on >p ~* resetchannels +@all"]
        let world = try await RedisWorld(options)
        defer { world.keep() }
        let store = try RedisStore(url: "redis://worker:p@127.0.0.1:\(world.server.port)")
        try await expectError(.permissionDenied) {
            _ = try await store.subscribe(to: ["other"])
        }
        try await world.wait { try $0.info("clients")["connected_clients"] == "1" }
        withExtendedLifetime(store) {}
    }

    @Test("subscribing gives up in time, when cancelled, and at once for a wrong password")
    func failures() async throws {
        let nobody = try RedisStore(url: "redis://127.0.0.1:1").timeout(.milliseconds(50))
        let late = try await expectError(.unavailable) {
            _ = try await nobody.subscribe(to: ["a"])
        }
        #expect((late.underlying as? StorageError)?.code == .unavailable)
        let patient = try RedisStore(url: "redis://127.0.0.1:1").timeout(.seconds(600))
        let waiter = Task { try await patient.subscribe(to: ["a"]) }
        waiter.cancel()
        try await expectError(.cancelled) { _ = try await waiter.value }
        var options = RedisServerOptions()
        options.password = "s3cret"
        let world = try await RedisWorld(options)
        defer { world.keep() }
        let stranger = try RedisStore(url: "redis://:wrong@127.0.0.1:\(world.server.port)")
        try await expectError(.unauthenticated) {
            _ = try await stranger.timeout(.seconds(600)).subscribe(to: ["a"])
        }
        try await expectError(.invalidArgument) { _ = try await patient.subscribe(to: []) }
    }

    @Test("a time limit may be the longest time there is")
    func forEver() async throws {
        let world = try await RedisWorld()
        defer { world.keep() }
        let patient = world.store.timeout(.seconds(Int64.max))
        var events = try await patient.subscribe(to: ["a"]).makeAsyncIterator()
        try await patient.publish("1", to: "a")
        #expect(try await events.next() == Self.message("a", "1"))
    }

    @Test("subscriptions come and go from many tasks, and each hears its own")
    func churn() async throws {
        let world = try await RedisWorld()
        defer { world.keep() }
        let store = world.store
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<40 {
                group.addTask {
                    let channel = ByteString("c\(number % 7)")
                    for round in 0..<10 {
                        var events = try await store.subscribe(to: [channel]).makeAsyncIterator()
                        let payload = ByteString("\(number).\(round)")
                        try await store.publish(payload, to: channel)
                        while let event = try await events.next() {
                            if event == Self.message(channel, payload) { break }
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
        // The farewell of the last one goes over another connection than the question.
        try await world.wait { server in
            try server.command("PUBSUB", "NUMSUB", "c0") == .array([.string("c0"), .integer(0)])
        }
    }
}
