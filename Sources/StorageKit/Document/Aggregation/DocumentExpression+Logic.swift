extension DocumentExpression {
    /// Whether both are of the same worth.
    public static func equal(
        _ left: some DocumentExpressible, _ right: some DocumentExpressible
    ) -> DocumentExpression {
        .binary(.equal, left.expression, right.expression)
    }

    /// Whether they are not of the same worth.
    public static func notEqual(
        _ left: some DocumentExpressible, _ right: some DocumentExpressible
    ) -> DocumentExpression {
        .binary(.notEqual, left.expression, right.expression)
    }

    /// Whether the first comes before the second, in the order of all values and types.
    public static func less(
        _ left: some DocumentExpressible, _ right: some DocumentExpressible
    ) -> DocumentExpression {
        .binary(.less, left.expression, right.expression)
    }

    /// Whether the first does not come after the second.
    public static func lessOrEqual(
        _ left: some DocumentExpressible, _ right: some DocumentExpressible
    ) -> DocumentExpression {
        .binary(.lessOrEqual, left.expression, right.expression)
    }

    /// Whether the first comes after the second.
    public static func greater(
        _ left: some DocumentExpressible, _ right: some DocumentExpressible
    ) -> DocumentExpression {
        .binary(.greater, left.expression, right.expression)
    }

    /// Whether the first does not come before the second.
    public static func greaterOrEqual(
        _ left: some DocumentExpressible, _ right: some DocumentExpressible
    ) -> DocumentExpression {
        .binary(.greaterOrEqual, left.expression, right.expression)
    }

    /// Whether all are true, which all values are but false, null, nothing and zero.
    public static func and(_ values: any DocumentExpressible...) -> DocumentExpression {
        .variadic(.and, values.map(\.expression))
    }

    /// Whether one is true.
    public static func or(_ values: any DocumentExpressible...) -> DocumentExpression {
        .variadic(.or, values.map(\.expression))
    }

    /// Whether it is not true.
    public static func not(_ value: some DocumentExpressible) -> DocumentExpression {
        .unary(.not, value.expression)
    }

    /// One of two, by whether a condition is true.
    public static func conditional(
        _ condition: some DocumentExpressible, then value: some DocumentExpressible,
        else other: some DocumentExpressible
    ) -> DocumentExpression {
        .conditional(if: condition.expression, then: value.expression, else: other.expression)
    }

    /// The first that is not null or nothing, or else the last, as it is.
    public static func ifNull(_ values: any DocumentExpressible...) -> DocumentExpression {
        .variadic(.ifNull, values.map(\.expression))
    }
}
