internal import CSQLite
#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif
internal import StorageKit

/// The arguments of a call from left to right.
struct SQLiteArguments {
    private let values: UnsafeMutablePointer<OpaquePointer?>?
    private var index = -1

    init(_ values: UnsafeMutablePointer<OpaquePointer?>?) { self.values = values }

    mutating func next() -> SQLiteArgument {
        index += 1
        return SQLiteArgument(pointer: values?[index], index: index)
    }
}

/// An argument of a function, read as a column is.
struct SQLiteArgument: SQLColumn {
    let pointer: OpaquePointer?
    let index: Int

    var name: String { "argument \(index + 1)" }
    var isNull: Bool { type == SQLITE_NULL }

    private var type: Int32 { sqlite3_value_type(pointer) }

    func value() throws(StorageError) -> SQLValue {
        switch type {
        case SQLITE_INTEGER: .integer(sqlite3_value_int64(pointer))
        case SQLITE_FLOAT: .real(sqlite3_value_double(pointer))
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
        return sqlite3_value_int64(pointer)
    }

    func real() throws(StorageError) -> Double {
        if type == SQLITE_FLOAT { return sqlite3_value_double(pointer) }
        guard type == SQLITE_INTEGER else { throw mismatch(wanted: "Double") }
        guard let real = Double(exactly: sqlite3_value_int64(pointer)) else {
            throw mismatch(wanted: "Double", found: "an integer with more digits")
        }
        return real
    }

    func text() throws(StorageError) -> String {
        guard type == SQLITE_TEXT else { throw mismatch(wanted: "String") }
        // Text first: it may convert the value, and with it the number of bytes.
        guard let start = sqlite3_value_text(pointer) else {
            throw StorageError(code: .resourceExhausted, message: "no memory for a text argument")
        }
        let utf8 = UnsafeBufferPointer(start: start, count: Int(sqlite3_value_bytes(pointer)))
        guard let text = String(validating: utf8, as: UTF8.self) else {
            throw mismatch(wanted: "String", found: "text that is not UTF-8")
        }
        return text
    }

    func bytes() throws(StorageError) -> [UInt8] {
        guard type == SQLITE_BLOB else { throw mismatch(wanted: "Data") }
        let start = sqlite3_value_blob(pointer)
        return [UInt8](
            UnsafeRawBufferPointer(start: start, count: Int(sqlite3_value_bytes(pointer))))
    }

    func date() throws(StorageError) -> Date {
        guard let date = SQLiteDate.date(try text()) else {
            throw mismatch(wanted: "Date", found: "text that is no date")
        }
        return date
    }

    func uuid() throws(StorageError) -> UUID {
        guard let uuid = UUID(uuidString: try text()) else {
            throw mismatch(wanted: "UUID", found: "text that is no UUID")
        }
        return uuid
    }

    /// The error, which names an argument and withholds its value.
    func mismatch(wanted: String, found: String) -> StorageError {
        StorageError(
            code: .decodingFailed,
            message: "\(name) is \(found), which is no \(wanted); change the function's parameter, "
                + "or what is passed")
    }

    private func mismatch(wanted: String) -> StorageError {
        mismatch(wanted: wanted, found: storageClass)
    }

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
