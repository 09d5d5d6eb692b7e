#if canImport(Darwin)
internal import Darwin
#elseif canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#endif
public import StorageKit

extension PostgresColumn {
    /// Text, and what is written in text: JSON, decimal numbers, the names of an enumeration.
    @usableFromInline
    func text() throws(StorageError) -> String {
        switch type {
        case .text, .varchar, .blankPadded, .name, .json, .xml, .unknown, .char:
            return try utf8(present("String"))
        case .jsonb:
            // One byte of version comes first.
            return try utf8(UnsafeRawBufferPointer(rebasing: present("String").dropFirst()))
        case .numeric:
            return try numeric("String").text
        case .void:
            return ""
        case _ where type.isMadeByUser:
            return try plain(present("String"))
        default:
            guard !isNull else { throw mismatch(wanted: "String") }
            throw mismatch(
                wanted: "String", found: "\(type.description) (cast it with ::text to have it so)")
        }
    }

    /// What an enumeration or a text of an extension sends is its text; what has structure has
    /// bytes that no text has.
    private func plain(_ bytes: UnsafeRawBufferPointer) throws(StorageError) -> String {
        guard bytes.allSatisfy({ $0 >= 0x20 || $0 == 0x09 || $0 == 0x0a || $0 == 0x0d }) else {
            throw mismatch(
                wanted: "String", found: "\(type.description) (cast it with ::text to have it so)")
        }
        return try utf8(bytes)
    }

    /// The server has checked what it sends in UTF-8, but not the bytes of a type it does not know.
    private func utf8(_ bytes: UnsafeRawBufferPointer) throws(StorageError) -> String {
        var text = String(decoding: bytes, as: UTF8.self)
        // Decoding repairs what is no UTF-8; validating instead would cost twice as much for each
        // value, so compare what came out with what went in.
        guard text.withUTF8({ Self.areEqual(UnsafeRawBufferPointer($0), bytes) }) else {
            throw mismatch(wanted: "String", found: "text that is not UTF-8")
        }
        return text
    }

    private static func areEqual(
        _ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer
    ) -> Bool {
        guard left.count == right.count else { return false }
        guard let leftStart = left.baseAddress, let rightStart = right.baseAddress else {
            return left.isEmpty
        }
        return memcmp(leftStart, rightStart, left.count) == 0
    }
}
