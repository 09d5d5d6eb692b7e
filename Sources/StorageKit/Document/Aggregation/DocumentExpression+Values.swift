extension DocumentExpression {
    /// A value as it is, whatever it looks like.
    public static func value(_ value: some DocumentConvertible) -> DocumentExpression {
        .literal(value.documentValue)
    }

    /// A field's value.
    public static func field<Value>(_ field: Field<Value>) -> DocumentExpression {
        .field(field.path)
    }

    /// A field of an element that is gone through.
    public static func variable<Value>(
        _ name: String, _ field: Field<Value>
    ) -> DocumentExpression {
        .variable(name, field.path)
    }

    /// Texts behind each other; of null, null.
    public static func concat(_ values: DocumentExpression...) -> DocumentExpression {
        .variadic(.concat, values)
    }

    /// A text with small letters for the capitals of ASCII; of null, an empty one.
    public static func lowercased(_ text: DocumentExpression) -> DocumentExpression {
        .unary(.lowercased, text)
    }

    /// A text with capitals for the small letters of ASCII; of null, an empty one.
    public static func uppercased(_ text: DocumentExpression) -> DocumentExpression {
        .unary(.uppercased, text)
    }

    /// How many of Unicode's scalars a text has.
    public static func characterCount(of text: DocumentExpression) -> DocumentExpression {
        .unary(.characterCount, text)
    }

    /// How many elements an array has.
    public static func count(of array: DocumentExpression) -> DocumentExpression {
        .unary(.count, array)
    }

    /// The element at a place, from the end when it is below zero; nothing, where there is none.
    public static func element(
        at place: DocumentExpression, of array: DocumentExpression
    ) -> DocumentExpression {
        .binary(.elementAt, array, place)
    }

    /// Whether a value is an element of an array.
    public static func isIn(
        _ value: DocumentExpression, _ array: DocumentExpression
    ) -> DocumentExpression {
        .binary(.isIn, value, array)
    }

    /// The elements of arrays behind each other; of null, null.
    public static func concatArrays(_ arrays: DocumentExpression...) -> DocumentExpression {
        .variadic(.concatArrays, arrays)
    }

    /// The name of a value's type; of nothing, `missing`.
    public static func type(of value: DocumentExpression) -> DocumentExpression {
        .unary(.type, value)
    }
}
