// Equality is Swift's: nil equals nil and differs from everything else. Where no side can be NULL
// it is SQL's `=`, which every index serves.
extension SQLExpression where Value: SQLBindable {
    /// Whether both are the same; `nil` is the same as `nil`.
    public static func == (left: Self, right: Value) -> SQLPredicate {
        let value = SQL.value(right)
        if value.isNull { return SQLPredicate(comparing: "\(left.sql) IS NULL") }
        return SQLPredicate(comparing: "\(left.sql) = \(value)")
    }

    /// Whether they differ; `nil` differs from everything but `nil`.
    public static func != (left: Self, right: Value) -> SQLPredicate {
        let value = SQL.value(right)
        if value.isNull { return SQLPredicate(comparing: "\(left.sql) IS NOT NULL") }
        return different(left.sql, value, mayBeNull: left.isNullable)
    }

    /// Whether both are the same; `nil` is the same as `nil`.
    public static func == (left: Self, right: Self) -> SQLPredicate {
        guard left.isNullable else { return SQLPredicate(comparing: "\(left.sql) = \(right.sql)") }
        return SQLPredicate(comparing: "\(left.sql) \(word: .isSame) \(right.sql)")
    }

    /// Whether they differ; `nil` differs from everything but `nil`.
    public static func != (left: Self, right: Self) -> SQLPredicate {
        different(left.sql, right.sql, mayBeNull: left.isNullable)
    }

    /// Whether both are the same, as in the condition of a join.
    public static func == (left: Self, right: SQLExpression<Value?>) -> SQLPredicate {
        SQLPredicate(comparing: "\(left.sql) = \(right.sql)")
    }

    /// Whether both are the same, as in the condition of a join.
    public static func == (left: SQLExpression<Value?>, right: Self) -> SQLPredicate {
        SQLPredicate(comparing: "\(left.sql) = \(right.sql)")
    }

    /// Whether it is one of these; of none it never is.
    ///
    /// A list of up to 1,024 values is filled up with its last one to the next power of two: lists
    /// of any length are a few statements to the database and its caches, not one for each length.
    /// A longer list is another statement for each length; ask several times or join a table.
    ///
    /// - Parameter values: Any number within ``SQLDialect/maximumParameters``; `nil` among them
    ///   matches nothing, compare with `nil` for that.
    public func isIn(_ values: [Value]) -> SQLPredicate {
        SQLPredicate(comparing: "\(sql) IN \(values.filledUp)")
    }

    private static func different(_ left: SQL, _ right: SQL, mayBeNull: Bool) -> SQLPredicate {
        guard mayBeNull else { return SQLPredicate(comparing: "\(left) <> \(right)") }
        return SQLPredicate(comparing: "\(left) \(word: .isDifferent) \(right)")
    }
}

// An order is asked of what has one, NULL aside: with NULL on a side the answer is false.
extension SQLExpression where Value: SQLBindable {
    /// Whether it comes before the value.
    public static func < (left: Self, right: Value) -> SQLPredicate {
        SQLPredicate(comparing: "\(left.sql) < \(right)")
    }

    /// Whether it comes before the other one.
    public static func < (left: Self, right: Self) -> SQLPredicate {
        SQLPredicate(comparing: "\(left.sql) < \(right.sql)")
    }

    /// Whether it comes before the value or is the same.
    public static func <= (left: Self, right: Value) -> SQLPredicate {
        SQLPredicate(comparing: "\(left.sql) <= \(right)")
    }

    /// Whether it comes before the other one or is the same.
    public static func <= (left: Self, right: Self) -> SQLPredicate {
        SQLPredicate(comparing: "\(left.sql) <= \(right.sql)")
    }

    /// Whether it comes behind the value.
    public static func > (left: Self, right: Value) -> SQLPredicate {
        SQLPredicate(comparing: "\(left.sql) > \(right)")
    }

    /// Whether it comes behind the other one.
    public static func > (left: Self, right: Self) -> SQLPredicate {
        SQLPredicate(comparing: "\(left.sql) > \(right.sql)")
    }

    /// Whether it comes behind the value or is the same.
    public static func >= (left: Self, right: Value) -> SQLPredicate {
        SQLPredicate(comparing: "\(left.sql) >= \(right)")
    }

    /// Whether it comes behind the other one or is the same.
    public static func >= (left: Self, right: Self) -> SQLPredicate {
        SQLPredicate(comparing: "\(left.sql) >= \(right.sql)")
    }

    /// Whether it is in a range, both ends included.
    public func isBetween(_ low: Value, _ high: Value) -> SQLPredicate {
        SQLPredicate(comparing: "\(sql) BETWEEN \(low) AND \(high)")
    }
}

extension SQL {
    /// Whether it is the parameter NULL.
    fileprivate var isNull: Bool {
        guard failure == nil, parts.count == 1, case .value(.null) = parts[0] else { return false }
        return true
    }
}

extension Array {
    /// With the last one as often as it takes to a power of two, unless there are many.
    fileprivate var filledUp: [Element] {
        guard let last, count < 1_024 else { return self }
        var power = 1
        while power < count { power *= 2 }
        return self + repeatElement(last, count: power - count)
    }
}
