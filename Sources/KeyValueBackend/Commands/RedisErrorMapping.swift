internal import StorageKit

/// Redis's refusals as ``StorageKit/StorageError`` codes: the one place where they meet.
///
/// Redis has no numbers for its errors. The first word names the kind, and where that is `ERR` only
/// the wording tells them apart; the wordings are those of Redis 6.2 to 7.4 and of Valkey. What is
/// listed further up wins.
enum RedisErrorMapping {
    /// What is said about one kind of refusal.
    struct Row: Sendable {
        /// The first word.
        let prefix: String
        /// What the rest contains; empty for anything.
        var wording = ""
        let code: StorageError.Code
        /// What happened and what to do.
        let message: String
        var isRetryable: Bool?

        func matches(prefix: String, message: String) -> Bool {
            prefix == self.prefix && (wording.isEmpty || message.contains(wording))
        }
    }

    /// The row for a refusal.
    static func row(for error: RedisServerError) -> Row {
        let (prefix, message) = (error.prefix, error.message)
        let row = table.first { $0.matches(prefix: prefix, message: message) }
        return row ?? unknown(prefix: prefix)
    }

    /// Redis quotes arguments in its words, and a script says whatever it likes: so they are not
    /// repeated, but are in ``StorageKit/StorageError/underlying``.
    private static func unknown(prefix: String) -> Row {
        Row(
            prefix: prefix, code: .invalidStatement,
            message: "the server refused the command; its words are in the underlying error")
    }
}

extension StorageError {
    /// The error for a server's refusal of a command.
    ///
    /// - Parameters:
    ///   - error: What the server said.
    ///   - command: The command, of which the name and the number of arguments are told.
    ///   - mayHaveBeenApplied: Whether a part of it may have been done; a refused command has done
    ///     nothing, a script may have.
    static func redis(
        _ error: RedisServerError, statement: String?, mayHaveBeenApplied: Bool = false
    ) -> StorageError {
        let row = RedisErrorMapping.row(for: error)
        return StorageError(
            code: row.code, message: row.message,
            native: .init(domain: "redis", name: error.prefix.isEmpty ? "ERR" : error.prefix),
            statement: statement, underlying: error, isRetryable: row.isRetryable,
            mayHaveBeenApplied: mayHaveBeenApplied)
    }
}
