import StorageKit
import Synchronization
import TestSupport
import Testing

@testable import KeyValueBackend

@Suite(
    "Waiting for lists on Redis", .enabled(if: TestServer.redis.isExpected, TestServer.remedy))
struct RedisBlockingTests {
    @Test("a wait ends with a value, or with its time")
    func waits() async throws {
        let world = try await RedisWorld()
        defer { world.keep() }
        let store = world.store
        async let waiting = store.listPop(
            fromFirstOf: ["a", "b"], .first, waitingUpTo: .seconds(60))
        try await world.waitForBlocked(1)
        try await store.listPush("b", ["x"])
        #expect(try await waiting == ListElement(key: "b", value: "x"))
        async let moving = store.listMove(
            from: "a", .last, to: "c", .first, waitingUpTo: .seconds(60))
        try await world.waitForBlocked(1)
        try await store.listPush("a", ["1", "2"])
        #expect(try await moving == "2")
        #expect(try await store.listRange("c", 0..<9) == ["2"])
        let over = try await store.listPop(
            fromFirstOf: ["none"], .last, waitingUpTo: .milliseconds(10))
        #expect(over == nil)
    }

    @Test("waits and other calls do not hold each other up")
    func neighbours() async throws {
        let world = try await RedisWorld()
        defer { world.keep() }
        let store = world.store
        let waiters = (0..<8).map { number in
            Task {
                try await store.listPop(
                    fromFirstOf: ["l\(number)"], .first, waitingUpTo: .seconds(60))
            }
        }
        try await world.waitForBlocked(8)
        try await store.set("k", to: "v")
        for number in 0..<8 { try await store.listPush("l\(number)", ["\(number)"]) }
        for (number, waiter) in waiters.enumerated() {
            #expect(try await waiter.value?.value == ByteString("\(number)"))
        }
        #expect(try await store.get("k") == "v")
    }

    @Test("a cancelled wait ends, on the server too, and its connection is used again")
    func cancelled() async throws {
        let world = try await RedisWorld()
        defer { world.keep() }
        for _ in 0..<3 {
            let waiter = Task {
                try await world.store.listPop(
                    fromFirstOf: ["l"], .first, waitingUpTo: .seconds(600))
            }
            try await world.waitForBlocked(1)
            waiter.cancel()
            let error = try await expectError(.cancelled) { _ = try await waiter.value }
            #expect(!error.mayHaveBeenApplied, "\(error)")
            #expect(error.operation == "listPop")
            try await world.waitForBlocked(0)
        }
        // Two are the store's, one is this question's.
        #expect(try world.server.info("clients")["connected_clients"] == "3")
        try await world.store.listPush("l", ["x"])
        #expect(try await world.store.listPop("l") == "x")
    }

