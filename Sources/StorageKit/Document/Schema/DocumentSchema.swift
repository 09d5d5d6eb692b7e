/// What documents of a collection have to look like, or a value inside them.
///
/// ```swift
/// let schema = DocumentSchema.document([
///     .required("name", .string(minimumLength: 1, maximumLength: 100)),
///     .optional("age", .number([.int32, .int64], minimum: 0)),
///     .required("role", .oneOf("reader", "writer")),
///     .optional("tags", .array(of: .string(), maximumCount: 10, isUnique: true)),
/// ])
/// ```
///
/// It is MongoDB's `$jsonSchema` as a value. Each rule is about values of its kind and none of the
/// others: a minimum about numbers, a length about texts. What is to be a number has ``types`` that
/// say so. A schema without rules allows everything.
///
/// Source: MongoDB's manual, "$jsonSchema".
public struct DocumentSchema: Hashable, Sendable {
    /// An end of a range of numbers.
    public struct Bound: Hashable, Sendable {
        /// The number, of any of the four types.
        public var value: DocumentValue
        /// Whether the number itself is in the range.
        public var isIncluded: Bool

        /// Creates an end of a range.
        public init(_ value: DocumentValue, isIncluded: Bool = true) {
            self.value = value
            self.isIncluded = isIncluded
        }
    }

    /// A field of a document.
    public struct Field: Hashable, Sendable {
        /// Its name: no path.
        public var name: String
        /// What its value is like.
        public var schema: DocumentSchema
        /// Whether it has to be there.
        public var isRequired: Bool

        /// A field that has to be there, be it null if its schema allows that.
        public static func required(_ name: String, _ schema: DocumentSchema = .any) -> Field {
            Field(name: name, schema: schema, isRequired: true)
        }

        /// A field that may be there.
        public static func optional(_ name: String, _ schema: DocumentSchema = .any) -> Field {
            Field(name: name, schema: schema, isRequired: false)
        }
    }

    /// One of these types; none for any.
    public var types: [DocumentValueType] = []
    /// Equal to one of these, as a filter sees it; none for any.
    public var values: [DocumentValue] = []
    /// The least number.
    public var minimum: Bound?
    /// The greatest number.
    public var maximum: Bound?
    /// The fewest code points of a text.
    public var minimumLength: Int?
    /// The most code points of a text.
    public var maximumLength: Int?
    /// A pattern that is found in a text; as Perl writes them.
    public var pattern: String?
    /// What each element of an array is like; `nil` for anything.
    public var items: DocumentSchema? {
        get { boxedItems.first }
        set { boxedItems = newValue.map { [$0] } ?? [] }
    }
    /// The fewest elements of an array.
    public var minimumCount: Int?
    /// The most elements of an array.
    public var maximumCount: Int?
    /// Whether no two elements of an array are equal.
    public var hasUniqueItems = false
    /// Fields of a document.
    public var fields: [Field] = []
    /// Whether a document may have other fields than ``fields``.
    public var allowsOtherFields = true
    /// The fewest fields of a document.
    public var minimumFields: Int?
    /// The most fields of a document.
    public var maximumFields: Int?

    /// A value cannot hold another one of its type.
    private var boxedItems: [DocumentSchema] = []

    /// A schema that allows everything.
    public init() {}
}

extension DocumentSchema {
    /// Anything.
    public static let any = DocumentSchema()

    /// A value of one of these types.
    public static func of(_ types: DocumentValueType...) -> DocumentSchema {
        var schema = DocumentSchema()
        schema.types = types
        return schema
    }

    /// A value equal to one of these.
    public static func oneOf(_ values: DocumentValue...) -> DocumentSchema {
        var schema = DocumentSchema()
        schema.values = values
        return schema
    }

    /// A text.
    public static func string(
        minimumLength: Int? = nil, maximumLength: Int? = nil, pattern: String? = nil
    ) -> DocumentSchema {
        var schema = DocumentSchema.of(.string)
        schema.minimumLength = minimumLength
        schema.maximumLength = maximumLength
        schema.pattern = pattern
        return schema
    }

    /// A number of one of these types, both ends included.
    public static func number(
        _ types: [DocumentValueType] = DocumentValueType.numbers, minimum: DocumentValue? = nil,
        maximum: DocumentValue? = nil
    ) -> DocumentSchema {
        var schema = DocumentSchema()
        schema.types = types
        schema.minimum = minimum.map { Bound($0) }
        schema.maximum = maximum.map { Bound($0) }
        return schema
    }

    /// An array.
    public static func array(
        of items: DocumentSchema? = nil, minimumCount: Int? = nil, maximumCount: Int? = nil,
        isUnique: Bool = false
    ) -> DocumentSchema {
        var schema = DocumentSchema.of(.array)
        schema.items = items
        schema.minimumCount = minimumCount
        schema.maximumCount = maximumCount
        schema.hasUniqueItems = isUnique
        return schema
    }

    /// A document.
    public static func document(
        _ fields: [Field] = [], allowsOtherFields: Bool = true
    ) -> DocumentSchema {
        var schema = DocumentSchema.of(.document)
        schema.fields = fields
        schema.allowsOtherFields = allowsOtherFields
        return schema
    }
}
