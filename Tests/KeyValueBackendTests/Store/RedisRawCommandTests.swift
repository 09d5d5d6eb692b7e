import KeyValueBackend
import StorageKit
import TestSupport
import Testing

@Suite("Raw commands")
struct RedisRawCommandTests {
    static let refused: [[ByteString]] = [
        ["SUBSCRIBE", "c"], ["psubscribe", "c"], ["SSUBSCRIBE", "c"], ["UNSUBSCRIBE"],
        ["PUNSUBSCRIBE"], ["SUNSUBSCRIBE"], ["MULTI"], ["Exec"], ["DISCARD"], ["WATCH", "k"],
        ["UNWATCH"], ["BLPOP", "k", "0"], ["BRPOP", "k", "0"], ["BLMOVE"], ["BRPOPLPUSH"],
        ["BLMPOP"], ["BZPOPMIN"], ["BZPOPMAX"], ["BZMPOP"], ["WAIT", "1", "0"], ["WAITAOF"],
        ["SELECT", "1"], ["AUTH", "x"], ["HELLO", "3"], ["QUIT"], ["RESET"], ["READONLY"],
        ["READWRITE"], ["ASKING"], ["client", "reply", "OFF"], ["CLIENT", "TRACKING", "ON"],
        ["CLIENT", "CACHING", "YES"], ["SCRIPT", "DEBUG", "YES"], ["MONITOR"], ["SYNC"],
        ["PSYNC"], ["REPLCONF"], ["XREAD", "block", "0", "STREAMS", "s", "$"],
    ]

    @Test(
        "what would break the shared connection is refused, with what to use instead",
        arguments: refused)
    func refusal(words: [ByteString]) async throws {
        // Nobody listens there: a command that was let through would not be `unsupported`.
        let store = try RedisStore(url: "redis://127.0.0.1:1").timeout(.milliseconds(200))
        let error = try await expectError(.unsupported) { try await store.rawCommand(words) }
        #expect(error.operation == "rawCommand")
        #expect(error.message.contains(": "))
    }

    @Test("no command, and an empty one, are refused", arguments: [[], [""], ["", "x"]])
    func nothing(words: [ByteString]) async throws {
        let store = try RedisStore(url: "redis://127.0.0.1:1")
        try await expectError(.invalidArgument) { try await store.rawCommand(words) }
    }

    @Test(
        "everything else is the server's, errors within an array stay in it",
        .enabled(if: TestServer.redis.isExpected, TestServer.remedy))
    func replies() async throws {
        let world = try await RedisWorld()
        defer { world.keep() }
        let store = world.store
        #expect(try await store.rawCommand("SETRANGE", "k", "2", "x") == .integer(3))
        #expect(try await store.rawCommand("TYPE", "k") == .status("string"))
        let reply = try await store.rawCommand(
            "EVAL", "return {1, redis.error_reply('MINE it'), false, 'x'}", "0")
        #expect(
            reply
                == .array([
                    .integer(1), .error(RedisServerError("MINE it")), .null, .string("x"),
                ]))
        let half = try await expectError(.wrongType) {
            try await store.rawCommand(
                "EVAL", "redis.call('SET', KEYS[1], 'v') redis.call('LPUSH', KEYS[1], 'x')", "1",
                "half")
        }
        #expect(half.mayHaveBeenApplied)
    }
}
