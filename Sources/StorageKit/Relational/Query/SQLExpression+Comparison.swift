// Equality is Swift's: nil equals nil and differs from everything else. Where no side can be NULL
// it is SQL's `=`, which every index serves.
extension SQLExpression where Value: SQLBindable {
    /// Whether both are the same; `nil` is the same as `nil`.
    public static func == (left: Self, right: Value) -> SQLPredicate {
        let value = SQL.value(right)
        if value.isNull { return SQLPredicate(made: "\(left.sql) IS NULL") }
        return SQLPredicate(made: "\(left.sql) = \(value)")
    }

    /// Whether they differ; `nil` differs from everything but `nil`.
    public static func != (left: Self, right: Value) -> SQLPredicate {
        let value = SQL.value(right)
        if value.isNull { return SQLPredicate(made: "\(left.sql) IS NOT NULL") }
        return different(left.sql, value, mayBeNull: left.isNullable)
    }

    /// Whether both are the same; `nil` is the same as `nil`.
    public static func == (left: Self, right: Self) -> SQLPredicate {
        guard left.isNullable else { return SQLPredicate(made: "\(left.sql) = \(right.sql)") }
        return SQLPredicate(made: "\(left.sql) \(word: .isSame) \(right.sql)")
    }

    /// Whether they differ; `nil` differs from everything but `nil`.
    public static func != (left: Self, right: Self) -> SQLPredicate {
        different(left.sql, right.sql, mayBeNull: left.isNullable)
    }

    /// Whether both are the same, as in the condition of a join.
    public static func == (left: Self, right: SQLExpression<Value?>) -> SQLPredicate {
        SQLPredicate(made: "\(left.sql) = \(right.sql)")
    }

    /// Whether both are the same, as in the condition of a join.
    public static func == (left: SQLExpression<Value?>, right: Self) -> SQLPredicate {
        SQLPredicate(made: "\(left.sql) = \(right.sql)")
    }

    /// Whether it is one of these; of none it never is.
    ///
    /// Each number of values is another statement to the database. For a list that may be long,
    /// ask several times or join a table.
    ///
    /// - Parameter values: Any number within ``SQLDialect/maximumParameters``; `nil` among them
    ///   matches nothing, compare with `nil` for that.
    public func isIn(_ values: [Value]) -> SQLPredicate {
        SQLPredicate(made: "\(sql) IN \(values)")
    }

    private static func different(_ left: SQL, _ right: SQL, mayBeNull: Bool) -> SQLPredicate {
        guard mayBeNull else { return SQLPredicate(made: "\(left) <> \(right)") }
        return SQLPredicate(made: "\(left) \(word: .isDifferent) \(right)")
    }
}

// An order is asked of what has one, NULL aside: with NULL on a side the answer is false.
extension SQLExpression where Value: SQLBindable {
    /// Whether it comes before the value.
    public static func < (left: Self, right: Value) -> SQLPredicate {
        SQLPredicate(made: "\(left.sql) < \(right)")
    }

    /// Whether it comes before the other one.
    public static func < (left: Self, right: Self) -> SQLPredicate {
        SQLPredicate(made: "\(left.sql) < \(right.sql)")
    }

    /// Whether it comes before the value or is the same.
    public static func <= (left: Self, right: Value) -> SQLPredicate {
        SQLPredicate(made: "\(left.sql) <= \(right)")
    }

    /// Whether it comes before the other one or is the same.
    public static func <= (left: Self, right: Self) -> SQLPredicate {
        SQLPredicate(made: "\(left.sql) <= \(right.sql)")
    }

    /// Whether it comes behind the value.
    public static func > (left: Self, right: Value) -> SQLPredicate {
        SQLPredicate(made: "\(left.sql) > \(right)")
    }

    /// Whether it comes behind the other one.
    public static func > (left: Self, right: Self) -> SQLPredicate {
        SQLPredicate(made: "\(left.sql) > \(right.sql)")
    }

    /// Whether it comes behind the value or is the same.
    public static func >= (left: Self, right: Value) -> SQLPredicate {
        SQLPredicate(made: "\(left.sql) >= \(right)")
    }

    /// Whether it comes behind the other one or is the same.
    public static func >= (left: Self, right: Self) -> SQLPredicate {
        SQLPredicate(made: "\(left.sql) >= \(right.sql)")
    }

    /// Whether it is in a range, both ends included.
    public func isBetween(_ low: Value, _ high: Value) -> SQLPredicate {
        SQLPredicate(made: "\(sql) BETWEEN \(low) AND \(high)")
    }
}

extension SQL {
    /// Whether it is the parameter NULL.
    fileprivate var isNull: Bool {
        guard failure == nil, parts.count == 1, case .value(.null) = parts[0] else { return false }
        return true
    }
}
