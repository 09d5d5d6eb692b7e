internal import StorageKit

/// A script in Lua that the server runs as one step that nobody else's commands divide.
///
/// ```swift
/// let limiter = RedisScript(
///     """
///     local count = redis.call('INCR', KEYS[1])
///     if count == 1 then redis.call('PEXPIRE', KEYS[1], ARGV[1]) end
///     return count
///     """)
/// let count = try await store.run(limiter, keys: ["limit:ana"], arguments: ["60000"])
/// ```
///
/// Name every key in `keys` and none in the text: a cluster finds the server by them. Values belong
/// in `arguments`; a text that is made anew for each call fills the server's memory with scripts.
///
/// A script is known to the server by the SHA-1 of its text, so only that is sent. A server that
/// does not know it, because it has restarted or `SCRIPT FLUSH` was called, is sent the text: one
/// more round trip, once.
///
/// Make one and keep it: the hash is calculated when it is made.
public struct RedisScript: Sendable {
    /// The text.
    public let source: String
    /// Whether it may only read.
    ///
    /// The server then refuses it every write, and the call is repeated when the connection is
    /// lost. Needs Redis 7.0.
    public let isReadOnly: Bool

    private let text: ByteString
    /// How the server calls it; `nil` where this machine's rules of cryptography forbid SHA-1, and
    /// the text is sent each time.
    private let digest: ByteString?

    /// Creates a script.
    ///
    /// - Parameters:
    ///   - source: Lua. The server compiles it when it first meets it.
    ///   - isReadOnly: Whether it may only read.
    public init(_ source: String, isReadOnly: Bool = false) {
        self.source = source
        self.isReadOnly = isReadOnly
        text = ByteString(source)
        digest = ScriptDigest.sha1(of: text).map(ByteString.init)
    }

    /// Writes a value, and perhaps an expiry, if the key holds what is expected: no command does.
    static let compareAndSet = RedisScript(
        """
        if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
        redis.call('SET', KEYS[1], unpack(ARGV, 2))
        return 1
        """)

    /// Deletes a key if it holds what is expected.
    static let compareAndDelete = RedisScript(
        """
        if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
        return redis.call('UNLINK', KEYS[1])
        """)
}

extension RedisScript {
    /// The words that run it by its text: these always work.
    func evaluation(keys: [ByteString], arguments: [ByteString]) -> [ByteString] {
        let name = isReadOnly ? RedisWord.evalReadOnly : RedisWord.eval
        return [name, text, RedisNumber.text(keys.count)] + keys + arguments
    }

    /// The words that run it by its hash, for a server that knows it.
    func shortEvaluation(keys: [ByteString], arguments: [ByteString]) -> [ByteString]? {
        guard let digest else { return nil }
        let name = isReadOnly ? RedisWord.evalshaReadOnly : RedisWord.evalsha
        return [name, digest, RedisNumber.text(keys.count)] + keys + arguments
    }

    var effect: RedisCommand.Effect { isReadOnly ? .reads : .changes }
}
