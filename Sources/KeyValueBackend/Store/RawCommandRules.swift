internal import StorageKit

/// Which commands must not go over a connection that all tasks share.
///
/// What a new version of a server brings is not known here: the list is what there is up to Redis
/// 7.4 and Valkey 8.
enum RawCommandRules {
    /// Refuses what would change the connection for its other users, or have them wait.
    ///
    /// - Throws: ``StorageKit/StorageError/Code/unsupported``, and
    ///   ``StorageKit/StorageError/Code/invalidArgument`` when there is no command.
    static func check(_ arguments: [ByteString]) throws(StorageError) {
        guard let first = arguments.first, !first.isEmpty else {
            throw StorageError(code: .invalidArgument, message: "give the name of a command")
        }
        let words = arguments.prefix(2).map { word($0) }
        let name = words[0]
        if let advice = refusals[name] ?? refusals[words.joined(separator: " ")] {
            throw refusal(name, advice)
        }
        guard waitsIfAsked.contains(name), arguments.contains(where: { word($0) == "BLOCK" }) else {
            return
        }
        throw refusal(name, "it would have all others wait; leave BLOCK out and ask again")
    }

    /// Whether a command runs a script, which may fail half done.
    static func isScript(_ name: String) -> Bool {
        ["EVAL", "EVALSHA", "FCALL"].contains(name)
    }

    private static let waitsIfAsked: Set<String> = ["XREAD", "XREADGROUP"]

    private static let refusals: [String: String] = {
        var refusals: [String: String] = [:]
        for (names, advice) in table {
            for name in names { refusals[name] = advice }
        }
        return refusals
    }()

    private static let table: [(names: [String], advice: String)] = [
        (
            [
                "SUBSCRIBE", "PSUBSCRIBE", "SSUBSCRIBE", "UNSUBSCRIBE", "PUNSUBSCRIBE",
                "SUNSUBSCRIBE",
            ], "use subscribe(to:), which has a connection of its own"
        ),
        (["MULTI", "EXEC", "DISCARD"], "use atomically, which sends a whole batch in a row"),
        (
            ["WATCH", "UNWATCH"],
            "other tasks' commands would come between; use compareAndSet or a RedisScript"
        ),
        (["BLPOP", "BRPOP"], "use listPop(fromFirstOf:_:waitingUpTo:)"),
        (["BLMOVE", "BRPOPLPUSH"], "use listMove(from:_:to:_:waitingUpTo:)"),
        (
            ["BLMPOP", "BZPOPMIN", "BZPOPMAX", "BZMPOP", "WAIT", "WAITAOF"],
            "it would have all others wait; use the form that does not block, or another client"
        ),
        (["SELECT"], "put the database's number into the address"),
        (["AUTH", "HELLO"], "put user and password into the address"),
        (["QUIT"], "use close()"),
        (
            ["RESET", "READONLY", "READWRITE", "ASKING"],
            "it would change the connection for all tasks"
        ),
        (
            ["CLIENT REPLY", "CLIENT TRACKING", "CLIENT CACHING", "SCRIPT DEBUG"],
            "it would change the connection for all tasks"
        ),
        (
            ["MONITOR", "SYNC", "PSYNC", "REPLCONF"],
            "the server would send without being asked; use redis-cli"
        ),
    ]

    private static func word(_ bytes: ByteString) -> String {
        String(decoding: bytes.bytes, as: UTF8.self).uppercased()
    }

    private static func refusal(_ name: String, _ advice: String) -> StorageError {
        StorageError(
            code: .unsupported,
            message: "this command is not for a connection that tasks share: \(advice)",
            statement: name)
    }
}
