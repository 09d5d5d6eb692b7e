import Foundation
import TestSupport
import Testing

@Suite(
    "A Redis server of a test's own",
    .enabled(if: TestServer.redis.isExpected, TestServer.remedy))
struct RedisServerProcessTests {
    @Test("answers at its port, as the process we started")
    func start() async throws {
        let server = try await RedisServerProcess.start()
        let conversation = RedisConversation(over: try PlainSocket(port: server.port))
        #expect(try conversation.command(["SET", "k", "Grüße"]) == .status("OK"))
        #expect(try server.command("GET", "k") == .string("Grüße"))
        #expect(
            try server.command("MGET", "k", "none") == .array([.string("Grüße"), .string(nil)]))
        let processID = try server.info("server")["process_id"]
        #expect(processID == server.processID.map { "\($0)" })
        #expect(server.url == "redis://127.0.0.1:\(server.port)")
    }

    @Test("two at once have ports and data of their own")
    func two() async throws {
        let first = try await RedisServerProcess.start()
        let second = try await RedisServerProcess.start()
        #expect(first.port != second.port)
        try first.command("SET", "k", "1")
        #expect(try second.command("EXISTS", "k") == .integer(0))
    }

    @Test("is gone when nobody holds it, and its folder with it", .timeLimit(.minutes(5)))
    func release() async throws {
        var server: RedisServerProcess? = try await .start()
        let processID = try #require(server?.processID)
        let path = try #require(server?.socketPath)
        server = nil
        // The thread that started it may not have let go of it yet; the folder goes after the
        // process. The time limit is for who waits in vain.
        while kill(processID, 0) == 0 { await Task.yield() }
        #expect(kill(processID, 0) == -1 && errno == ESRCH)
        while FileManager.default.fileExists(atPath: path) { await Task.yield() }
    }

    @Test("killed, it ends every connection and refuses new ones; restarted, it has what is stored")
    func killAndRestart() async throws {
        var options = RedisServerOptions()
        options.isDurable = true
        let server = try await RedisServerProcess.start(options)
        let socket = try PlainSocket(port: server.port)
        let conversation = RedisConversation(over: socket)
        #expect(try conversation.command(["SET", "k", "1"]) == .status("OK"))
        let before = server.processID

        server.kill()
        #expect(!server.isRunning)
        #expect(try socket.readToEnd().bytes.isEmpty)
        #expect(throws: TestFailure.self) { try PlainSocket(port: server.port) }

        try await server.restart()
        #expect(server.processID != before)
        #expect(try server.command("GET", "k") == .string("1"))
        let again = RedisConversation(over: try PlainSocket(port: server.port))
        #expect(try again.command(["PING"]) == .status("PONG"))
    }

    @Test("what is not durable is gone after a restart")
    func notDurable() async throws {
        let server = try await RedisServerProcess.start()
        try server.command("SET", "k", "1")
        try await server.restart()
        #expect(try server.command("GET", "k") == .string(nil))
    }

    @Test("shut down, it ends in order and can be started again")
    func shutdown() async throws {
        let server = try await RedisServerProcess.start()
        try await server.shutdown()
        #expect(!server.isRunning)
        #expect(server.log.contains("bye bye"))
        try await server.restart()
        #expect(try server.command("PING") == .status("PONG"))
    }

    @Test("stopped, it accepts and does not answer; resumed, it answers all it was asked")
    func stopAndResume() async throws {
        let server = try await RedisServerProcess.start()
        server.stop()
        let processID = try #require(server.processID)
        let stat = try String(contentsOfFile: "/proc/\(processID)/stat", encoding: .utf8)
        #expect(stat.contains(") T "))
        #expect(server.isRunning)

        let socket = try PlainSocket(port: server.port)
        try socket.write(RedisConversation.encode(["ECHO", "a"]))
        server.resume()
        #expect(try socket.read(7) == Array("$1\r\na\r\n".utf8))
    }

    @Test("stopped, it can be killed")
    func killStopped() async throws {
        let server = try await RedisServerProcess.start()
        server.stop()
        server.kill()
        #expect(!server.isRunning)
    }

    @Test("asks for the password and knows its users")
    func authentication() async throws {
        var options = RedisServerOptions()
        options.password = "secret"
        options.users = ["reader on >other ~app:* +get"]
        let server = try await RedisServerProcess.start(options)
        #expect(server.url == "redis://:secret@127.0.0.1:\(server.port)")
        let conversation = RedisConversation(over: try PlainSocket(port: server.port))
        func code(_ arguments: String...) throws -> String? {
            guard case .error(let text) = try conversation.command(arguments) else { return nil }
            return text.split(separator: " ").first.map(String.init)
        }
        #expect(try code("GET", "k") == "NOAUTH")
        #expect(try code("AUTH", "wrong") == "WRONGPASS")
        #expect(try code("AUTH", "secret") == nil)
        #expect(try code("SET", "k", "1") == nil)
        #expect(try code("AUTH", "reader", "other") == nil)
        #expect(try code("GET", "k") == "NOPERM")
        #expect(try code("GET", "app:k") == nil)
    }

    @Test("refuses writes beyond its memory, and can still be looked at")
    func memoryLimit() async throws {
        var options = RedisServerOptions()
        options.memoryLimitBytes = 1
        let server = try await RedisServerProcess.start(options)
        guard case .error(let text) = try server.command("SET", "k", "1") else {
            Issue.record("SET was not refused")
            return
        }
        #expect(text.hasPrefix("OOM "))
        #expect(try server.info("memory")["maxmemory"] == "1")
    }

    @Test("is caught loading its data when nobody waits for it")
    func loading() async throws {
        var options = RedisServerOptions()
        options.isDurable = true
        // Loading takes 20 s, and the server looks up every 1024 keys; nobody waits for its end.
        options.lines = ["key-load-delay 200"]
        let server = try await RedisServerProcess.start(options)
        try server.command("EVAL", "for i = 1, 100000 do redis.call('SET', i, i) end", "0")
        try await server.restart(untilLoaded: false)
        guard case .error(let text) = try server.command("GET", "k") else {
            Issue.record("the server has loaded its data already")
            return
        }
        #expect(text.hasPrefix("LOADING "))
    }

    @Test("counts the calls of a command")
    func calls() async throws {
        let server = try await RedisServerProcess.start()
        #expect(try server.callCount(of: "get") == 0)
        for _ in 0..<3 { try server.command("GET", "k") }
        #expect(try server.callCount(of: "get") == 3)
        #expect(try server.callCount(of: "set") == 0)
    }

    @Test("a server that cannot start says why")
    func refusal() async throws {
        var options = RedisServerOptions()
        options.lines = ["no-such-directive 1"]
        let wrong = options
        let error = await #expect(throws: TestFailure.self) {
            try await RedisServerProcess.start(wrong)
        }
        #expect(error?.description.contains("no-such-directive") == true)
    }
}
