import StorageKit
import StorageKitTesting
import TestSupport
import Testing

@testable import KeyValueBackend

@Suite("A node on a real server", .enabled(if: TestServer.redis.isExpected, TestServer.remedy))
struct RedisNodeTests {
    private func get(_ key: ByteString) -> RedisCommand { RedisCommand("GET", key, effect: .reads) }

    @Test("stores bytes, also many and none, and reads them back")
    func bytes() async throws {
        let server = try await RedisServerProcess.start()
        let node = RedisNode(server.configuration)
        let large = ByteString((0..<10_000_000).map { UInt8(truncatingIfNeeded: $0 &* 7) })
        let pairs: [(ByteString, ByteString)] = [
            ("empty", ""), ([0, 13, 10], [0, 13, 10, 255]), ("large", large),
        ]
        for (key, value) in pairs {
            let set = try await node.send(RedisCommand("SET", key, value))
            #expect(set == .status("OK"))
            let read = try await node.send(get(key))
            #expect(read == .string(value))
        }
        await node.close()
    }

    @Test("a thousand tasks share one connection and each gets its own reply")
    func manyTasks() async throws {
        let server = try await RedisServerProcess.start()
        let node = RedisNode(server.configuration)
        let wrong = await withTaskGroup(of: Int.self) { group in
            for task in 0..<1000 { group.addTask { await echoes(node, task, count: 30) } }
            return await group.reduce(0, +)
        }
        #expect(wrong == 0)
        #expect(try server.info("stats")["total_connections_received"].flatMap(Int.init) ?? 0 < 20)
        let calls = try server.callCount(of: "echo")
        #expect(calls == 30_000)
        await node.close()
    }

    @Test("an error of the server's is a reply")
    func errors() async throws {
        let server = try await RedisServerProcess.start()
        let node = RedisNode(server.configuration)
        let reply = try await node.send(RedisCommand("NOSUCHCOMMAND"))
        guard case .error(let error) = reply else {
            Issue.record("\(reply)")
            return
        }
        #expect(error.prefix == "ERR")
        await node.close()
    }

