#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif
internal import StorageKit

/// Writes rows in COPY's binary form (PostgreSQL's manual, COPY, "Binary Format").
///
/// A value means here what it means as a parameter of `INSERT`. There the server converts it, by an
/// assignment cast, to what its column takes; here it has to be written as the column takes it.
/// What would need a cast that is not repeated here is refused, and never written as something
/// else.
struct CopyEncoder: Sendable {
    /// What is written and not sent yet.
    private(set) var bytes: [UInt8] = []
    /// How many rows were written.
    private(set) var rowCount = 0
    private let columns: [CopyColumn]
    /// Apart from the columns, whose names would be counted as used for every value.
    private let forms: [CopyColumn.Form]
    /// Whether the session's time zone is Greenwich's, where a moment and its clock agree.
    private let isInGreenwich: Bool

    /// The signature, and eight bytes for no flags and no extension.
    private static let header: [UInt8] =
        Array("PGCOPY\n".utf8) + [0xff, 0x0d, 0x0a, 0x00] + Array(repeating: 0, count: 8)

    init(_ columns: [CopyColumn], isInGreenwich: Bool) {
        self.columns = columns
        forms = columns.map(\.form)
        self.isInGreenwich = isInGreenwich
        bytes = Self.header
    }

    /// What was written was sent.
    mutating func clear() { bytes.removeAll(keepingCapacity: true) }

    /// Writes a row.
    ///
    /// - Throws: For another number of values than columns, and a value that a column cannot take.
    mutating func append(_ row: [SQLValue]) throws(StorageError) {
        rowCount += 1
        guard row.count == columns.count else { throw .otherWidth(rowCount) }
        append(Int16(truncatingIfNeeded: row.count))
        for index in row.indices { try append(row[index], at: index) }
    }

    /// Writes the end.
    mutating func end() { append(Int16(-1)) }

    private mutating func append(_ value: SQLValue, at column: Int) throws(StorageError) {
        switch value {
        case .null: append(Int32(-1))
        case .boolean(let value): try append(value, column)
        case .integer(let value): try append(value, column)
        case .real(let value): try append(value, column)
        case .text(let value), .json(let value): try append(value, column)
        case .bytes(let value): try append(value, column)
        case .date(let value): try append(value, column)
        case .uuid(let value): try append(value, column)
        case .decimal(let value): try append(value, column)
        }
    }

    // MARK: Values

    private mutating func append(_ value: Bool, _ column: Int) throws(StorageError) {
        switch forms[column] {
        case .boolean: appendField(UInt8(value ? 1 : 0))
        case .text: append(text: value ? "true" : "false")
        default: throw misfit("a boolean", column)
        }
    }

    private mutating func append(_ value: Int64, _ column: Int) throws(StorageError) {
        switch forms[column] {
        case .int8: appendField(value)
        case .int4: appendField(try exactly(value, column) as Int32)
        case .int2: appendField(try exactly(value, column) as Int16)
        case .objectID: appendField(try exactly(value, column) as UInt32)
        case .float8: appendField(Double(value).bitPattern)
        case .float4: appendField(Float(value).bitPattern)
        case .numeric: append(numeric: "\(value)")
        case .text: append(text: "\(value)")
        default: throw misfit("an integer", column)
        }
    }

    private mutating func append(_ value: Double, _ column: Int) throws(StorageError) {
        switch forms[column] {
        case .float8: appendField(value.bitPattern)
        case .float4: appendField(try narrowed(value, column).bitPattern)
        case .int8: appendField(try rounded(value, column) as Int64)
        case .int4: appendField(try rounded(value, column) as Int32)
        case .int2: appendField(try rounded(value, column) as Int16)
        case .numeric: append(numeric: PostgresNumeric.text(of: value))
        default: throw misfit("a real number", column)
        }
    }

    private mutating func append(_ value: String, _ column: Int) throws(StorageError) {
        switch forms[column] {
        case .text, .words: try append(checked: value, column)
        case .jsonb: try append(checked: value, column, version: 1)
        default: throw misfit("text", column)
        }
    }

    private mutating func append(_ value: [UInt8], _ column: Int) throws(StorageError) {
        guard forms[column] == .bytes else { throw misfit("bytes", column) }
        guard let length = Int32(exactly: value.count) else { throw tooLong(column) }
        append(length)
        bytes.append(contentsOf: value)
    }

    private mutating func append(_ value: Date, _ column: Int) throws(StorageError) {
        let microseconds = try PostgresDate.microseconds(value)
        switch forms[column] {
        case .timestampTZ: appendField(microseconds)
        case .timestamp where isInGreenwich: appendField(microseconds)
        case .date where isInGreenwich: appendField(PostgresDate.days(microseconds: microseconds))
        case .timestamp, .date: throw elsewhere(column)
        default: throw misfit("a date", column)
        }
    }

