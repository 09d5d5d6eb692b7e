internal import CSQLite
#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif
internal import StorageKit

extension SQLiteStatement {
    /// Binds a value to a placeholder.
    ///
    /// SQLite copies text and bytes, so the value need not outlive the call.
    ///
    /// - Parameters:
    ///   - value: The value.
    ///   - index: The placeholder's place, from 1.
    func bind(_ value: SQLValue, at index: Int32) throws(StorageError) {
        switch value {
        case .null: try check(sqlite3_bind_null(pointer, index))
        case .boolean(let boolean): try check(sqlite3_bind_int64(pointer, index, boolean ? 1 : 0))
        case .integer(let integer): try check(sqlite3_bind_int64(pointer, index, integer))
        case .real(let real): try bind(real, at: index)
        case .text(let text): try bind(text, at: index)
        case .bytes(let bytes): try bind(bytes, at: index)
        case .date(let date): try bind(try SQLiteDate.text(date), at: index)
        case .uuid(let uuid): try bind(uuid.uuidString, at: index)
        case .decimal(let decimal): try bind(decimal, at: index)
        case .json(let json): try bind(json, at: index)
        }
    }

    /// As text, since a number of SQLite's would lose digits; the column must be one of text.
    private func bind(_ decimal: Decimal, at index: Int32) throws(StorageError) {
        guard !decimal.isNaN else {
            throw StorageError(
                code: .encodingFailed,
                message: "a decimal that is not a number has no text that could be read back; "
                    + "bind nil if that is meant",
                statement: text)
        }
        try bind(decimal.description, at: index)
    }

    private func bind(_ real: Double, at index: Int32) throws(StorageError) {
        guard !real.isNaN else {
            throw StorageError(
                code: .encodingFailed,
                message: "SQLite has no NaN and would store NULL; bind nil if that is meant",
                statement: text)
        }
        try check(sqlite3_bind_double(pointer, index, real))
    }

    private func bind(_ string: String, at index: Int32) throws(StorageError) {
        var string = string
        // A null pointer would bind NULL where empty text is meant.
        guard !string.isEmpty else {
            return try check(sqlite3_bind_text(pointer, index, "", 0, storagekit_sqlite_static()))
        }
        let result = string.withUTF8 { utf8 in
            note(length: utf8.count)
            return utf8.withMemoryRebound(to: CChar.self) { characters in
                sqlite3_bind_text64(
                    pointer, index, characters.baseAddress,
                    UInt64(characters.count), storagekit_sqlite_transient(), UInt8(SQLITE_UTF8))
            }
        }
        try check(result)
    }

    private func bind(_ bytes: [UInt8], at index: Int32) throws(StorageError) {
        // A null pointer would bind NULL where empty bytes are meant.
        guard !bytes.isEmpty else { return try check(sqlite3_bind_zeroblob(pointer, index, 0)) }
        note(length: bytes.count)
        let result = bytes.withUnsafeBytes { buffer in
            sqlite3_bind_blob64(
                pointer, index, buffer.baseAddress, UInt64(buffer.count),
                storagekit_sqlite_transient())
        }
        try check(result)
    }

    private func note(length: Int) {
        if length > Self.longestKept { holdsLongValue = true }
    }

    /// The longest value, in bytes, that a statement keeps between two runs: a connection has some
    /// dozens of statements with some values each.
    private static let longestKept = 1024
}
