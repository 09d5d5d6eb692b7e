extension SQLExpression where Value == Bool {
    /// Whether both hold.
    public static func && (left: Self, right: Self) -> Self {
        Self(made: "(\(left.sql) AND \(right.sql))")
    }

    /// Whether one of them holds, or both.
    public static func || (left: Self, right: Self) -> Self {
        Self(made: "(\(left.sql) OR \(right.sql))")
    }

    /// Whether it does not hold.
    ///
    /// `IS NOT TRUE` and not `NOT`: SQL's `NOT` of unknown is unknown, and a row with NULL would be
    /// found neither by a condition nor by its opposite.
    public static prefix func ! (predicate: Self) -> Self {
        Self(made: "((\(predicate.sql)) IS NOT TRUE)")
    }
}