    @Test("a wait that is cancelled before it begins takes nothing")
    func cancelledBefore() async throws {
        let world = try await RedisWorld()
        defer { world.keep() }
        try await world.store.listPush("l", ["x"])
        let waiter = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await world.store.listPop(
                fromFirstOf: ["l"], .first, waitingUpTo: .seconds(600))
        }
        try await expectError(.cancelled) { _ = try await waiter.value }
        #expect(try await world.store.listCount("l") == 1)
    }

    @Test("a wait whose time is over before it has its connection takes nothing")
    func late() async throws {
        let server = try await RedisServerProcess.start()
        let node = RedisNode(server.configuration)
        _ = try await node.send(RedisCommand("RPUSH", "l", "x"))
        guard case .connection(let connection) = await node.exclusive.acquire(until: .never) else {
            Issue.record("there is no connection")
            return
        }
        let request = UnblockableRequest(
            RedisCommand("BLPOP", "l", "60"), on: connection, of: node, deadline: .now,
            patience: .seconds(60))
        guard case .failed(.timedOut, mayHaveBeenApplied: false) = await request.run() else {
            Issue.record("it was sent")
            return
        }
        #expect(try await node.send(RedisCommand("LLEN", "l")) == .integer(1))
        await node.close()
    }

    @Test("a wait is called off on the link that it is on, and not on an earlier one")
    func replacedLink() async throws {
        let world = try await RedisWorld()
        defer { world.keep() }
        for _ in 0..<3 {
            let waiter = Task {
                try await world.store.listPop(
                    fromFirstOf: ["l"], .first, waitingUpTo: .seconds(600))
            }
            try await world.waitForBlocked(1)
            waiter.cancel()
            let error = try await expectError(.cancelled) { _ = try await waiter.value }
            #expect(!error.mayHaveBeenApplied, "\(error)")
            let node = world.store.core.node
            guard case .connection(let connection) = await node.exclusive.acquire(until: .never)
            else {
                Issue.record("there is no connection")
                return
            }
            _ = try world.server.command("CLIENT", "KILL", "TYPE", "normal")
            try await world.wait { _ in connection.state.withLock { $0.link != .ready } }
            node.exclusive.release(connection)
        }
    }

    @Test("nothing is lost when waits are cancelled while values come")
    func nothingLost() async throws {
        let world = try await RedisWorld()
        defer { world.keep() }
        let store = world.store
        var taken = 0
        let rounds = 200
        for round in 0..<rounds {
            let waiter = Task {
                try await store.listPop(fromFirstOf: ["l"], .first, waitingUpTo: .seconds(600))
            }
            try await store.timeout(.seconds(30)).ping()
            async let pushing = store.listPush("l", [ByteString("\(round)")])
            waiter.cancel()
            _ = try await pushing
            switch await waiter.result {
            case .success(let element): taken += element == nil ? 0 : 1
            case .failure(let error as StorageError):
                #expect(error.code == .cancelled && !error.mayHaveBeenApplied, "\(error)")
            case .failure(let error): throw error
            }
        }
        let left = try await store.listCount("l")
        #expect(taken + left == rounds)
    }

    @Test("a server that hangs does not hold a cancelled wait for ever, which is then in doubt")
    func hanging() async throws {
        let world = try await RedisWorld()
        defer { world.keep() }
        let store = world.store.timeout(.milliseconds(100))
        let waiter = Task {
            try await store.listPop(fromFirstOf: ["l"], .first, waitingUpTo: .seconds(600))
        }
        try await world.waitForBlocked(1)
        world.server.stop()
        waiter.cancel()
        let error = try await expectError(.cancelled) { _ = try await waiter.value }
        #expect(error.mayHaveBeenApplied)
        world.server.resume()
        try await world.waitForBlocked(0)
    }

    @Test("a user who may not end waits loses the connection instead")
    func forbidden() async throws {
        var options = RedisServerOptions()
        options.users = ["worker on >p ~* +@all -client|unblock"]
        let world = try await RedisWorld(options)
        defer { world.keep() }
        let store = try RedisStore(url: "redis://worker:p@127.0.0.1:\(world.server.port)")
        let waiter = Task {
            try await store.listPop(fromFirstOf: ["l"], .first, waitingUpTo: .seconds(600))
        }
        try await world.waitForBlocked(1)
        waiter.cancel()
        let error = try await expectError(.cancelled) { _ = try await waiter.value }
        #expect(error.mayHaveBeenApplied)
        try await world.waitForBlocked(0)
    }

    @Test("no time, too much time and no keys are refused")
    func arguments() async throws {
        let store = try RedisStore(url: "redis://127.0.0.1:1")
        try await expectError(.invalidArgument) {
            _ = try await store.listPop(fromFirstOf: ["l"], .first, waitingUpTo: .zero)
        }
        try await expectError(.limitExceeded) {
            _ = try await store.listPop(
                fromFirstOf: ["l"], .first, waitingUpTo: .seconds(Int64.max))
        }
        let error = try await expectError(.invalidArgument) {
            _ = try await store.listPop(fromFirstOf: [], .first, waitingUpTo: .seconds(1))
        }
        #expect(error.operation == "listPop")
    }
}
