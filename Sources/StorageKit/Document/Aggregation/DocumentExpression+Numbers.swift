extension DocumentExpression {
    /// The sum of numbers, or a moment so many milliseconds later; of null, null.
    ///
    /// Whole numbers become wider as they need to be, and real beyond 64 bits.
    public static func add(_ values: any DocumentExpressible...) -> DocumentExpression {
        .variadic(.add, values.map(\.expression))
    }

    /// The product of numbers; of null, null.
    public static func multiply(_ values: any DocumentExpressible...) -> DocumentExpression {
        .variadic(.multiply, values.map(\.expression))
    }

    /// The difference; of two moments the milliseconds between them. Of null, null.
    public static func subtract(
        _ left: some DocumentExpressible, _ right: some DocumentExpressible
    ) -> DocumentExpression {
        .binary(.subtract, left.expression, right.expression)
    }

    /// The quotient, a floating-point number or a decimal; of null, null.
    public static func divide(
        _ left: some DocumentExpressible, _ right: some DocumentExpressible
    ) -> DocumentExpression {
        .binary(.divide, left.expression, right.expression)
    }

    /// What a division leaves, with the sign of the first; of null, null.
    public static func mod(
        _ left: some DocumentExpressible, _ right: some DocumentExpressible
    ) -> DocumentExpression {
        .binary(.mod, left.expression, right.expression)
    }

    /// A number without its sign; of null, null.
    public static func absolute(_ value: some DocumentExpressible) -> DocumentExpression {
        .unary(.absolute, value.expression)
    }

    /// The least whole number that is not less, in the number's type; of null, null.
    public static func ceiling(_ value: some DocumentExpressible) -> DocumentExpression {
        .unary(.ceiling, value.expression)
    }

    /// The greatest whole number that is not greater, in the number's type; of null, null.
    public static func floor(_ value: some DocumentExpressible) -> DocumentExpression {
        .unary(.floor, value.expression)
    }

    /// A number with so many digits behind the point, in its own type; of null, null.
    ///
    /// - Parameter places: From -20, for whole tens and more, to 100.
    public static func rounded(
        _ value: some DocumentExpressible, places: Int = 0,
        _ rounding: DocumentRounding = .toNearestOrEven
    ) -> DocumentExpression {
        .round(value.expression, rounding, places: places)
    }

    /// The sum of an array's numbers; of others, 0.
    public static func sum(of array: some DocumentExpressible) -> DocumentExpression {
        .unary(.sum, array.expression)
    }

    /// The average of an array's numbers; of none, null.
    public static func average(of array: some DocumentExpressible) -> DocumentExpression {
        .unary(.average, array.expression)
    }

    /// The least of an array's elements but null; of none, null.
    public static func min(of array: some DocumentExpressible) -> DocumentExpression {
        .unary(.min, array.expression)
    }

    /// The greatest of an array's elements but null; of none, null.
    public static func max(of array: some DocumentExpressible) -> DocumentExpression {
        .unary(.max, array.expression)
    }

    /// A part of a moment, in UTC; of null, null.
    public static func datePart(
        _ part: DocumentDatePart, of moment: some DocumentExpressible
    ) -> DocumentExpression {
        .part(part, of: moment.expression)
    }
}
