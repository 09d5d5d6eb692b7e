#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// Bytes in 64 letters.
///
/// Source: RFC 4648, section 4.
enum Base64 {
    /// The letters of bytes, filled up to fours.
    static func text(of bytes: [UInt8]) -> String { Data(bytes).base64EncodedString() }

    /// The bytes of letters; `nil` when they are not as ``text(of:)`` writes them.
    static func bytes(of text: String) -> [UInt8]? {
        // Foundation passes over bits behind the last byte.
        guard let data = Data(base64Encoded: text), data.base64EncodedString() == text else {
            return nil
        }
        return Array(data)
    }
}
