extension DocumentExpression {
    /// Whether both are of the same worth.
    public static func equal(
        _ left: DocumentExpression, _ right: DocumentExpression
    ) -> DocumentExpression {
        .binary(.equal, left, right)
    }

    /// Whether they are not of the same worth.
    public static func notEqual(
        _ left: DocumentExpression, _ right: DocumentExpression
    ) -> DocumentExpression {
        .binary(.notEqual, left, right)
    }

    /// Whether the first comes before the second, in the order of all values and types.
    public static func less(
        _ left: DocumentExpression, _ right: DocumentExpression
    ) -> DocumentExpression {
        .binary(.less, left, right)
    }

    /// Whether the first does not come after the second.
    public static func lessOrEqual(
        _ left: DocumentExpression, _ right: DocumentExpression
    ) -> DocumentExpression {
        .binary(.lessOrEqual, left, right)
    }

    /// Whether the first comes after the second.
    public static func greater(
        _ left: DocumentExpression, _ right: DocumentExpression
    ) -> DocumentExpression {
        .binary(.greater, left, right)
    }

    /// Whether the first does not come before the second.
    public static func greaterOrEqual(
        _ left: DocumentExpression, _ right: DocumentExpression
    ) -> DocumentExpression {
        .binary(.greaterOrEqual, left, right)
    }

    /// Whether all are true, which all values are but false, null, nothing and zero.
    public static func and(_ values: DocumentExpression...) -> DocumentExpression {
        .variadic(.and, values)
    }

    /// Whether one is true.
    public static func or(_ values: DocumentExpression...) -> DocumentExpression {
        .variadic(.or, values)
    }

    /// Whether it is not true.
    public static func not(_ value: DocumentExpression) -> DocumentExpression {
        .unary(.not, value)
    }

    /// The first that is not null or nothing, or else the last, as it is.
    public static func ifNull(_ values: DocumentExpression...) -> DocumentExpression {
        .variadic(.ifNull, values)
    }
}
