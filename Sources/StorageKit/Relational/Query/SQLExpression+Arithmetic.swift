extension SQLExpression where Value: SQLBindable & Numeric {
    /// The sum.
    ///
    /// A sum that does not fit the database's type is its error, or with SQLite a real number.
    public static func + (left: Self, right: Value) -> Self {
        Self(made: "(\(left.sql) + \(right))")
    }

    /// The sum.
    public static func + (left: Self, right: Self) -> Self {
        Self(made: "(\(left.sql) + \(right.sql))")
    }

    /// The difference.
    public static func - (left: Self, right: Value) -> Self {
        Self(made: "(\(left.sql) - \(right))")
    }

    /// The difference.
    public static func - (left: Self, right: Self) -> Self {
        Self(made: "(\(left.sql) - \(right.sql))")
    }

    /// The product.
    public static func * (left: Self, right: Value) -> Self {
        Self(made: "(\(left.sql) * \(right))")
    }

    /// The product.
    public static func * (left: Self, right: Self) -> Self {
        Self(made: "(\(left.sql) * \(right.sql))")
    }
}
