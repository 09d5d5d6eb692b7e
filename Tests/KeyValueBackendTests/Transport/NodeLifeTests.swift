import StorageKit
import TestSupport
import Testing

@testable import KeyValueBackend

@Suite(
    "The beginning and the end of a node",
    .enabled(if: TestServer.redis.isExpected, TestServer.remedy))
struct NodeLifeTests {
    @Test("nothing is opened before the first command, and a close finds nothing to do")
    func laziness() async throws {
        let loop = EventLoop()
        let node = RedisNode(RedisConfiguration(port: 1), on: loop)
        #expect(!loop.isRunning)
        await node.close()
        #expect(!loop.isRunning)
    }

    @Test("close finishes what was accepted, refuses what comes, and ends the thread")
    func close() async throws {
        let server = try await RedisServerProcess.start()
        let loop = EventLoop()
        let node = RedisNode(server.configuration, on: loop)
        _ = try await node.send(RedisCommand("PING"))
        server.stop()
        let accepted = (0..<10).map { number in
            Task { try await node.send(RedisCommand("ECHO", "\(number)")) }
        }
        try await server.waitForRequests(node, count: 10)
        let closing = Task { await node.close() }
        server.resume()
        await closing.value
        for (number, task) in accepted.enumerated() {
            let reply = try await task.value
            #expect(reply == .string("\(number)"))
        }
        let error = await storageError { _ = try await node.send(RedisCommand("PING")) }
        #expect(error?.code == .invalidState && error?.mayHaveBeenApplied == false)
        await node.close()
        await loop.waitForEnd()
    }

    @Test("the last reference takes the thread and the connections with it")
    func lastReference() async throws {
        let server = try await RedisServerProcess.start()
        let loop = EventLoop()
        do {
            let node = RedisNode(server.configuration, on: loop)
            _ = try await node.send(RedisCommand("PING"))
            _ = try await node.sendAlone(RedisCommand("PING"))
            let push = node.openPushConnection()
            let event = await push.next()
            guard case .established = event else {
                Issue.record("\(String(describing: event))")
                return
            }
            #expect(loop.isRunning)
        }
        await loop.waitForEnd()
        // The server sees the ends of the connections; ours for control is one.
        while try server.info("clients")["connected_clients"] != "1" { await Task.yield() }
    }
}

@Suite("Blocking commands", .enabled(if: TestServer.redis.isExpected, TestServer.remedy))
struct BlockingCommandTests {
    @Test("one that waits does not keep others from being answered")
    func apart() async throws {
        let server = try await RedisServerProcess.start()
        let node = RedisNode(server.configuration)
        let pop = Task { try await node.pop() }
        try await server.waitForBlocked(1)
        _ = try await node.send(RedisCommand("RPUSH", "list", "a"))
        let popped = try await pop.value
        #expect(popped == .array([.string("list"), .string("a")]))
        await node.close()
    }

    @Test("no more connections than allowed; who waits for one is served, cancelled or timed out")
    func bounded() async throws {
        let server = try await RedisServerProcess.start()
        var configuration = server.configuration
        configuration.maximumBlockingConnections = 2
        let node = RedisNode(configuration)
        let pops = (0..<2).map { _ in
            Task { try await node.pop() }
        }
        try await server.waitForBlocked(2)
        let late = await storageError {
            _ = try await node.pop(within: .milliseconds(20))
        }
        #expect(late?.code == .timedOut && late?.mayHaveBeenApplied == false)
        let cancelled = Task { try await node.pop() }
        cancelled.cancel()
        let error = await storageError { _ = try await cancelled.value }
        #expect(error?.code == .cancelled)
        let third = Task { try await node.pop() }
        for value in ["a", "b", "c"] {
            _ = try await node.send(RedisCommand("RPUSH", "list", ByteString(value)))
        }
        for pop in pops + [third] { _ = try await pop.value }
        await node.close()
    }

    @Test("a cancelled one takes no element that comes later")
    func cancelled() async throws {
        let server = try await RedisServerProcess.start()
        let node = RedisNode(server.configuration)
        let pop = Task { try await node.pop() }
        try await server.waitForBlocked(1)
        pop.cancel()
        let error = await storageError { _ = try await pop.value }
        #expect(error?.code == .cancelled && error?.mayHaveBeenApplied == false)
        try await server.waitForBlocked(0)
        _ = try await node.send(RedisCommand("RPUSH", "list", "a"))
        let length = try await node.send(RedisCommand("LLEN", "list"))
        #expect(length == .integer(1))
        let again = try await node.pop()
        #expect(again == .array([.string("list"), .string("a")]))
        await node.close()
    }

