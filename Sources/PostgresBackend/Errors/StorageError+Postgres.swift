internal import StorageKit

extension StorageError {
    /// The error for one of the server's.
    ///
    /// - Parameter statement: The text with placeholders.
    static func postgres(_ error: PostgresServerError, statement: String?) -> StorageError {
        guard !error.isOfLibrary else { return .connectionLost(error.message) }
        let row = SQLStateMapping.row(for: error.state)
        let code = error.isOfPrimaryKey ? Code.alreadyExists : row.code
        return StorageError(
            code: code, message: error.safeMessage(row),
            native: .init(domain: "sqlstate", name: error.state), constraint: error.brokenRule,
            statement: statement, underlying: error,
            isRetryable: code == row.code ? row.isRetryable : nil)
    }

    /// The error for a connection that was lost; whether anything was under way is added to it.
    static func connectionLost(_ message: String) -> StorageError {
        StorageError(
            code: .unavailable,
            message: message.isEmpty
                ? "the connection to the server was lost"
                : "the connection to the server was lost: \(message.trimmingEnd)")
    }

    /// The error for a connection that could not be made.
    ///
    /// - Parameter message: What libpq says, at its most talkative: `FATAL:  28P01: password …`.
    static func connecting(_ message: String, needsPassword: Bool) -> StorageError {
        let words = message.split(whereSeparator: \.isNewline)
            .filter { !$0.hasPrefix("LOCATION:") }.joined(separator: " ")
        guard let match = words.firstMatch(of: /:\s+(?=[A-Z]*[0-9])([0-9A-Z]{5}):\s/) else {
            let isIdentity = needsPassword || Self.identityWords.contains(where: words.contains)
            return StorageError(
                code: isIdentity ? .unauthenticated : .unavailable, message: words,
                operation: "open")
        }
        let row = SQLStateMapping.row(for: String(match.1))
        return StorageError(
            code: row.code, message: "\(words); \(row.advice)", operation: "open",
            native: .init(
                domain: "sqlstate", name: row.state.count == 5 ? row.state : String(match.1)),
            isRetryable: row.isRetryable)
    }

    /// How libpq and OpenSSL begin what they say of somebody who is not who he should be.
    private static let identityWords = [
        "certificate verify failed", "does not match host name", "could not get server's host name",
        "server does not support SSL", "authentication method requirement", "SCRAM",
        "channel binding", "root certificate file",
    ]
}

extension PostgresServerError {
    /// What happened, where, and what to do; no value.
    fileprivate func safeMessage(_ row: SQLStateMapping.Row) -> String {
        var parts = row.quotesValues ? [] : [message]
        if let place { parts.append(place) }
        parts.append(row.advice)
        if let hint, !row.quotesValues { parts.append(hint) }
        return parts.joined(separator: "; ")
    }

    private var place: String? {
        // The message of a violated rule names the constraint and the table itself.
        if let copiedRow { return "in row \(copiedRow) of those that were copied" }
        guard let position else { return nil }
        return "at character \(position) of the statement"
    }
}

extension String {
    fileprivate var trimmingEnd: String {
        var text = self[...]
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}
