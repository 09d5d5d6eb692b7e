#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif
public import StorageKit

/// A column of a row in a block, as the server sent it: in binary form.
///
/// It is good as long as its block is.
@usableFromInline
struct PostgresColumn: SQLColumn {
    /// `nil` for NULL.
    private let raw: UnsafeRawBufferPointer?
    // Unmanaged: the shape outlives the block's rows, and to count it for every value of every row
    // would cost as much as reading the value.
    private let shape: Unmanaged<RowShape>
    private let index: Int

    init(_ raw: UnsafeRawBufferPointer?, _ shape: RowShape, index: Int) {
        self.raw = raw
        self.shape = .passUnretained(shape)
        self.index = index
    }

    private var column: RowShape.Column { shape._withUnsafeGuaranteedRef { $0.columns[index] } }

    var type: PostgresType { shape._withUnsafeGuaranteedRef { $0.columns[index].type } }

    @usableFromInline var name: String { column.name }

    @usableFromInline var isNull: Bool { raw == nil }

    @usableFromInline
    func value() throws(StorageError) -> SQLValue {
        guard raw != nil else { return .null }
        switch type {
        case .bool: return .boolean(try boolean())
        case .int2, .int4, .int8, .objectID: return .integer(try integer())
        case .float4, .float8: return .real(try real())
        case .bytea: return .bytes(try bytes())
        case .date, .timestamp, .timestampTZ: return .date(try date())
        case .uuid: return .uuid(try uuid())
        case .numeric: return try decimalValue()
        case .json, .jsonb: return .json(try text())
        default: return .text(try text())
        }
    }

    @usableFromInline
    func boolean() throws(StorageError) -> Bool {
        guard type == .bool else { throw mismatch(wanted: "Bool") }
        return try present("Bool", count: 1)[0] != 0
    }

    @usableFromInline
    func integer() throws(StorageError) -> Int64 {
        switch type {
        case .int8: return try load(Int64.self, for: "integer")
        case .int4: return Int64(try load(Int32.self, for: "integer"))
        case .int2: return Int64(try load(Int16.self, for: "integer"))
        case .objectID: return Int64(try load(UInt32.self, for: "integer"))
        case .numeric:
            guard let integer = try numeric("integer").integer else {
                throw mismatch(wanted: "integer", found: "a number with decimals, or out of range")
            }
            return integer
        default: throw mismatch(wanted: "integer")
        }
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

    @usableFromInline
    func real() throws(StorageError) -> Double {
        switch type {
        case .float8: return Double(bitPattern: try load(UInt64.self, for: "Double"))
        case .float4: return Double(Float(bitPattern: try load(UInt32.self, for: "Double")))
        case .int2, .int4, .int8:
            guard let real = Double(exactly: try integer()) else {
                throw mismatch(wanted: "Double", found: "an integer with more digits")
            }
            return real
        case .numeric:
            guard let real = try numeric("Double").real else {
                throw mismatch(
                    wanted: "Double", found: "a decimal number with more digits (cast it)")
            }
            return real
        default: throw mismatch(wanted: "Double")
        }
    }

    @usableFromInline
    func bytes() throws(StorageError) -> [UInt8] {
        guard type == .bytea else { throw mismatch(wanted: "Data") }
        return [UInt8](try present("Data"))
    }

    @usableFromInline
    func date() throws(StorageError) -> Date {
        let date: Date? =
            switch type {
            case .timestampTZ, .timestamp:
                PostgresDate.date(microseconds: try load(Int64.self, for: "Date"))
            case .date: PostgresDate.date(days: try load(Int32.self, for: "Date"))
            default: throw mismatch(wanted: "Date")
            }
        guard let date else { throw mismatch(wanted: "Date", found: "infinity") }
        return date
    }

    @usableFromInline
    func uuid() throws(StorageError) -> UUID {
        guard type == .uuid else {
            guard let uuid = UUID(uuidString: try text()) else {
                throw mismatch(wanted: "UUID", found: "text that is no UUID")
            }
            return uuid
        }
        return UUID(uuid: try present("UUID", count: 16).loadUnaligned(as: uuid_t.self))
    }
}

extension PostgresColumn {
    /// The bytes of a value that is there.
    func present(_ wanted: String) throws(StorageError) -> UnsafeRawBufferPointer {
        guard let raw else { throw mismatch(wanted: wanted, found: "NULL") }
        return raw
    }

    private func present(
        _ wanted: String, count: Int
    ) throws(StorageError) -> UnsafeRawBufferPointer {
        let bytes = try present(wanted)
        guard bytes.count == count else { throw mismatch(wanted: wanted, found: "damaged bytes") }
        return bytes
    }

    private func load<Integer: FixedWidthInteger>(
        _ type: Integer.Type, for wanted: String
    ) throws(StorageError) -> Integer {
        let bytes = try present(wanted, count: MemoryLayout<Integer>.size)
        return Integer(bigEndian: bytes.loadUnaligned(as: Integer.self))
    }

    func numeric(_ wanted: String) throws(StorageError) -> PostgresNumeric {
        guard let numeric = PostgresNumeric(try present(wanted)) else {
            throw mismatch(wanted: wanted, found: "NaN or infinity")
        }
        return numeric
    }

    private func decimalValue() throws(StorageError) -> SQLValue {
        let text = try numeric("Decimal").text
        return Decimal(string: text).map { .decimal($0) } ?? .text(text)
    }

    func mismatch(wanted: String) -> StorageError {
        mismatch(wanted: wanted, found: isNull ? "NULL" : type.description)
    }
}
