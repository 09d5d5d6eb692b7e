import KeyValueBackend
import StorageKit
import TestSupport
import Testing

@Suite(
    "Connections cut inside answers",
    .enabled(if: TestServer.redis.isExpected, TestServer.remedy), .timeLimit(.minutes(5)))
struct RedisCutAnswerTests {
    static let endings: [TCPProxy.Ending] = [.closing, .resetting]

    /// Cuts after every number of bytes of the answer, its end included.
    ///
    /// - Parameter answer: What the server sends, of which only the length matters.
    static func everywhere(
        _ answer: String, _ world: FaultWorld, _ ending: TCPProxy.Ending,
        _ check: (_ isWhole: Bool) async throws -> Void
    ) async throws {
        let count = answer.utf8.count
        for bytes in 0...count {
            // A connection that has answered, so that the bytes counted are of the next answer.
            try await world.store.ping()
            let accepted = world.proxy.counts.accepted
            world.proxy.cut(ending, after: bytes, .fromServer)
            try await check(bytes == count)
            try await world.store.ping()
            #expect(world.proxy.counts.accepted == accepted + 1, "after \(bytes) bytes")
            #expect(world.proxy.counts.open == 1)
        }
    }

    @Test(
        "a read is repeated within its deadline and succeeds, wherever it is cut",
        arguments: endings)
    func get(ending: TCPProxy.Ending) async throws {
        let world = try await FaultWorld()
        defer { world.keep() }
        try await world.store.set("k", to: "0123456789")
        try await Self.everywhere("$10\r\n0123456789\r\n", world, ending) { _ in
            let value = try await world.store.get("k")
            #expect(value == "0123456789")
        }
    }

    @Test("so is one of many keys, with its nulls", arguments: endings)
    func getMany(ending: TCPProxy.Ending) async throws {
        let world = try await FaultWorld()
        defer { world.keep() }
        try await world.store.set("a", to: "1")
        try await world.store.set("c", to: "\r\n$")
        try await Self.everywhere("*3\r\n$1\r\n1\r\n$-1\r\n$3\r\n\r\n$\r\n", world, ending) { _ in
            let values = try await world.store.get(["a", "b", "c"])
            #expect(values == ["1", nil, "\r\n$"])
        }
    }

    @Test("so is a write that does no harm when it is done twice", arguments: endings)
    func set(ending: TCPProxy.Ending) async throws {
        let world = try await FaultWorld()
        defer { world.keep() }
        var number = 0
        try await Self.everywhere("+OK\r\n", world, ending) { _ in
            number += 1
            try await world.store.set("k", to: ByteString("\(number)"))
            #expect(try world.server.command("GET", "k") == .string("\(number)"))
        }
    }

    @Test("an increment is not repeated, and says that it may have been done", arguments: endings)
    func increment(ending: TCPProxy.Ending) async throws {
        let world = try await FaultWorld()
        defer { world.keep() }
        var number = 0
        try await Self.everywhere(":1\r\n", world, ending) { isWhole in
            number += 1
            if isWhole {
                let answer = try await world.store.increment("n")
                #expect(answer == Int64(number))
            } else {
                let error = try await expectError(.unavailable) {
                    try await world.store.increment("n")
                }
                #expect(
                    error.mayHaveBeenApplied && error.isRetryable && error.operation == "increment")
            }
            #expect(try world.server.command("GET", "n") == .string("\(number)"))
        }
        #expect(try world.server.callCount(of: "incrby") == number)
    }

    @Test("a batch in one step is done once or not at all, and not repeated", arguments: endings)
    func atomically(ending: TCPProxy.Ending) async throws {
        let world = try await FaultWorld()
        defer { world.keep() }
        let answer = "+OK\r\n+QUEUED\r\n+QUEUED\r\n*2\r\n:1\r\n:1\r\n"
        var number = 0
        try await Self.everywhere(answer, world, ending) { isWhole in
            try world.server.command("DEL", "a", "b")
            number += 1
            let batch: () async throws -> Void = {
                _ = try await world.store.atomically { ($0.increment("a"), $0.increment("b")) }
            }
            if isWhole {
                try await batch()
            } else {
                let error = try await expectError(.unavailable) { try await batch() }
                #expect(error.mayHaveBeenApplied)
            }
            #expect(
                try world.server.command("MGET", "a", "b") == .array([.string("1"), .string("1")]))
        }
        #expect(try world.server.callCount(of: "exec") == number)
    }

    @Test("a pipeline is repeated as a whole or not at all", arguments: endings)
    func pipeline(ending: TCPProxy.Ending) async throws {
        let world = try await FaultWorld()
        defer { world.keep() }
        try await Self.everywhere("+OK\r\n$1\r\nv\r\n:1\r\n", world, ending) { _ in
            let results = try await world.store.pipeline {
                ($0.set("k", to: "v"), $0.get("k"), $0.exists("k"))
            }
            let values = (try results.1.get(), try results.2.get())
            #expect(values == ("v", true))
        }
        try await Self.everywhere("+OK\r\n:1\r\n$1\r\nv\r\n", world, ending) { isWhole in
            try world.server.command("DEL", "n")
            do throws(StorageError) {
                let results = try await world.store.pipeline {
                    ($0.set("k", to: "v"), $0.increment("n"), $0.get("k"))
                }
                _ = try results.1.get()
                #expect(isWhole)
            } catch {
                #expect(error.mayHaveBeenApplied && !isWhole)
            }
            #expect(try world.server.command("GET", "n") == .string("1"))
        }
    }

    @Test("calls in a row: those answered before the cut are done, reads behind it are repeated")
    func between() async throws {
        let world = try await FaultWorld()
        defer { world.keep() }
        for number in 0..<8 { try await world.store.set(key(number), to: key(number)) }
        // A request has 21 bytes, an answer 8: `$2`, its two bytes, and the ends of both lines.
        for bytes in 0...64 {
            try await world.store.ping()
            world.proxy.hold(.fromClient)
            let sent = world.proxy.counts.fromClient.received
            let calls = (0..<8).map { number in Task { try await world.store.get(key(number)) } }
            try await world.proxy.counts { $0.fromClient.received == sent + 8 * 21 }
            world.proxy.cut(.resetting, after: bytes, .fromServer)
            world.proxy.pass([.fromClient])
            for (number, call) in calls.enumerated() {
                let value = try await call.value
                #expect(value == key(number))
            }
        }
        @Sendable func key(_ number: Int) -> ByteString { ByteString("k\(number)") }
    }

    @Test("a request cut on its way is not applied; only the whole of it may have been")
    func request() async throws {
        let world = try await FaultWorld()
        defer { world.keep() }
        let request = "*3\r\n$6\r\nINCRBY\r\n$1\r\nn\r\n$1\r\n1\r\n"
        for bytes in 0..<request.utf8.count {
            try await world.store.ping()
            world.proxy.cut(.resetting, after: bytes, .fromClient)
            let error = try await expectError(.unavailable) { try await world.store.increment("n") }
            // The system took all of it, so the client cannot know.
            #expect(error.mayHaveBeenApplied)
            #expect(try world.server.command("GET", "n") == .string(nil))
        }
    }
}
