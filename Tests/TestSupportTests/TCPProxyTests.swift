import TestSupport
import Testing

@Suite(
    "A proxy in front of a real server",
    .enabled(if: TestServer.redis.isExpected, TestServer.remedy))
struct TCPProxyTests {
    private let server: RedisServerProcess
    private let proxy: TCPProxy

    init() async throws {
        server = try await .start()
        proxy = try TCPProxy(to: server.port)
    }

    /// `$5\r\nhello\r\n`: eleven bytes.
    private let echo = RedisConversation.encode(["ECHO", "hello"])
    private let reply = Array("$5\r\nhello\r\n".utf8)

    @Test("passes everything on, both ways, and counts it")
    func transparent() async throws {
        let conversation = RedisConversation(over: try PlainSocket(port: proxy.port))
        let value = String(repeating: "x", count: 5_000_000)
        #expect(try conversation.command(["SET", "k", value]) == .status("OK"))
        #expect(try conversation.command(["GET", "k"]) == .string(value))
        let counts = proxy.counts
        #expect(counts.accepted == 1 && counts.open == 1)
        #expect(counts.fromClient.passed == counts.fromClient.received)
        #expect(counts.fromServer.passed == "+OK\r\n$5000000\r\n\r\n".utf8.count + 5_000_000)
    }

    @Test(
        "cuts after so many bytes of the answer, in order or with a reset", arguments: [1, 7, 11])
    func cutInsideAnAnswer(bytes: Int) async throws {
        for (ending, expected) in [
            (TCPProxy.Ending.closing, PlainSocket.Ending.closed), (.resetting, .reset),
        ] {
            let socket = try PlainSocket(port: proxy.port)
            proxy.cut(ending, after: bytes, .fromServer)
            try socket.write(echo)
            let (read, end) = try socket.readToEnd()
            #expect(read == Array(reply[..<bytes]))
            #expect(end == expected)
        }
        // The limit is used up: the next connection works.
        let socket = try PlainSocket(port: proxy.port)
        try socket.write(echo)
        #expect(try socket.read(reply.count) == reply)
    }

    @Test("cuts before the first byte of the answer, when the server has done its work")
    func cutBeforeTheAnswer() async throws {
        let socket = try PlainSocket(port: proxy.port)
        proxy.cut(.resetting, after: 0, .fromServer)
        try socket.write(RedisConversation.encode(["SET", "k", "1"]))
        let (read, end) = try socket.readToEnd()
        #expect(read.isEmpty && end == .reset)
        #expect(try server.command("GET", "k") == .string("1"))
    }

    @Test("cuts inside a request, which the server then never executes")
    func cutInsideARequest() async throws {
        let socket = try PlainSocket(port: proxy.port)
        proxy.cut(.closing, after: 12, .fromClient)
        try socket.write(RedisConversation.encode(["SET", "k", "1"]))
        #expect(try socket.readToEnd().ending == .closed)
        #expect(try server.command("EXISTS", "k") == .integer(0))
    }

    @Test("cuts what is open at once, all or one, and nothing that comes later")
    func cutNow() async throws {
        let sockets = try (0..<3).map { _ in try PlainSocket(port: proxy.port) }
        proxy.cut(.resetting, connection: 2)
        #expect(try sockets[1].readToEnd().ending == .reset)
        try sockets[0].write(echo)
        #expect(try sockets[0].read(reply.count) == reply)
        proxy.cut(.closing)
        #expect(try sockets[0].readToEnd().ending == .closed)
        #expect(try sockets[2].readToEnd().ending == .closed)
        #expect(proxy.counts.open == 0)
        // After the end a client may send as long as it likes and still sees the end, no reset.
        try sockets[0].write(echo)
        #expect(try sockets[0].readToEnd().ending == .closed)
        let next = try PlainSocket(port: proxy.port)
        try next.write(echo)
        #expect(try next.read(reply.count) == reply)
    }

    @Test("refuses connections, keeps those it has, and accepts again at the same port")
    func door() async throws {
        let early = try PlainSocket(port: proxy.port)
        proxy.refuseConnections()
        #expect(throws: TestFailure.self) { try PlainSocket(port: proxy.port) }
        try early.write(echo)
        #expect(try early.read(reply.count) == reply)
        try proxy.acceptConnections()
        let late = try PlainSocket(port: proxy.port)
        try late.write(echo)
        #expect(try late.read(reply.count) == reply)
    }

