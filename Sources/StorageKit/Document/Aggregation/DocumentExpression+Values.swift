extension DocumentExpression {
    /// A value as it is, whatever it looks like.
    public static func value(_ value: some DocumentConvertible) -> DocumentExpression {
        .literal(value.documentValue)
    }

    /// An element that ``filter(_:as:where:)`` or ``map(_:as:_:)`` goes through.
    public static func variable(_ name: String) -> DocumentExpression { .variable(name, nil) }

    /// A field of an element that is gone through.
    public static func variable<Value>(
        _ name: String, _ field: Field<Value>
    ) -> DocumentExpression {
        .variable(name, field.path)
    }

    /// Texts behind each other; of null, null.
    public static func concat(_ values: any DocumentExpressible...) -> DocumentExpression {
        .variadic(.concat, values.map(\.expression))
    }

    /// A text with small letters for the capitals of ASCII; of null, an empty one.
    public static func lowercased(_ text: some DocumentExpressible) -> DocumentExpression {
        .unary(.lowercased, text.expression)
    }

    /// A text with capitals for the small letters of ASCII; of null, an empty one.
    public static func uppercased(_ text: some DocumentExpressible) -> DocumentExpression {
        .unary(.uppercased, text.expression)
    }

    /// How many of Unicode's scalars a text has.
    public static func characterCount(of text: some DocumentExpressible) -> DocumentExpression {
        .unary(.characterCount, text.expression)
    }

    /// How many elements an array has.
    public static func count(of array: some DocumentExpressible) -> DocumentExpression {
        .unary(.count, array.expression)
    }

    /// The element at a place, from the end when it is below zero; nothing, where there is none.
    public static func element(
        at place: some DocumentExpressible, of array: some DocumentExpressible
    ) -> DocumentExpression {
        .binary(.elementAt, array.expression, place.expression)
    }

    /// Whether a value is an element of an array.
    public static func isIn(
        _ value: some DocumentExpressible, _ array: some DocumentExpressible
    ) -> DocumentExpression {
        .binary(.isIn, value.expression, array.expression)
    }

    /// The elements of arrays behind each other; of null, null.
    public static func concatArrays(_ arrays: any DocumentExpressible...) -> DocumentExpression {
        .variadic(.concatArrays, arrays.map(\.expression))
    }

    /// The elements of an array for which something is true; of null, null.
    ///
    /// ```swift
    /// .filter(User.posts, as: "post", where: .greater(.variable("post", Post.likes), 10))
    /// ```
    public static func filter(
        _ array: some DocumentExpressible, as name: String,
        where condition: some DocumentExpressible
    ) -> DocumentExpression {
        .filter(in: array.expression, as: name, where: condition.expression)
    }

    /// What becomes of each element of an array; of null, null.
    public static func map(
        _ array: some DocumentExpressible, as name: String, _ value: some DocumentExpressible
    ) -> DocumentExpression {
        .map(in: array.expression, as: name, to: value.expression)
    }

    /// The name of a value's type; of nothing, `missing`.
    public static func type(of value: some DocumentExpressible) -> DocumentExpression {
        .unary(.type, value.expression)
    }
}