    @Test("one whose time is up ends, and its connection with it")
    func deadline() async throws {
        let server = try await RedisServerProcess.start()
        let node = RedisNode(server.configuration)
        let error = await storageError {
            _ = try await node.pop(within: .milliseconds(50))
        }
        #expect(error?.code == .timedOut)
        try await server.waitForBlocked(0)
        await node.close()
    }

    @Test("closing the node ends those that wait")
    func close() async throws {
        let server = try await RedisServerProcess.start()
        let node = RedisNode(server.configuration)
        let pop = Task { try await node.pop() }
        try await server.waitForBlocked(1)
        await node.close()
        let error = await storageError { _ = try await pop.value }
        #expect(error?.code == .invalidState)
    }
}

@Suite("Push connections", .enabled(if: TestServer.redis.isExpected, TestServer.remedy))
struct PushConnectionTests {
    @Test("messages come in their order, also after a lost link that is told of")
    func messages() async throws {
        let server = try await RedisServerProcess.start()
        let proxy = try TCPProxy(to: server.port)
        let node = RedisNode(RedisConfiguration(port: Int(proxy.port)))
        let push = node.openPushConnection()
        for round in 0..<3 {
            try await push.expectEstablished()
            #expect(push.post(RedisCommand("SUBSCRIBE", "news")))
            let answer = await push.next()
            guard case .reply(.array(let parts)) = answer else {
                Issue.record("\(String(describing: answer))")
                return
            }
            #expect(parts == [.string("subscribe"), .string("news"), .integer(1)])
            for number in 0..<100 { try server.command("PUBLISH", "news", "\(round):\(number)") }
            for number in 0..<100 {
                let event = await push.next()
                guard case .reply(.array(let parts)) = event else {
                    Issue.record("\(String(describing: event))")
                    return
                }
                #expect(parts.last == .string("\(round):\(number)"))
            }
            proxy.cut(.resetting)
            let loss = await push.next()
            guard case .lost(let error) = loss else {
                Issue.record("\(String(describing: loss))")
                return
            }
            #expect(error.code == .unavailable)
        }
        await push.close()
        await node.close()
    }

    @Test("who does not take events stops the reading, and loses nothing by it")
    func backPressure() async throws {
        let server = try await RedisServerProcess.start()
        let node = RedisNode(server.configuration)
        let push = node.openPushConnection()
        try await push.expectEstablished()
        push.post(RedisCommand("SUBSCRIBE", "news"))
        _ = await push.next()
        let count = 20_000
        let messages = (0..<count).map { RedisCommand("PUBLISH", "news", "\($0)") }
        _ = try await node.send(messages, timeout: .seconds(60))
        for number in 0..<count {
            guard case .reply(.array(let parts)) = await push.next() else {
                Issue.record("no message \(number)")
                return
            }
            guard parts.last == .string("\(number)") else {
                Issue.record("message \(number) is \(parts)")
                return
            }
        }
        await push.close()
        await node.close()
    }

    @Test("a cancelled or closed wait ends without an event")
    func ends() async throws {
        let server = try await RedisServerProcess.start()
        let node = RedisNode(server.configuration)
        let push = node.openPushConnection()
        try await push.expectEstablished()
        let waiting = Task { await push.next() == nil }
        waiting.cancel()
        #expect(await waiting.value)
        await push.close()
        #expect(await push.next() == nil)
        #expect(!push.post(RedisCommand("PING")))
        await node.close()
    }
}

extension RedisPushConnection {
    /// Takes events until a link is ready.
    fileprivate func expectEstablished() async throws {
        while let event = await next() {
            if case .established = event { return }
        }
        throw TestFailure("the connection was closed")
    }
}

extension EventLoop {
    /// Returns when its thread has ended; the test's time limit is the bound.
    fileprivate func waitForEnd() async {
        while isRunning { await Task.yield() }
    }
}

extension RedisNode {
    /// Takes an element of `list`, on a connection of its own.
    fileprivate func pop(
        within time: Duration = .seconds(300)
    ) async throws(StorageError) -> RedisReply {
        try await sendAlone(RedisCommand("BLPOP", "list", "0"), within: time)
    }
}

extension RedisServerProcess {
    /// Returns when so many clients are blocked.
    fileprivate func waitForBlocked(_ count: Int) async throws {
        while try info("clients")["blocked_clients"] != "\(count)" { await Task.yield() }
    }

    /// Returns when so many requests of the node are under way.
    fileprivate func waitForRequests(_ node: RedisNode, count: Int) async throws {
        while node.requestsUnderWay < count { await Task.yield() }
    }
}