    @Test(
        "holds an answer until it is released, whole or after its first bytes", arguments: [0, 4])
    func hold(bytes: Int) async throws {
        let socket = try PlainSocket(port: proxy.port)
        proxy.hold(.fromServer, after: bytes)
        try socket.write(echo)
        let held = try await proxy.counts { $0.fromServer.received == 11 }
        #expect(held.fromServer.passed == bytes)
        #expect(try socket.read(bytes) == Array(reply[..<bytes]))
        proxy.pass()
        #expect(try socket.read(reply.count - bytes) == Array(reply[bytes...]))
    }

    @Test("holds the end of the stream as well")
    func holdTheEnd() async throws {
        let socket = try PlainSocket(port: proxy.port)
        try socket.write(echo)
        #expect(try socket.read(reply.count) == reply)
        proxy.hold(.fromServer)
        try socket.write(echo)
        try await proxy.counts { $0.fromServer.received == 22 }
        server.kill()
        #expect(proxy.counts.open == 1)
        proxy.pass()
        #expect(try socket.readToEnd().bytes == reply)
    }

    @Test("swallows requests: the server never hears of them")
    func swallowRequests() async throws {
        let socket = try PlainSocket(port: proxy.port)
        proxy.swallow([.fromClient])
        try socket.write(RedisConversation.encode(["SET", "k", "1"]))
        let counts = try await proxy.counts { $0.fromClient.received > 0 }
        #expect(counts.fromClient.passed == 0)
        #expect(try server.callCount(of: "set") == 0)
        proxy.cut(.resetting)
        #expect(try socket.readToEnd().ending == .reset)
    }

    @Test("swallows answers: the work is done, and nobody is told, not even of the server's death")
    func swallowAnswers() async throws {
        let socket = try PlainSocket(port: proxy.port)
        proxy.swallow([.fromServer])
        try socket.write(RedisConversation.encode(["SET", "k", "1"]))
        try await proxy.counts { $0.fromServer.received == 5 }
        #expect(try server.command("GET", "k") == .string("1"))
        server.kill()
        try socket.write(echo)
        try await proxy.counts { $0.fromClient.received > 40 }
        #expect(proxy.counts.open == 1)
        #expect(proxy.counts.fromServer.passed == 0)
    }

    @Test("passes on that the server is gone")
    func deadServer() async throws {
        let socket = try PlainSocket(port: proxy.port)
        try socket.write(echo)
        #expect(try socket.read(reply.count) == reply)
        server.kill()
        #expect(try socket.readToEnd().bytes.isEmpty)
        // Nobody listens there now: the client is accepted, then reset.
        let next = try PlainSocket(port: proxy.port)
        #expect(try next.readToEnd().ending == .reset)
        try await server.restart()
        let last = try PlainSocket(port: proxy.port)
        try last.write(echo)
        #expect(try last.read(reply.count) == reply)
    }

    @Test("forgets a connection when the client has gone, and tells the server")
    func clientGoes() async throws {
        var socket: PlainSocket? = try PlainSocket(port: proxy.port)
        try socket?.write(echo)
        _ = try socket?.read(reply.count)
        socket = nil
        try await proxy.counts { $0.open == 0 }
    }

    @Test("relays many connections at a time, each its own bytes")
    func many() async throws {
        let port = proxy.port
        let sockets = try (0..<64).map { _ in try PlainSocket(port: port) }
        for (number, socket) in sockets.enumerated() {
            try socket.write(RedisConversation.encode(["ECHO", "\(100 + number)"]))
        }
        for (number, socket) in sockets.enumerated() {
            #expect(try socket.read(9) == Array("$3\r\n\(100 + number)\r\n".utf8))
        }
        #expect(proxy.counts.open == 64)
    }

    @Test("stopped, it has ended every connection, and calls do nothing")
    func stop() async throws {
        let socket = try PlainSocket(port: proxy.port)
        try socket.write(echo)
        #expect(try socket.read(reply.count) == reply)
        proxy.stop()
        #expect(try socket.readToEnd().bytes.isEmpty)
        #expect(throws: TestFailure.self) { try PlainSocket(port: proxy.port) }
        proxy.cut(.closing)
        proxy.stop()
        #expect(proxy.counts == ProxyCounts())
        await #expect(throws: TestFailure.self) { try await proxy.counts { $0.open == 1 } }
    }
}
