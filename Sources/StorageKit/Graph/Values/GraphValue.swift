/// The value of a property.
///
/// There is no null: a property that has no value is not there. `==` of two values is that of Swift
/// (`1` and `1.0` are different values, and not-a-number is not itself); what a query takes for the
/// same is ``isEqual(to:)``.
///
/// ```swift
/// let properties: [PropertyKey: GraphValue] = ["name": "Ada", "born": 1815, "languages": ["en"]]
/// ```
public enum GraphValue: Hashable, Sendable {
    /// Yes or no.
    case bool(Bool)
    /// A whole number of 64 bits.
    case integer(Int64)
    /// A floating-point number of 64 bits.
    case double(Double)
    /// A text.
    case string(String)
    /// Bytes.
    case bytes([UInt8])
    /// Several values, in their order.
    case list([GraphValue])
}

extension GraphValue: ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByFloatLiteral, ExpressibleByStringLiteral, ExpressibleByArrayLiteral
{
    /// Yes or no.
    public init(booleanLiteral value: Bool) { self = .bool(value) }

    /// A whole number.
    public init(integerLiteral value: Int64) { self = .integer(value) }

    /// A floating-point number.
    public init(floatLiteral value: Double) { self = .double(value) }

    /// A text.
    public init(stringLiteral value: String) { self = .string(value) }

    /// A list.
    public init(arrayLiteral elements: GraphValue...) { self = .list(elements) }
}
