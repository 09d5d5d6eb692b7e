extension SQLExpression where Value == Bool {
    /// Whether both hold.
    public static func && (left: Self, right: Self) -> Self {
        Self(comparing: "(\(left.condition) AND \(right.condition))")
    }

    /// Whether one of them holds, or both.
    public static func || (left: Self, right: Self) -> Self {
        Self(comparing: "(\(left.condition) OR \(right.condition))")
    }

    /// Whether it does not hold.
    ///
    /// `IS NOT TRUE` and not `NOT`: SQL's `NOT` of unknown is unknown, and a row with NULL would be
    /// found neither by a condition nor by its opposite.
    public static prefix func ! (predicate: Self) -> Self {
        Self(made: "((\(predicate.condition)) IS NOT TRUE)")
    }
}
