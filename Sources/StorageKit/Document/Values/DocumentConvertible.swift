#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// A type whose values can stand in a filter or an update.
///
/// A newtype over such a raw value needs no code:
///
/// ```swift
/// enum Role: String, Codable, DocumentConvertible { case reader, writer }
/// ```
///
/// What it gives is what the coding of entities writes for the same value, so that a filter finds
/// what was stored.
public protocol DocumentConvertible: Sendable {
    /// The value as a document holds it.
    var documentValue: DocumentValue { get }
}

extension DocumentConvertible where Self: RawRepresentable, RawValue: DocumentConvertible {
    /// The raw value's.
    public var documentValue: DocumentValue { rawValue.documentValue }
}

extension DocumentValue: DocumentConvertible {
    /// Itself.
    public var documentValue: DocumentValue { self }
}

extension Document: DocumentConvertible {
    /// A document in the document.
    public var documentValue: DocumentValue { .document(self) }
}

extension String: DocumentConvertible {
    /// A text.
    public var documentValue: DocumentValue { .string(self) }
}

extension Bool: DocumentConvertible {
    /// Yes or no.
    public var documentValue: DocumentValue { .bool(self) }
}

extension Double: DocumentConvertible {
    /// A floating-point number.
    public var documentValue: DocumentValue { .double(self) }
}

extension Float: DocumentConvertible {
    /// A floating-point number of 64 bits.
    public var documentValue: DocumentValue { .double(Double(self)) }
}

extension Int: DocumentConvertible {
    /// A 64-bit integer.
    public var documentValue: DocumentValue { .int64(Int64(self)) }
}

extension Int64: DocumentConvertible {
    /// A 64-bit integer.
    public var documentValue: DocumentValue { .int64(self) }
}

extension Int32: DocumentConvertible {
    /// A 32-bit integer.
    public var documentValue: DocumentValue { .int32(self) }
}

extension Int16: DocumentConvertible {
    /// A 32-bit integer.
    public var documentValue: DocumentValue { .int32(Int32(self)) }
}

extension Int8: DocumentConvertible {
    /// A 32-bit integer.
    public var documentValue: DocumentValue { .int32(Int32(self)) }
}

extension UInt8: DocumentConvertible {
    /// A 32-bit integer.
    public var documentValue: DocumentValue { .int32(Int32(self)) }
}

extension UInt16: DocumentConvertible {
    /// A 32-bit integer.
    public var documentValue: DocumentValue { .int32(Int32(self)) }
}

extension UInt32: DocumentConvertible {
    /// A 64-bit integer.
    public var documentValue: DocumentValue { .int64(Int64(self)) }
}

extension ObjectID: DocumentConvertible {
    /// A generated identifier.
    public var documentValue: DocumentValue { .objectID(self) }
}

extension Decimal128: DocumentConvertible {
    /// A decimal number.
    public var documentValue: DocumentValue { .decimal128(self) }
}

extension DocumentBinary: DocumentConvertible {
    /// Bytes.
    public var documentValue: DocumentValue { .binary(self) }
}

extension DocumentDate: DocumentConvertible {
    /// A moment.
    public var documentValue: DocumentValue { .date(self) }
}

extension DocumentTimestamp: DocumentConvertible {
    /// MongoDB's own clock.
    public var documentValue: DocumentValue { .timestamp(self) }
}

extension DocumentRegularExpression: DocumentConvertible {
    /// A pattern as a value; to look for texts that it matches, use a field's `matches`.
    public var documentValue: DocumentValue { .regularExpression(self) }
}

extension Date: DocumentConvertible {
    /// The moment, rounded to milliseconds.
    public var documentValue: DocumentValue { .date(DocumentDate(self)) }
}

extension UUID: DocumentConvertible {
    /// Sixteen bytes of the subtype for UUIDs.
    public var documentValue: DocumentValue {
        .binary(DocumentBinary(withUnsafeBytes(of: uuid) { Array($0) }, subtype: .uuid))
    }
}

extension Optional: DocumentConvertible where Wrapped: DocumentConvertible {
    /// Null for `nil`.
    public var documentValue: DocumentValue { self?.documentValue ?? .null }
}

extension Array: DocumentConvertible where Element: DocumentConvertible {
    /// The elements' values in their order.
    public var documentValue: DocumentValue { .array(map(\.documentValue)) }
}
