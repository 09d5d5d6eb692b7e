/// What is computed of a document, or nothing.
///
/// ```swift
/// .addFields([
///     "total": .multiply(.field(Item.price), .field(Item.count)),
///     "isCheap": .less(.field(Item.price), 10),
/// ])
/// ```
///
/// Numbers, texts and lists are written as such and stand for themselves: a text is never read as a
/// path or an operator. A path goes through arrays, and gives an array of what it finds; a number
/// in it is a name and no place. Where nothing is found the expression gives *nothing*, which most
/// operators take for null.
///
/// ``DocumentFilter`` is something else: it finds documents, by an index perhaps.
///
/// Source: MongoDB's manual, "Aggregation Operators".
public indirect enum DocumentExpression: Hashable, Sendable {
    /// The value at a path.
    case field(DocumentPath)
    /// The whole document.
    case root
    /// An element that ``filter(_:as:where:)`` or ``map(_:as:_:)`` goes through,
    /// or something inside it.
    case variable(String, DocumentPath? = nil)
    /// A value as it is.
    case literal(DocumentValue)
    /// A document of these fields; those that are nothing are left out.
    case document(DocumentFields<DocumentExpression>)
    /// An array of these; nothing is null in it.
    case array([DocumentExpression])
    /// An operator with one operand.
    case unary(DocumentUnaryOperator, DocumentExpression)
    /// An operator with two operands.
    case binary(DocumentBinaryOperator, DocumentExpression, DocumentExpression)
    /// An operator with any number of operands.
    case variadic(DocumentVariadicOperator, [DocumentExpression])
    /// A number with so many digits behind the point, in its own type; of null, null.
    ///
    /// From -20, for whole tens and more, to 100.
    case rounded(DocumentExpression, places: Int = 0, DocumentRounding = .toNearestOrEven)
    /// A part of a moment, in UTC; of null, null.
    case datePart(DocumentDatePart, of: DocumentExpression)
    /// One of two, by whether a condition is true.
    case conditional(DocumentExpression, then: DocumentExpression, else: DocumentExpression)
    /// What belongs to the first condition that is true.
    case `switch`([DocumentBranch], default: DocumentExpression)
    /// The elements of an array for which something is true; of null, null.
    ///
    /// ```swift
    /// .filter(.field(User.posts), as: "post", where: .greater(.variable("post", Post.likes), 10))
    /// ```
    case filter(DocumentExpression, as: String, where: DocumentExpression)
    /// What becomes of each element of an array; of null, null.
    case map(DocumentExpression, as: String, DocumentExpression)
}

extension DocumentExpression: ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByFloatLiteral, ExpressibleByStringLiteral, ExpressibleByStringInterpolation
{
    /// Yes or no.
    public init(booleanLiteral value: Bool) { self = .literal(.bool(value)) }

    /// A 64-bit integer.
    public init(integerLiteral value: Int64) { self = .literal(.int64(value)) }

    /// A floating-point number.
    public init(floatLiteral value: Double) { self = .literal(.double(value)) }

    /// A text, whatever it begins with.
    public init(stringLiteral value: String) { self = .literal(.string(value)) }
}
