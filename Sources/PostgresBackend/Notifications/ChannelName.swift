internal import StorageKit

/// What a channel may be called, and what it may be told.
enum ChannelName {
    /// `NAMEDATALEN` without the zero byte: `LISTEN` would cut a longer name off in silence.
    static let maximumBytes = 63
    /// "In the default configuration it must be shorter than 8000 bytes" (PostgreSQL's manual,
    /// NOTIFY).
    static let maximumPayloadBytes = 7999

    static func check(_ name: String) throws(StorageError) {
        guard (1...maximumBytes).contains(name.utf8.count), !name.utf8.contains(0) else {
            throw StorageError(
                code: .invalidArgument,
                message: "the name of a channel has 1 to \(maximumBytes) bytes and no NUL, this "
                    + "one has \(name.utf8.count); choose another")
        }
    }

    static func check(payload: String) throws(StorageError) {
        guard payload.utf8.count <= maximumPayloadBytes, !payload.utf8.contains(0) else {
            throw StorageError(
                code: .invalidArgument,
                message: "a notification has \(maximumPayloadBytes) bytes at the most and no NUL, "
                    + "this one has \(payload.utf8.count) bytes; store it in a table and notify of "
                    + "its key")
        }
    }

    /// In double quotes, those inside doubled; by Unicode scalars, as a quote with an accent on it
    /// is another `Character`.
    static func quoted(_ name: String) -> String {
        var quoted = "\"".unicodeScalars
        for scalar in name.unicodeScalars {
            quoted.append(scalar)
            if scalar == "\"" { quoted.append(scalar) }
        }
        quoted.append("\"")
        return String(quoted)
    }
}
