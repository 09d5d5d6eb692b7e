#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// A type that one column of a result can be decoded to.
///
/// A newtype over a decodable raw value needs no code; see ``SQLBindable``.
public protocol SQLColumnDecodable: Sendable {
    /// The value in a column.
    ///
    /// - Throws: ``StorageError/Code/decodingFailed`` when the column holds something else.
    static func decode(_ column: some SQLColumn) throws(StorageError) -> Self
}

/// A type that can be bound to a statement and decoded from a column: the keys of a table.
public typealias SQLConvertible = SQLBindable & SQLColumnDecodable

// What the columns of most tables are is inlinable: a loop over rows in the user's module is then
// compiled for the user's types, and calls no witness for a column.

extension SQLColumnDecodable where Self: RawRepresentable, RawValue: SQLColumnDecodable {
    /// The value with the column's raw value.
    @inlinable
    public static func decode(_ column: some SQLColumn) throws(StorageError) -> Self {
        guard let value = Self(rawValue: try RawValue.decode(column)) else {
            throw column.mismatch(wanted: "\(Self.self)", found: "an unknown raw value")
        }
        return value
    }
}

extension SQLColumnDecodable where Self: FixedWidthInteger {
    /// The integer, when it fits.
    @inlinable
    public static func decode(_ column: some SQLColumn) throws(StorageError) -> Self {
        guard let value = Self(exactly: try column.integer()) else {
            throw column.mismatch(wanted: "\(Self.self)", found: "an integer out of its range")
        }
        return value
    }
}

extension Int: SQLColumnDecodable {}
extension Int8: SQLColumnDecodable {}
extension Int16: SQLColumnDecodable {}
extension Int32: SQLColumnDecodable {}
extension Int64: SQLColumnDecodable {}
extension UInt: SQLColumnDecodable {}
extension UInt8: SQLColumnDecodable {}
extension UInt16: SQLColumnDecodable {}
extension UInt32: SQLColumnDecodable {}
extension UInt64: SQLColumnDecodable {}

extension Bool: SQLColumnDecodable {
    /// The boolean.
    @inlinable
    public static func decode(_ column: some SQLColumn) throws(StorageError) -> Bool {
        try column.boolean()
    }
}

extension Double: SQLColumnDecodable {
    /// The real number.
    @inlinable
    public static func decode(_ column: some SQLColumn) throws(StorageError) -> Double {
        try column.real()
    }
}

extension Float: SQLColumnDecodable {
    /// The real number, when a `Float` represents it exactly.
    @inlinable
    public static func decode(_ column: some SQLColumn) throws(StorageError) -> Float {
        guard let value = Float(exactly: try column.real()) else {
            throw column.mismatch(wanted: "Float", found: "a number with more digits")
        }
        return value
    }
}

extension String: SQLColumnDecodable {
    /// The text.
    @inlinable
    public static func decode(_ column: some SQLColumn) throws(StorageError) -> String {
        try column.text()
    }
}

extension Data: SQLColumnDecodable {
    /// The bytes.
    public static func decode(_ column: some SQLColumn) throws(StorageError) -> Data {
        Data(try column.bytes())
    }
}

extension Date: SQLColumnDecodable {
    /// The date.
    public static func decode(_ column: some SQLColumn) throws(StorageError) -> Date {
        try column.date()
    }
}

extension UUID: SQLColumnDecodable {
    /// The identifier.
    public static func decode(_ column: some SQLColumn) throws(StorageError) -> UUID {
        try column.uuid()
    }
}

extension Decimal: SQLColumnDecodable {
    /// The text, or the integer, as a decimal number, when a `Decimal` has all its digits.
    public static func decode(_ column: some SQLColumn) throws(StorageError) -> Decimal {
        if case .integer(let integer) = try column.value() { return Decimal(integer) }
        // `Decimal(string:)` stops in silence where the number ends, and rounds.
        let digits = try DecimalDigits.decode(column)
        guard let decimal = Decimal(string: digits.description), decimal.holds(digits) else {
            throw column.mismatch(wanted: "Decimal", found: "a number with more digits")
        }
        return decimal
    }

    /// Whether it is that number and not one nearby.
    private func holds(_ number: DecimalDigits) -> Bool {
        // What has so many digits is held in any case, and need not be written to be compared.
        let isCommon = number.digits.count <= 38 && (-100...100).contains(number.exponent)
        return isCommon || DecimalDigits(description) == number
    }
}

extension URL: SQLColumnDecodable {
    /// The text as a URL.
    public static func decode(_ column: some SQLColumn) throws(StorageError) -> URL {
        guard let url = URL(string: try column.text()) else {
            throw column.mismatch(wanted: "URL", found: "text that is no URL")
        }
        return url
    }
}

extension SQLValue: SQLColumnDecodable {
    /// Whatever the column holds.
    @inlinable
    public static func decode(_ column: some SQLColumn) throws(StorageError) -> SQLValue {
        try column.value()
    }
}

extension Optional: SQLColumnDecodable where Wrapped: SQLColumnDecodable {
    /// `nil` for NULL.
    @inlinable
    public static func decode(_ column: some SQLColumn) throws(StorageError) -> Wrapped? {
        column.isNull ? nil : try Wrapped.decode(column)
    }
}
