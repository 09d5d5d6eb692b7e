/// A type whose values can be a property's.
///
/// A newtype over such a raw value needs no code:
///
/// ```swift
/// enum Role: String, Codable, GraphValueConvertible { case reader, writer }
/// ```
///
/// What it gives is what the coding of entities writes for the same value, so that a condition
/// finds what was stored.
public protocol GraphValueConvertible: Sendable {
    /// The value as a property holds it.
    var graphValue: GraphValue { get }
}

extension GraphValueConvertible where Self: RawRepresentable, RawValue: GraphValueConvertible {
    /// The raw value's.
    public var graphValue: GraphValue { rawValue.graphValue }
}

extension GraphValue: GraphValueConvertible {
    /// Itself.
    public var graphValue: GraphValue { self }
}

extension Bool: GraphValueConvertible {
    /// Yes or no.
    public var graphValue: GraphValue { .bool(self) }
}

extension Int: GraphValueConvertible {
    /// A whole number.
    public var graphValue: GraphValue { .integer(Int64(self)) }
}

extension Int64: GraphValueConvertible {
    /// A whole number.
    public var graphValue: GraphValue { .integer(self) }
}

extension Int32: GraphValueConvertible {
    /// A whole number.
    public var graphValue: GraphValue { .integer(Int64(self)) }
}

extension Double: GraphValueConvertible {
    /// A floating-point number.
    public var graphValue: GraphValue { .double(self) }
}

extension Float: GraphValueConvertible {
    /// A floating-point number of 64 bits.
    public var graphValue: GraphValue { .double(Double(self)) }
}

extension String: GraphValueConvertible {
    /// A text.
    public var graphValue: GraphValue { .string(self) }
}

extension Array: GraphValueConvertible where Element: GraphValueConvertible {
    /// A list.
    public var graphValue: GraphValue { .list(map(\.graphValue)) }
}
