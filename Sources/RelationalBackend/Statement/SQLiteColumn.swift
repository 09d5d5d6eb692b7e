internal import CSQLite
#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif
internal import StorageKit

/// A column of the row that a statement is at.
struct SQLiteColumn: SQLColumn {
    let statement: SQLiteStatement
    let index: Int32

    var name: String {
        sqlite3_column_name(statement.pointer, index).map { String(cString: $0) } ?? ""
    }

    var isNull: Bool { type == SQLITE_NULL }

    private var type: Int32 { sqlite3_column_type(statement.pointer, index) }

    func value() throws(StorageError) -> SQLValue {
        switch type {
        case SQLITE_INTEGER: .integer(sqlite3_column_int64(statement.pointer, index))
        case SQLITE_FLOAT: .real(sqlite3_column_double(statement.pointer, index))
        case SQLITE_TEXT: .text(try text())
        case SQLITE_BLOB: .bytes(try bytes())
        default: .null
        }
    }

    func boolean() throws(StorageError) -> Bool {
        switch try integer() {
        case 0: return false
        case 1: return true
        default: throw mismatch(wanted: "Bool", found: "an integer other than 0 and 1")
        }
    }

    func integer() throws(StorageError) -> Int64 {
        guard type == SQLITE_INTEGER else { throw mismatch(wanted: "integer") }
        return sqlite3_column_int64(statement.pointer, index)
    }

    /// An integer of any width, when it fits.
    func integer<Integer: FixedWidthInteger>(
        _ type: Integer.Type
    ) throws(StorageError) -> Integer {
        guard let value = Integer(exactly: try integer()) else {
            throw mismatch(wanted: "\(type)", found: "an integer out of its range")
        }
        return value
    }

    func real() throws(StorageError) -> Double {
        switch type {
        case SQLITE_FLOAT:
            return sqlite3_column_double(statement.pointer, index)
        case SQLITE_INTEGER:
            guard let real = Double(exactly: sqlite3_column_int64(statement.pointer, index)) else {
                throw mismatch(wanted: "Double", found: "an integer with more digits")
            }
            return real
        default:
            throw mismatch(wanted: "Double")
        }
    }

    func text() throws(StorageError) -> String {
        guard type == SQLITE_TEXT else { throw mismatch(wanted: "String") }
        // The order matters: "sqlite3_column_text() followed by sqlite3_column_bytes()"
        // (sqlite.org/c3ref/column_blob.html).
        guard let start = sqlite3_column_text(statement.pointer, index) else {
            throw StorageError(code: .resourceExhausted, message: "no memory for a text column")
        }
        let count = Int(sqlite3_column_bytes(statement.pointer, index))
        let utf8 = UnsafeBufferPointer(start: start, count: count)
        var text = String(decoding: utf8, as: UTF8.self)
        // Decoding repairs what is no UTF-8; validating instead would cost twice as much for each
        // value, so compare what came out with what went in.
        guard text.withUTF8({ Self.areEqual($0, utf8) }) else {
            throw mismatch(wanted: "String", found: "text that is not UTF-8")
        }
        return text
    }

    func bytes() throws(StorageError) -> [UInt8] {
        guard type == SQLITE_BLOB else { throw mismatch(wanted: "Data") }
        let start = sqlite3_column_blob(statement.pointer, index)
        let count = Int(sqlite3_column_bytes(statement.pointer, index))
        return [UInt8](UnsafeRawBufferPointer(start: start, count: count))
    }

    func date() throws(StorageError) -> Date {
        guard type == SQLITE_TEXT else { throw mismatch(wanted: "Date") }
        guard let date = SQLiteDate.date(try text()) else {
            throw mismatch(wanted: "Date", found: "text that is no date")
        }
        return date
    }

    func uuid() throws(StorageError) -> UUID {
        guard type == SQLITE_TEXT else { throw mismatch(wanted: "UUID") }
        guard let uuid = UUID(uuidString: try text()) else {
            throw mismatch(wanted: "UUID", found: "text that is no UUID")
        }
        return uuid
    }

    private static func areEqual(
        _ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>
    ) -> Bool {
        guard left.count == right.count else { return false }
        guard let leftStart = left.baseAddress, let rightStart = right.baseAddress else {
            return left.isEmpty
        }
        return storagekit_bytes_are_equal(leftStart, rightStart, left.count) != 0
    }

    private func mismatch(wanted: String) -> StorageError {
        mismatch(wanted: wanted, found: storageClass)
    }

    /// The storage class, as SQLite's manual spells it.
    private var storageClass: String {
        switch type {
        case SQLITE_INTEGER: "INTEGER"
        case SQLITE_FLOAT: "REAL"
        case SQLITE_TEXT: "TEXT"
        case SQLITE_BLOB: "BLOB"
        default: "NULL"
        }
    }
}
