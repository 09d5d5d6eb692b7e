import KeyValueBackend
import StorageKit
import TestSupport
import Testing

@Suite(
    "Something else on the server's port",
    .enabled(if: TestServer.redis.isExpected, TestServer.remedy), .timeLimit(.minutes(5)))
struct RedisWrongServerTests {
    struct Answer: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let bytes: [UInt8]
        var then = ScriptedServer.Afterwards.closes
    }

    static let answers = [
        Answer(
            testDescription: "a web server",
            bytes: Array("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n".utf8)),
        Answer(
            testDescription: "a mail server that waits",
            bytes: Array("220 mail.example ESMTP\r\n".utf8), then: .stays),
        Answer(testDescription: "noise", bytes: (0..<4096).map { UInt8($0 * 37 & 255) }),
        Answer(
            testDescription: "zeros without end", bytes: Array(repeating: 0, count: 1 << 16),
            then: .repeats),
        Answer(
            testDescription: "a length beyond all numbers",
            bytes: Array("$99999999999999999999999\r\n".utf8), then: .stays),
        Answer(testDescription: "a negative length", bytes: Array("*-7\r\n".utf8), then: .stays),
        Answer(
            testDescription: "arrays in arrays without end", bytes: Array("*1\r\n".utf8),
            then: .repeats),
        Answer(
            testDescription: "answers without end", bytes: Array(":1\r\n".utf8), then: .repeats),
    ]

    @Test("is an error that says so, at once, and no reason to try without end", arguments: answers)
    func answer(answer: Answer) async throws {
        let server = try ScriptedServer(saying: answer.bytes, then: answer.then)
        defer { server.stop() }
        let store = try RedisStore(url: "redis://127.0.0.1:\(server.port)", configuration: .patient)
        // An answer that looks like one of Redis's may be taken for one.
        for _ in 0..<3 {
            do {
                try await store.set("k", to: "v")
                Issue.record("the write succeeded")
            } catch {
                #expect([.corrupted, .unavailable].contains(error.code), "\(error)")
                #expect(error.code != .timedOut)
            }
        }
        #expect(server.accepted <= 12)
        await store.close()
    }

    @Test("a line without end does not fill the memory")
    func endlessLine() async throws {
        for first in ["+", "-", ":", "$", "*"] {
            let server = try ScriptedServer(
                saying: Array((first + String(repeating: "1", count: 1 << 16)).utf8), then: .repeats
            )
            defer { server.stop() }
            let store = try RedisStore(
                url: "redis://127.0.0.1:\(server.port)",
                configuration: .patient.with { $0.retries = .atMost(0) })
            let error = try await expectError(.corrupted) { try await store.increment("n") }
            #expect(error.mayHaveBeenApplied)
            // What the sockets hold included.
            #expect(server.sentBytes < 32 << 20)
            await store.close()
        }
    }

    @Test("a server that hangs up on everybody is unavailable")
    func hangsUp() async throws {
        let server = try ScriptedServer(saying: [], then: .closes)
        defer { server.stop() }
        let store = try RedisStore(
            url: "redis://127.0.0.1:\(server.port)",
            configuration: .patient.with { $0.retries = .atMost(3) })
        let error = try await expectError(.unavailable) { _ = try await store.get("k") }
        #expect(!error.mayHaveBeenApplied && error.isRetryable)
        #expect(server.accepted == 4)
    }
}