    @Test("nothing comes between the commands of a batch")
    func batches() async throws {
        let server = try await RedisServerProcess.start()
        let node = RedisNode(server.configuration)
        let transaction = [
            RedisCommand("MULTI"), RedisCommand("INCR", "n"), RedisCommand("INCR", "n"),
            RedisCommand("EXEC"),
        ]
        let wrong = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<200 {
                group.addTask {
                    let replies = try await node.send(transaction)
                    guard case .array(let results) = replies.last, results.count == 2,
                        case .integer(let first) = results[0]
                    else { return 1 }
                    return results[1] == .integer(first + 1) && first % 2 == 1 ? 0 : 1
                }
            }
            return try await group.reduce(0, +)
        }
        #expect(wrong == 0)
        let none = try await node.send([])
        #expect(none.isEmpty)
        await node.close()
    }

    @Test("cancelled tasks come back at once and their neighbours get their own replies")
    func cancellation() async throws {
        let server = try await RedisServerProcess.start()
        let node = RedisNode(server.configuration)
        for round in 0..<50 {
            let tasks = (0..<40).map { number in
                Task { try await node.send(RedisCommand("ECHO", "\(round):\(number)")) }
            }
            for number in stride(from: 0, to: 40, by: 3) { tasks[number].cancel() }
            for (number, task) in tasks.enumerated() {
                do {
                    let reply = try await task.value
                    #expect(reply == .string("\(round):\(number)"))
                } catch let error as StorageError {
                    #expect(error.code == .cancelled && number % 3 == 0)
                }
            }
        }
        await node.close()
    }

    @Test("a connection that is killed is made anew; a change under way says it may have happened")
    func killed() async throws {
        let server = try await RedisServerProcess.start()
        let proxy = try TCPProxy(to: server.port)
        let node = RedisNode(RedisConfiguration(port: Int(proxy.port)))
        _ = try await node.send(RedisCommand("PING"))
        proxy.hold(.fromServer)
        let change = Task { try await node.send(RedisCommand("INCR", "n")) }
        let read = Task { try await node.send(get("n")) }
        // The reply to the change, 4 bytes, has left the server.
        try await proxy.counts { $0.fromServer.received - $0.fromServer.passed >= 4 }
        proxy.cut(.resetting)
        proxy.pass()
        let error = await storageError { _ = try await change.value }
        #expect(error?.code == .unavailable && error?.mayHaveBeenApplied == true)
        #expect(error?.operation == "INCR")
        let value = try await read.value
        #expect(value == .string("1") || value == .null)
        await node.close()
    }

    @Test("a request waits for a server that is gone, and is sent when it is back")
    func restart() async throws {
        let server = try await RedisServerProcess.start()
        let node = RedisNode(server.configuration)
        _ = try await node.send(RedisCommand("PING"))
        server.kill()
        let waiting = Task { try await node.send(get("key"), timeout: .seconds(60)) }
        try await server.restart()
        let reply = try await waiting.value
        #expect(reply == .null)
        await node.close()
    }

    @Test("without a server a request fails: not applied, retryable, soon when no retry is wanted")
    func noServer() async throws {
        var configuration = RedisConfiguration(port: Int(try LoopbackPort.free()))
        configuration.retries = .atMost(0)
        let node = RedisNode(configuration)
        let error = await storageError { _ = try await node.send(RedisCommand("INCR", "n")) }
        #expect(error?.code == .unavailable && error?.isRetryable == true)
        #expect(error?.mayHaveBeenApplied == false)
        #expect(error?.native?.name == "ECONNREFUSED")
        await node.close()
    }

    @Test("a stopped server costs each request its time, and the connection is replaced")
    func stopped() async throws {
        let server = try await RedisServerProcess.start()
        var configuration = server.configuration
        configuration.operationTimeout = .milliseconds(300)
        let node = RedisNode(configuration)
        let before = try await node.send(RedisCommand("CLIENT", "ID"))
        server.stop()
        let errors = await withTaskGroup(of: StorageError?.self) { group in
            for _ in 0..<20 {
                group.addTask { await storageError { _ = try await node.send(get("key")) } }
            }
            return await group.reduce(into: [StorageError?]()) { $0.append($1) }
        }
        #expect(errors.allSatisfy { $0?.code == .timedOut || $0?.code == .unavailable })
        server.resume()
        let after = try await node.send(RedisCommand("CLIENT", "ID"), timeout: .seconds(30))
        #expect(after != before)
        await node.close()
    }

    @Test("a full queue refuses where that is wanted")
    func full() async throws {
        let server = try await RedisServerProcess.start()
        var configuration = server.configuration
        (configuration.queueLimit, configuration.whenFull) = (3, .fail)
        let node = RedisNode(configuration)
        _ = try await node.send(RedisCommand("PING"))
        server.stop()
        let errors = await withTaskGroup(of: StorageError?.self) { group in
            for _ in 0..<5 {
                group.addTask { await storageError { _ = try await node.send(get("key")) } }
            }
            var errors: [StorageError?] = []
            for await error in group {
                errors.append(error)
                if errors.count == 2 { server.resume() }
            }
            return errors
        }
        #expect(errors.prefix(2).allSatisfy { $0?.code == .resourceExhausted })
        #expect(errors.count { $0 == nil } == 3)
        await node.close()
    }

    @Test("a full queue lets everybody through in the end where waiting is wanted")
    func waiting() async throws {
        let server = try await RedisServerProcess.start()
        var configuration = server.configuration
        configuration.queueLimit = 3
        let node = RedisNode(configuration)
        let wrong = await withTaskGroup(of: Int.self) { group in
            for task in 0..<100 { group.addTask { await echoes(node, task, count: 20) } }
            return await group.reduce(0, +)
        }
        #expect(wrong == 0)
        await node.close()
    }

    @Test("a password, a user, a name and a database are set before the first command")
    func greeting() async throws {
        var options = RedisServerOptions()
        options.users = ["worker on >secret ~* &* +@all"]
        let server = try await RedisServerProcess.start(options)
        var configuration = server.configuration
        (configuration.username, configuration.password) = ("worker", "secret")
        (configuration.clientName, configuration.database) = ("storagekit-test", 3)
        let node = RedisNode(configuration)
        let info = try await node.send(RedisCommand("CLIENT", "INFO"))
        guard case .string(let text) = info, let line = text.string else {
            Issue.record("\(info)")
            return
        }
        #expect(line.contains("name=storagekit-test") && line.contains("db=3"))
        #expect(line.contains("user=worker"))
        await node.close()
    }

    @Test("a wrong password is said at once and not tried until the deadline")
    func wrongPassword() async throws {
        var options = RedisServerOptions()
        options.password = "right"
        let server = try await RedisServerProcess.start(options)
        var configuration = RedisConfiguration(port: Int(server.port))
        configuration.password = "wrong"
        configuration.operationTimeout = .seconds(600)
        let node = RedisNode(configuration)
        let error = await storageError { _ = try await node.send(get("key")) }
        #expect(error?.code == .unauthenticated && error?.native?.name == "WRONGPASS")
        #expect(error?.description.contains("wrong-") == false)
        await node.close()
    }

    @Test("a database that does not exist is an error of the configuration")
    func wrongDatabase() async throws {
        let server = try await RedisServerProcess.start()
        var configuration = server.configuration
        configuration.database = 9999
        let node = RedisNode(configuration)
        let error = await storageError { _ = try await node.send(get("key")) }
        #expect(error?.code == .invalidArgument)
        await node.close()
    }

    @Test("a socket of the file system and a name are addresses too")
    func addresses() async throws {
        let server = try await RedisServerProcess.start()
        var byName = server.configuration
        byName.endpoint = RedisEndpoint(place: .tcp(host: "localhost", port: Int(server.port)))
        for configuration in [RedisConfiguration(unixSocket: server.socketPath), byName] {
            let node = RedisNode(configuration)
            let reply = try await node.send(RedisCommand("PING"))
            #expect(reply == .status("PONG"))
            await node.close()
        }
    }
}

/// How many of the echoes came back wrong.
func echoes(_ node: RedisNode, _ task: Int, count: Int) async -> Int {
    var wrong = 0
    for number in 0..<count {
        let text: ByteString = "\(task):\(number)"
        let reply = try? await node.send(RedisCommand("ECHO", text, effect: .reads))
        if reply != .string(text) { wrong += 1 }
    }
    return wrong
}

/// The error that the body throws, if it is one of ours.
func storageError(_ body: () async throws -> Void) async -> StorageError? {
    do {
        try await body()
        return nil
    } catch { return error as? StorageError }
}

extension RedisServerProcess {
    /// How to reach it.
    var configuration: RedisConfiguration { RedisConfiguration(port: Int(port)) }
}