    private mutating func append(_ value: UUID, _ column: Int) throws(StorageError) {
        switch forms[column] {
        case .uuid:
            append(Int32(16))
            withUnsafeBytes(of: value.uuid) { bytes.append(contentsOf: $0) }
        case .text: append(text: value.uuidString.lowercased())
        default: throw misfit("a UUID", column)
        }
    }

    private mutating func append(_ value: Decimal, _ column: Int) throws(StorageError) {
        let text = value.description
        switch forms[column] {
        case .numeric: append(numeric: text)
        case .text: append(text: text)
        case .float8: appendField((Double(text) ?? .nan).bitPattern)
        case .int8, .int4, .int2:
            guard let integer = Int64(text) else { throw misfit("a decimal number", column) }
            try append(integer, column)
        default: throw misfit("a decimal number", column)
        }
    }

    // MARK: Conversions

    private func exactly<Integer: FixedWidthInteger>(
        _ value: Int64, _ column: Int
    ) throws(StorageError) -> Integer {
        guard let integer = Integer(exactly: value) else { throw outOfRange(column) }
        return integer
    }

    /// As the server does it: to the nearest, of two to the even one.
    private func rounded<Integer: FixedWidthInteger>(
        _ value: Double, _ column: Int
    ) throws(StorageError) -> Integer {
        guard let integer = Integer(exactly: value.rounded(.toNearestOrEven)) else {
            throw outOfRange(column)
        }
        return integer
    }

    /// Neither a number that becomes infinite nor one that becomes nothing.
    private func narrowed(_ value: Double, _ column: Int) throws(StorageError) -> Float {
        let float = Float(value)
        guard float.isFinite == value.isFinite, (float == 0) == (value == 0) else {
            throw outOfRange(column)
        }
        return float
    }

    // MARK: Bytes

    private mutating func append(_ value: some FixedWidthInteger) {
        withUnsafeBytes(of: value.bigEndian) { bytes.append(contentsOf: $0) }
    }

    private mutating func appendField<Value: FixedWidthInteger>(_ value: Value) {
        append(Int32(MemoryLayout<Value>.size))
        append(value)
    }

    private mutating func append(numeric text: String) {
        let start = beginField()
        PostgresNumeric.write(text, to: &bytes)
        endField(start)
    }

    private mutating func append(text: String) {
        append(Int32(truncatingIfNeeded: text.utf8.count))
        bytes.append(contentsOf: text.utf8)
    }

    private mutating func append(
        checked text: String, _ column: Int, version: UInt8? = nil
    ) throws(StorageError) {
        let length = text.utf8.count + (version == nil ? 0 : 1)
        guard let length = Int32(exactly: length) else { throw tooLong(column) }
        append(length)
        if let version { bytes.append(version) }
        let start = bytes.count
        bytes.append(contentsOf: text.utf8)
        guard !bytes.holdsZero(from: start) else { throw holdsNUL(column) }
    }

    private mutating func beginField() -> Int {
        append(Int32(0))
        return bytes.count
    }

    private mutating func endField(_ start: Int) {
        let length = Int32(truncatingIfNeeded: bytes.count - start).bigEndian
        bytes.withUnsafeMutableBytes {
            $0.storeBytes(of: length, toByteOffset: start - 4, as: Int32.self)
        }
    }
}

// What is wrong with a value, and where it is.
extension CopyEncoder {
    private func place(_ column: Int) -> String {
        "row \(rowCount), column \"\(columns[column].name)\""
    }

    private func misfit(_ value: String, _ column: Int) -> StorageError {
        StorageError(
            code: .invalidArgument,
            message: "\(place(column)): \(value) cannot be copied to a column of type "
                + "\(columns[column].typeName); convert it before, or use INSERT")
    }

    private func elsewhere(_ column: Int) -> StorageError {
        StorageError(
            code: .invalidArgument,
            message: "\(place(column)): a date is copied to a column without a time zone only when "
                + "the session's TimeZone is UTC; set it, or use timestamptz or INSERT")
    }

    private func outOfRange(_ column: Int) -> StorageError {
        StorageError(
            code: .outOfRange,
            message:
                "\(place(column)): the number is beyond what \(columns[column].typeName) can hold")
    }

    private func tooLong(_ column: Int) -> StorageError {
        StorageError(
            code: .limitExceeded,
            message: "\(place(column)): a value of PostgreSQL's has at most a gigabyte")
    }

    private func holdsNUL(_ column: Int) -> StorageError {
        StorageError(
            code: .encodingFailed,
            message: "\(place(column)): PostgreSQL's text cannot hold a NUL character; store bytes "
                + "instead")
    }
}

extension StorageError {
    fileprivate static func otherWidth(_ row: Int) -> StorageError {
        StorageError(
            code: .invalidArgument, message: "row \(row) has another number of values than columns")
    }
}
