import StorageKit

/// Byte strings that a store which takes bytes for text, or text for patterns, gets wrong.
enum AwkwardBytes {
    /// All of them different, the empty one first.
    static let samples: [ByteString] =
        [
            "", "a", "\u{0}", "a\u{0}b", "a\u{0}c", "a\n", "a\r\n", "\r\n$3\r\nfoo\r\n", " a ",
            "*", "?", "a*", "a?c", "[a]", "[^a]", "[a-c]", "\\", "a\\*", "\\*", "%", "'\"`",
            "a:b", "a/b", "ä", "🦆", "%00", "nil", "null", "0", "-1", "OK",
        ] + [
            // Not UTF-8: a lone continuation, a cut sequence, an overlong one, a surrogate.
            ByteString([0x80]), ByteString([0xC3]), ByteString([0xC0, 0x80]),
            ByteString([0xED, 0xA0, 0x80]), ByteString([0xFF, 0xFE]), ByteString(Array(0...255)),
        ]

    /// As long as keys get in practice, and one byte apart.
    static let long: [ByteString] = [
        ByteString(Array(repeating: 0x6B, count: 512)),
        ByteString(Array(repeating: 0x6B, count: 511) + [0x6C]),
    ]

    static func random(_ count: Int, using generator: inout SeededGenerator) -> ByteString {
        ByteString((0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) })
    }
}
