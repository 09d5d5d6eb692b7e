internal import StorageKit

/// Patterns as `SCAN … MATCH` and `PSUBSCRIBE` understand them.
enum RedisGlob {
    /// The pattern of everything that begins with these bytes.
    ///
    /// What is special in a pattern is written with a backslash before it: "Use `\` to escape
    /// special characters if you want to match them verbatim" (redis.io, KEYS).
    static func pattern(prefix: ByteString) -> ByteString {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(prefix.count + 1)
        for byte in prefix.bytes {
            if isSpecial(byte) { bytes.append(UInt8(ascii: "\\")) }
            bytes.append(byte)
        }
        bytes.append(UInt8(ascii: "*"))
        return ByteString(bytes)
    }

    private static func isSpecial(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "*"), UInt8(ascii: "?"), UInt8(ascii: "["), UInt8(ascii: "]"),
            UInt8(ascii: "\\"):
            true
        default: false
        }
    }
}
