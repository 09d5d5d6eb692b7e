// Of decimal numbers every digit is kept, also by SQLite, which has no such numbers.
extension SQLExpression where Value: SQLBindable & Numeric {
    /// The sum.
    ///
    /// A sum that does not fit the database's type is its error, or with SQLite a real number.
    public static func + (left: Self, right: Value) -> Self {
        computed(.sum, left.sql, .value(right))
    }

    /// The sum.
    public static func + (left: Self, right: Self) -> Self {
        computed(.sum, left.sql, right.sql)
    }

    /// The difference.
    public static func - (left: Self, right: Value) -> Self {
        computed(.difference, left.sql, .value(right))
    }

    /// The difference.
    public static func - (left: Self, right: Self) -> Self {
        computed(.difference, left.sql, right.sql)
    }

    /// The product.
    public static func * (left: Self, right: Value) -> Self {
        computed(.product, left.sql, .value(right))
    }

    /// The product.
    public static func * (left: Self, right: Self) -> Self {
        computed(.product, left.sql, right.sql)
    }

    private static func computed(_ arithmetic: SQLArithmetic, _ left: SQL, _ right: SQL) -> Self {
        guard isDecimal else {
            return Self(made: "(\(left) \(SQL(verbatim: arithmetic.sign)) \(right))")
        }
        let sign: SQL = "\(word: .decimalSign(arithmetic))"
        return Self(made: "\(word: .decimalFunction(arithmetic))(\(left)\(sign)\(right))")
    }
}
