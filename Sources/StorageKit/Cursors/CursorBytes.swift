#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

// What the cursors of pages of rows and of documents are made of. Numbers begin with the highest
// byte; what has a length has it before it, in four bytes.

/// Writes what ``CursorReader`` reads.
struct CursorWriter {
    private(set) var bytes: [UInt8] = []

    mutating func append(_ number: some FixedWidthInteger) {
        withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
    }

    mutating func append(_ content: [UInt8]) { bytes += content }

    mutating func append(counted content: some Collection<UInt8>) {
        append(UInt32(clamping: content.count))
        bytes += content
    }

    /// The bytes in letters, digits, `-` and `_`, which a URL can hold as they are.
    var text: String {
        Data(bytes).base64EncodedString()
            .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }
}

/// Reads what came from outside: `nil` for whatever a ``CursorWriter`` has not written.
struct CursorReader {
    private(set) var rest: ArraySlice<UInt8>

    /// Reads a text that a writer has made of its bytes.
    init?(text: String) {
        let padding = String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
        let base64 = text.replacing("-", with: "+").replacing("_", with: "/") + padding
        guard let data = Data(base64Encoded: base64) else { return nil }
        rest = Array(data)[...]
    }

    mutating func byte() -> UInt8? { rest.popFirst() }

    mutating func number<Number: FixedWidthInteger & UnsignedInteger>(
        _ type: Number.Type = UInt64.self
    ) -> Number? {
        take(Number.bitWidth / 8).map { $0.reduce(0) { $0 << 8 | Number($1) } }
    }

    mutating func take(_ count: Int) -> ArraySlice<UInt8>? {
        guard count <= rest.count else { return nil }
        defer { rest = rest.dropFirst(count) }
        return rest.prefix(count)
    }

    mutating func counted() -> ArraySlice<UInt8>? {
        number(UInt32.self).flatMap { take(Int($0)) }
    }

    mutating func text() -> String? {
        counted().flatMap { String(validating: $0, as: UTF8.self) }
    }
}

extension StorageError {
    static var noCursor: StorageError {
        StorageError(
            code: .invalidArgument,
            message: "the text is no cursor, or one of another version; begin with the first page")
    }

    static var foreignCursor: StorageError {
        StorageError(
            code: .invalidArgument,
            message: "the cursor is of a query with another order; begin with the first page")
    }
}
