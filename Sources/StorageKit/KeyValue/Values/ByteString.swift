/// A sequence of bytes: what key-value stores use for keys, values, fields and members.
///
/// Any bytes are allowed, none are special: empty, NUL, line breaks and invalid UTF-8 survive
/// every store unchanged. A literal or a `String` gives its UTF-8.
///
/// ```swift
/// try await store.set("user:\(id):name", to: "Ana")
/// let name = try await store.get("user:\(id):name")?.string
/// ```
///
/// Byte strings are ordered byte by byte, unsigned, a prefix before what it begins.
public struct ByteString: Hashable, Sendable {
    /// The bytes.
    public var bytes: [UInt8]

    /// Creates a byte string of these bytes.
    @inlinable
    public init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Creates a byte string of the bytes of a sequence, for example of a slice.
    @inlinable
    public init(bytes: some Sequence<UInt8>) { self.bytes = Array(bytes) }

    /// Creates a byte string of the UTF-8 of a text.
    @inlinable
    public init(_ text: some StringProtocol) { bytes = Array(text.utf8) }

    /// Creates an empty byte string.
    @inlinable
    public init() { bytes = [] }

    /// How many bytes it has.
    @inlinable
    public var count: Int { bytes.count }

    /// Whether it has no bytes.
    @inlinable
    public var isEmpty: Bool { bytes.isEmpty }

    /// The bytes as text, or `nil` when they are not valid UTF-8.
    @inlinable
    public var string: String? { String(validating: bytes, as: UTF8.self) }

    /// Whether the bytes begin with those of another.
    @inlinable
    public func hasPrefix(_ prefix: ByteString) -> Bool { bytes.starts(with: prefix.bytes) }

    /// The bytes of both, one after the other.
    @inlinable
    public static func + (left: ByteString, right: ByteString) -> ByteString {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(left.count + right.count)
        bytes += left.bytes
        bytes += right.bytes
        return ByteString(bytes)
    }
}

extension ByteString {
    /// Hashes the bytes in one go; an array of bytes would hash them one by one.
    @inlinable
    public func hash(into hasher: inout Hasher) {
        bytes.withUnsafeBytes { hasher.combine(bytes: $0) }
        // Ends it, so that two byte strings in a row hash by where the one stops as well.
        hasher.combine(0xFF as UInt8)
    }
}

extension ByteString: Comparable {
    /// Whether the left comes first, byte by byte.
    @inlinable
    public static func < (left: ByteString, right: ByteString) -> Bool {
        left.bytes.lexicographicallyPrecedes(right.bytes)
    }
}

extension ByteString: ExpressibleByStringInterpolation {
    /// Creates a byte string of a literal's UTF-8.
    @inlinable
    public init(stringLiteral text: String) { self.init(text) }
}

extension ByteString: ExpressibleByArrayLiteral {
    /// Creates a byte string of these bytes.
    @inlinable
    public init(arrayLiteral bytes: UInt8...) { self.init(bytes) }
}

extension ByteString: CustomStringConvertible {
    /// The bytes as text where they are printable ASCII, others as `\xNN`: on one line, always.
    public var description: String {
        var text = ""
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "\\"): text += "\\\\"
            case 0x20...0x7E: text.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                text += "\\x" + (digits.count == 1 ? "0" : "") + digits
            }
        }
        return text
    }
}
