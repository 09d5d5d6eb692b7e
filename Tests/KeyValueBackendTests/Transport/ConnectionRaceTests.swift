import StorageKit
import Synchronization
import TestSupport
import Testing

@testable import KeyValueBackend

/// Orders of events that are rare, brought about on purpose.
@Suite("Races of a connection", .timeLimit(.minutes(5)))
struct ConnectionRaceTests {
    @Test("a writer that comes late sends nothing before the new link is greeted")
    func lateWriter() async throws {
        let server = try ScriptedServer(saying: [], then: .stays)
        var configuration = RedisConfiguration(port: Int(server.port))
        configuration.password = "p"
        let connection = RedisConnection(ConnectionSettings(configuration), on: EventLoop())
        let call = Task {
            await connection.send(
                RedisCommand("INCR", "n").wire, effect: .changes, isBatch: false, deadline: .never)
        }
        while connection.output.withLock({ $0.channel == nil || !$0.buffer.isEmpty }) {
            await Task.yield()
        }
        // It was told to write on an earlier link, and only now comes to it.
        connection.writeInPlace()
        #expect(connection.state.withLock { $0.queue.outstanding } == 0)
        call.cancel()
        guard case .failed(.cancelled, let mayHaveBeenApplied) = await call.value else {
            Issue.record("it was not cancelled")
            return
        }
        #expect(!mayHaveBeenApplied)
        await connection.abandonAndWait()
    }

    @Test("links that break as soon as they are greeted are made anew with back-off")
    func brokenAfterGreeting() async throws {
        let server = try ScriptedServer(saying: Array("+OK\r\n".utf8), then: .closes)
        var configuration = RedisConfiguration(port: Int(server.port))
        configuration.password = "p"
        let node = RedisNode(configuration)
        let error = await storageError {
            _ = try await node.send(
                RedisCommand("GET", "k", effect: .reads), timeout: .milliseconds(500))
        }
        #expect(error != nil)
        // With back-off it is less than ten, without it thousands.
        #expect(server.accepted < 50)
        await node.close()
    }

    @Test("who waits for an exclusive connection is timed out also when no thread runs yet")
    func waitWithoutThread() async throws {
        var configuration = RedisConfiguration(port: 1)
        configuration.maximumBlockingConnections = 1
        let connections = ExclusiveConnections(configuration, on: EventLoop())
        guard case .connection = await connections.acquire(until: .never) else {
            Issue.record("the first one was refused")
            return
        }
        let second = await connections.acquire(until: .now + .milliseconds(20))
        guard case .refused(.noneFree) = second else {
            Issue.record("\(second)")
            return
        }
        await connections.close()
    }

    @Test("to abandon a connection that was closed starts no thread")
    func abandonClosed() async throws {
        let loop = EventLoop()
        let connection = RedisConnection(
            ConnectionSettings(RedisConfiguration(port: 1)), on: loop)
        connection.open()
        await connection.abandonAndWait()
        while loop.isRunning { await Task.yield() }
        connection.abandon()
        #expect(!loop.isRunning)
    }
}

@Suite(
    "Abandoned blocking commands", .enabled(if: TestServer.redis.isExpected, TestServer.remedy),
    .timeLimit(.minutes(5)))
struct AbandonedBlockingTests {
    @Test("who gets the connection next does not suffer for who was cancelled on it")
    func next() async throws {
        let server = try await RedisServerProcess.start()
        var configuration = server.configuration
        configuration.maximumBlockingConnections = 1
        let node = RedisNode(configuration)
        for round in 1...100 {
            let pop = Task {
                try await node.sendAlone(RedisCommand("BLPOP", "list", "0"))
            }
            while try server.info("clients")["blocked_clients"] != "1" { await Task.yield() }
            pop.cancel()
            _ = await pop.result
            let reply = try await node.sendAlone(RedisCommand("INCR", "n"))
            #expect(reply == .integer(Int64(round)))
        }
        await node.close()
    }
}
