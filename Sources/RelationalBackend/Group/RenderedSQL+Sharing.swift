internal import StorageKit

extension RenderedSQL {
    /// Whether the statement may be run inside a transaction with those of other tasks.
    ///
    /// Only what begins like a change of rows may. `BEGIN`, `COMMIT`, `VACUUM`, `PRAGMA`, `ATTACH`
    /// and so on mean something else there or are refused, and a change of the schema is better
    /// alone.
    var mayShareCommit: Bool {
        Self.sharing.contains { begins(with: $0) }
    }

    /// Whether the first word is this one, in any case.
    func begins(with word: StaticString) -> Bool {
        Self.begins(text.utf8.drop { Self.isBlank($0) }.prefix(word.utf8CodeUnitCount), with: word)
    }

    private static let sharing: [StaticString] = ["INSERT", "UPDATE", "DELETE", "REPLACE", "WITH"]

    /// Compares without regard to case; a letter differs from its capital in one bit.
    private static func begins(_ text: Substring.UTF8View, with word: StaticString) -> Bool {
        word.withUTF8Buffer { word in
            text.count >= word.count && zip(text, word).allSatisfy { $0 & 0xdf == $1 }
        }
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || (UInt8(ascii: "\t")...UInt8(ascii: "\r")).contains(byte)
    }
}
