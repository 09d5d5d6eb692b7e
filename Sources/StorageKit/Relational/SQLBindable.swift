#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// A type whose values can be interpolated into a ``SQL`` statement, as parameters.
///
/// A newtype over a bindable raw value needs no code:
///
/// ```swift
/// struct TodoID: RawRepresentable, Hashable, Codable, SQLConvertible { var rawValue: Int }
/// ```
public protocol SQLBindable: Sendable {
    /// The value to bind.
    ///
    /// - Throws: ``StorageError/Code/encodingFailed`` when no database could store it.
    var sqlValue: SQLValue { get throws(StorageError) }

    /// The kind of value that it binds, for places where there is none: an empty list.
    static var sqlType: SQLType { get }
}

extension SQLBindable {
    /// Text, for a type that does not say.
    public static var sqlType: SQLType { .text }
}

// Inlinable where it is no more than the choice of a case, as in SQLColumnDecodable.

extension SQLBindable where Self: RawRepresentable, RawValue: SQLBindable {
    /// The raw value's.
    @inlinable
    public var sqlValue: SQLValue {
        get throws(StorageError) { try rawValue.sqlValue }
    }
    /// The raw value's.
    public static var sqlType: SQLType { RawValue.sqlType }
}

extension SQLBindable where Self: FixedWidthInteger {
    /// The integer, when it fits 64 signed bits.
    @inlinable
    public var sqlValue: SQLValue {
        get throws(StorageError) {
            guard let integer = Int64(exactly: self) else {
                throw StorageError(
                    code: .encodingFailed,
                    message: "an integer above \(Int64.max) does not fit a SQL integer; "
                        + "store it as text")
            }
            return .integer(integer)
        }
    }
    /// An integer.
    public static var sqlType: SQLType { .integer }
}

extension Int: SQLBindable {}
extension Int8: SQLBindable {}
extension Int16: SQLBindable {}
extension Int32: SQLBindable {}
extension Int64: SQLBindable {}
extension UInt: SQLBindable {}
extension UInt8: SQLBindable {}
extension UInt16: SQLBindable {}
extension UInt32: SQLBindable {}
extension UInt64: SQLBindable {}

extension Bool: SQLBindable {
    /// A boolean.
    @inlinable
    public var sqlValue: SQLValue { .boolean(self) }
    /// As ``sqlValue`` says.
    public static var sqlType: SQLType { .boolean }
}

extension Double: SQLBindable {
    /// A real number.
    @inlinable
    public var sqlValue: SQLValue { .real(self) }
    /// As ``sqlValue`` says.
    public static var sqlType: SQLType { .real }
}

extension Float: SQLBindable {
    /// A real number; every `Float` is exactly a `Double`.
    @inlinable
    public var sqlValue: SQLValue { .real(Double(self)) }
    /// As ``sqlValue`` says.
    public static var sqlType: SQLType { .real }
}

extension String: SQLBindable {
    /// Text.
    @inlinable
    public var sqlValue: SQLValue { .text(self) }
}

extension Data: SQLBindable {
    /// Bytes.
    public var sqlValue: SQLValue { .bytes([UInt8](self)) }
    /// As ``sqlValue`` says.
    public static var sqlType: SQLType { .bytes }
}

extension Date: SQLBindable {
    /// A date.
    public var sqlValue: SQLValue { .date(self) }
    /// As ``sqlValue`` says.
    public static var sqlType: SQLType { .date }
}

extension UUID: SQLBindable {
    /// An identifier.
    public var sqlValue: SQLValue { .uuid(self) }
    /// As ``sqlValue`` says.
    public static var sqlType: SQLType { .uuid }
}

extension Decimal: SQLBindable {
    /// A decimal number with all its digits; SQLite keeps it as text.
    public var sqlValue: SQLValue { .decimal(self) }
    /// As ``sqlValue`` says.
    public static var sqlType: SQLType { .decimal }
}

extension URL: SQLBindable {
    /// Text; a relative URL as it is resolved against its base.
    public var sqlValue: SQLValue { .text(absoluteString) }
}

extension SQLValue: SQLBindable {
    /// Itself.
    @inlinable
    public var sqlValue: SQLValue { self }
}

extension Optional: SQLBindable where Wrapped: SQLBindable {
    /// NULL for `nil`.
    @inlinable
    public var sqlValue: SQLValue {
        get throws(StorageError) {
            guard let self else { return .null }
            return try self.sqlValue
        }
    }
    /// The wrapped type's.
    public static var sqlType: SQLType { Wrapped.sqlType }
}
