import StorageKit

/// A command and what the transport has to know of it.
///
/// Copying a command copies a reference.
struct RedisCommand: Sendable {
    /// What may happen when it is executed twice, or when nobody knows whether it was.
    enum Effect: Sendable {
        /// It changes nothing: may be repeated, and has never "been applied".
        case reads
        /// A second execution leaves what the first one left, and answers the same: `SET`.
        case changesIdempotently
        /// A second execution is something else: `INCR`, `LPUSH`, `SET … NX`.
        case changes
    }

    /// Its name and its arguments.
    let words: [ByteString]
    let effect: Effect

    /// Creates a command.
    ///
    /// - Parameters:
    ///   - words: The command's name and its arguments, of any bytes.
    ///   - effect: What a second execution would do.
    init(_ words: [ByteString], effect: Effect = .changes) {
        self.words = words
        self.effect = effect
    }

    /// Creates a command.
    init(_ words: ByteString..., effect: Effect = .changes) {
        self.init(words, effect: effect)
    }

    /// The bytes to send, written anew each time.
    var wire: WireCommand { WireCommand(self) }

    /// Whether it may be sent again when the connection is lost before its reply came.
    var isIdempotent: Bool { effect != .changes }

    /// Its name, for errors; the arguments, which may be secret, are not in it.
    var name: String { words.first?.string?.uppercased() ?? "command" }
}
