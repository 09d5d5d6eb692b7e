internal import CSQLite
#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif
internal import StorageKit

/// A column of the row that a statement is at, without a share in the statement.
///
/// It is for the functions between a statement and a value, which are called a few times for each
/// row: to retain and to release the statement would take them longer than what they do. Whoever
/// makes one holds the statement meanwhile. What leaves this module is a ``SQLiteColumn``.
///
/// It is read through SQLite's value object, which is found once and not for each of type, content
/// and length. "The behavior is not threadsafe" with a value of a column
/// (sqlite.org/c3ref/column_blob.html), and need not be: a connection has one thread at a time.
struct SQLiteCell: SQLColumn {
    let statement: OpaquePointer
    let index: Int32

    var name: String {
        sqlite3_column_name(statement, index).map { String(cString: $0) } ?? ""
    }

    var isNull: Bool { sqlite3_value_type(content) == SQLITE_NULL }

    /// The `sqlite3_value *`, valid until the statement moves on.
    private var content: OpaquePointer? { sqlite3_column_value(statement, index) }

    func value() throws(StorageError) -> SQLValue {
        let content = content
        return switch sqlite3_value_type(content) {
        case SQLITE_INTEGER: .integer(sqlite3_value_int64(content))
        case SQLITE_FLOAT: .real(sqlite3_value_double(content))
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
        let content = content
        guard sqlite3_value_type(content) == SQLITE_INTEGER else {
            throw mismatch(wanted: "integer")
        }
        return sqlite3_value_int64(content)
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
        let content = content
        switch sqlite3_value_type(content) {
        case SQLITE_FLOAT:
            return sqlite3_value_double(content)
        case SQLITE_INTEGER:
            guard let real = Double(exactly: sqlite3_value_int64(content)) else {
                throw mismatch(wanted: "Double", found: "an integer with more digits")
            }
            return real
        default:
            throw mismatch(wanted: "Double")
        }
    }

    func text() throws(StorageError) -> String {
        let content = content
        guard sqlite3_value_type(content) == SQLITE_TEXT else { throw mismatch(wanted: "String") }
        // The order matters: "sqlite3_column_text() followed by sqlite3_column_bytes()"
        // (sqlite.org/c3ref/column_blob.html).
        guard let start = sqlite3_value_text(content) else { throw outOfMemory }
        let count = Int(sqlite3_value_bytes(content))
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
        let content = content
        guard sqlite3_value_type(content) == SQLITE_BLOB else { throw mismatch(wanted: "Data") }
        // The pointer is null for empty bytes, and for a zeroblob that finds no memory.
        let start = sqlite3_value_blob(content)
        let count = Int(sqlite3_value_bytes(content))
        guard start != nil || count == 0 else { throw outOfMemory }
        return [UInt8](UnsafeRawBufferPointer(start: start, count: count))
    }

    func date() throws(StorageError) -> Date {
        guard sqlite3_value_type(content) == SQLITE_TEXT else { throw mismatch(wanted: "Date") }
        guard let date = SQLiteDate.date(try text()) else {
            throw mismatch(wanted: "Date", found: "text that is no date")
        }
        return date
    }

    func uuid() throws(StorageError) -> UUID {
        guard sqlite3_value_type(content) == SQLITE_TEXT else { throw mismatch(wanted: "UUID") }
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

    private var outOfMemory: StorageError {
        StorageError(code: .resourceExhausted, message: "no memory for column \"\(name)\"")
    }

    private func mismatch(wanted: String) -> StorageError {
        mismatch(wanted: wanted, found: storageClass)
    }

    /// The storage class, as SQLite's manual spells it.
    private var storageClass: String {
        switch sqlite3_value_type(content) {
        case SQLITE_INTEGER: "INTEGER"
        case SQLITE_FLOAT: "REAL"
        case SQLITE_TEXT: "TEXT"
        case SQLITE_BLOB: "BLOB"
        default: "NULL"
        }
    }
}
