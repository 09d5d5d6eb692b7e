extension DocumentExpression {
    /// The sum of numbers, or a moment so many milliseconds later; of null, null.
    ///
    /// Whole numbers become wider as they need to be, and real beyond 64 bits.
    public static func add(_ values: DocumentExpression...) -> DocumentExpression {
        .variadic(.add, values)
    }

    /// The product of numbers; of null, null.
    public static func multiply(_ values: DocumentExpression...) -> DocumentExpression {
        .variadic(.multiply, values)
    }

    /// The difference; of two moments the milliseconds between them. Of null, null.
    public static func subtract(
        _ left: DocumentExpression, _ right: DocumentExpression
    ) -> DocumentExpression {
        .binary(.subtract, left, right)
    }

    /// The quotient, a floating-point number or a decimal; of null, null.
    public static func divide(
        _ left: DocumentExpression, _ right: DocumentExpression
    ) -> DocumentExpression {
        .binary(.divide, left, right)
    }

    /// What a division leaves, with the sign of the first; of null, null.
    public static func mod(
        _ left: DocumentExpression, _ right: DocumentExpression
    ) -> DocumentExpression {
        .binary(.mod, left, right)
    }

    /// A number without its sign; of null, null.
    public static func absolute(_ value: DocumentExpression) -> DocumentExpression {
        .unary(.absolute, value)
    }

    /// The least whole number that is not less, in the number's type; of null, null.
    public static func ceiling(_ value: DocumentExpression) -> DocumentExpression {
        .unary(.ceiling, value)
    }

    /// The greatest whole number that is not greater, in the number's type; of null, null.
    public static func floor(_ value: DocumentExpression) -> DocumentExpression {
        .unary(.floor, value)
    }

    /// The sum of an array's numbers; of others, 0.
    public static func sum(of array: DocumentExpression) -> DocumentExpression {
        .unary(.sum, array)
    }

    /// The average of an array's numbers; of none, null.
    public static func average(of array: DocumentExpression) -> DocumentExpression {
        .unary(.average, array)
    }

    /// The least of an array's elements but null; of none, null.
    public static func min(of array: DocumentExpression) -> DocumentExpression {
        .unary(.min, array)
    }

    /// The greatest of an array's elements but null; of none, null.
    public static func max(of array: DocumentExpression) -> DocumentExpression {
        .unary(.max, array)
    }
}
