public import StorageKit

extension RedisStore {
    /// Runs a script.
    ///
    /// One round trip; one more where the server does not know the script yet.
    ///
    /// - Parameters:
    ///   - script: The script; keep it, for its hash is calculated when it is made.
    ///   - keys: The keys it works on, `KEYS` in Lua.
    ///   - arguments: Everything else, `ARGV` in Lua.
    /// - Returns: What the script returns, as Redis turns values of Lua into replies: numbers lose
    ///   their fraction, `false` is nothing. An error within an array stays in the reply.
    /// - Throws: What the script returned or raised as an error, with the server's words in
    ///   ``StorageKit/StorageError/underlying``. What it wrote before it failed stays written, so
    ///   ``StorageKit/StorageError/mayHaveBeenApplied`` is set unless it cannot have begun.
    @discardableResult
    public func run(
        _ script: RedisScript, keys: [ByteString] = [], arguments: [ByteString] = []
    ) async throws(StorageError) -> RedisReply {
        if let words = script.shortEvaluation(keys: keys, arguments: arguments) {
            let command = RedisCommand(words, effect: script.effect)
            let reply = try await send(command, operation: "run")
            guard case .error(let error) = reply, error.prefix == "NOSCRIPT" else {
                return try scriptReply(reply, of: command, script)
            }
        }
        let words = script.evaluation(keys: keys, arguments: arguments)
        let command = RedisCommand(words, effect: script.effect)
        return try scriptReply(try await send(command, operation: "run"), of: command, script)
    }

    private func scriptReply(
        _ reply: RedisReply, of command: RedisCommand, _ script: RedisScript
    ) throws(StorageError) -> RedisReply {
        guard case .error(let error) = reply else { return reply }
        throw StorageError.redis(
            error, statement: command.statement,
            mayHaveBeenApplied: !script.isReadOnly && error.mayComeFromWithinScript
        ).adding(operation: "run", store: core.name)
    }
}

extension RedisServerError {
    /// Whether a script may have begun, and written, before this was said.
    ///
    /// What the server says of a script that it does not begin is known; the rest is the script's.
    var mayComeFromWithinScript: Bool {
        if message.contains("script: ") { return true }
        if message.contains("Error compiling script") { return false }
        return !Self.refusals.contains(prefix)
    }

    private static let refusals: Set<String> = [
        "NOSCRIPT", "NOAUTH", "NOPERM", "LOADING", "BUSY", "MASTERDOWN", "READONLY", "OOM",
        "MISCONF", "NOREPLICAS", "CLUSTERDOWN", "CROSSSLOT", "MOVED", "ASK", "TRYAGAIN",
    ]
}
