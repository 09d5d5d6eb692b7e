/// A value of a document: everything that BSON has a type for.
///
/// ```swift
/// let likes: DocumentValue = 3
/// let tags: DocumentValue = ["swift", "databases"]
/// ```
///
/// Equality is that of type and content: `1` as a 32-bit integer is not `1.0`. What a *filter*
/// takes for equal is MongoDB's to say, for which they are.
///
/// Source: bsonspec.org, version 1.1.
public indirect enum DocumentValue: Hashable, Sendable {
    /// A 64-bit binary floating-point number.
    case double(Double)
    /// A text.
    case string(String)
    /// A document inside the document.
    case document(Document)
    /// Values in their order.
    case array([DocumentValue])
    /// Bytes, and what they are.
    case binary(DocumentBinary)
    /// A value that was not defined; deprecated, and kept as it was read.
    case undefined
    /// A generated identifier.
    case objectID(ObjectID)
    /// Yes or no.
    case bool(Bool)
    /// A moment, in milliseconds.
    case date(DocumentDate)
    /// No value, said explicitly: a field that is null is there.
    case null
    /// A pattern for texts.
    case regularExpression(DocumentRegularExpression)
    /// A collection's name and an identifier in it; deprecated, and kept as it was read.
    case pointer(DocumentPointer)
    /// A program; nobody runs it here.
    case javaScript(String)
    /// A name; deprecated, and kept as it was read.
    case symbol(String)
    /// A program with the values of its variables; deprecated, and kept as it was read.
    case javaScriptWithScope(String, Document)
    /// A 32-bit integer.
    case int32(Int32)
    /// MongoDB's own clock; for a moment, use ``date(_:)``.
    case timestamp(DocumentTimestamp)
    /// A 64-bit integer.
    case int64(Int64)
    /// A decimal floating-point number of 34 digits.
    case decimal128(Decimal128)
    /// Less than every other value.
    case minKey
    /// Greater than every other value.
    case maxKey
}

// Not by `nil`, which stands for no value wherever one is optional, and would be null where it
// happens not to be.
extension DocumentValue: ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByFloatLiteral, ExpressibleByStringLiteral,
    ExpressibleByStringInterpolation, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    /// Yes or no.
    public init(booleanLiteral value: Bool) { self = .bool(value) }

    /// A 64-bit integer.
    public init(integerLiteral value: Int64) { self = .int64(value) }

    /// A floating-point number.
    public init(floatLiteral value: Double) { self = .double(value) }

    /// A text.
    public init(stringLiteral value: String) { self = .string(value) }

    /// An array.
    public init(arrayLiteral elements: DocumentValue...) { self = .array(elements) }

    /// A document with these fields, in this order.
    public init(dictionaryLiteral elements: (String, DocumentValue)...) {
        self = .document(Document(fields: elements.map(DocumentField.init)))
    }
}
