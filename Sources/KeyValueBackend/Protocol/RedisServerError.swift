public import StorageKit

/// A server's refusal, as it said it: `WRONGTYPE Operation against a key holding …`.
///
/// Nobody throws it: stores throw ``StorageKit/StorageError``, whose `underlying` it is. In a reply
/// it is a value like others.
public struct RedisServerError: Sendable, Hashable, CustomStringConvertible {
    /// One word wide, so that a reply is not wider for the sake of an error.
    private let line: ByteString

    /// Creates an error of the server's line, without the `-` it begins with.
    public init(_ line: ByteString) { self.line = line }

    /// The whole line.
    public var message: String { String(decoding: line.bytes, as: UTF8.self) }

    /// The kind of the error, as Redis names it: the first word when it is in capitals.
    ///
    /// `WRONGTYPE`, `NOAUTH`, `ERR`; empty for an error without such a word.
    public var prefix: String {
        let word = line.bytes.prefix { $0 != UInt8(ascii: " ") }
        let isKind = word.allSatisfy { (65...90).contains($0) || $0 == UInt8(ascii: "_") }
        return isKind ? String(decoding: word, as: UTF8.self) : ""
    }

    /// The message.
    public var description: String { message }
}
