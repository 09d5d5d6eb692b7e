import StorageKit

/// A command and what the transport has to know of it.
///
/// It is formatted when it is made, on the thread of who makes it: what waits, is sent and perhaps
/// sent again are the same bytes. Copying a command copies a reference.
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

    /// The bytes to send.
    let wire: WireCommand
    let effect: Effect

    /// Formats a command.
    ///
    /// - Parameters:
    ///   - arguments: The command's name and its arguments, of any bytes.
    ///   - effect: What a second execution would do.
    init(_ arguments: [ByteString], effect: Effect = .changes) {
        wire = WireCommand(arguments)
        self.effect = effect
    }

    /// Formats a command.
    init(_ arguments: ByteString..., effect: Effect = .changes) {
        self.init(arguments, effect: effect)
    }

    /// Whether it may be sent again when the connection is lost before its reply came.
    var isIdempotent: Bool { effect != .changes }

    /// Its name, for errors; the arguments, which may be secret, are not in it.
    var name: String { wire.name }
}
