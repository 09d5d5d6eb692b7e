extension GraphExpression where Value: GraphValueConvertible {
    /// Whether it is equal to the value.
    public static func == (left: Self, value: Value) -> GraphCondition {
        .compare(left.operand, .equal, .value(value.graphValue))
    }

    /// Whether it is there and different from the value.
    public static func != (left: Self, value: Value) -> GraphCondition {
        .compare(left.operand, .notEqual, .value(value.graphValue))
    }

    /// Whether it is less than the value.
    public static func < (left: Self, value: Value) -> GraphCondition {
        .compare(left.operand, .less, .value(value.graphValue))
    }

    /// Whether it is not greater than the value.
    public static func <= (left: Self, value: Value) -> GraphCondition {
        .compare(left.operand, .lessOrEqual, .value(value.graphValue))
    }

    /// Whether it is greater than the value.
    public static func > (left: Self, value: Value) -> GraphCondition {
        .compare(left.operand, .greater, .value(value.graphValue))
    }

    /// Whether it is not less than the value.
    public static func >= (left: Self, value: Value) -> GraphCondition {
        .compare(left.operand, .greaterOrEqual, .value(value.graphValue))
    }
}

extension GraphExpression {
    /// Whether it is equal to the other one; unknown where one is absent.
    public static func == (left: Self, right: Self) -> GraphCondition {
        .compare(left.operand, .equal, right.operand)
    }

    /// Whether it is there and different from the other one; unknown where one is absent.
    public static func != (left: Self, right: Self) -> GraphCondition {
        .compare(left.operand, .notEqual, right.operand)
    }

    /// Whether it is less than the other one; unknown where one is absent.
    public static func < (left: Self, right: Self) -> GraphCondition {
        .compare(left.operand, .less, right.operand)
    }

    /// Whether it is not greater than the other one; unknown where one is absent.
    public static func <= (left: Self, right: Self) -> GraphCondition {
        .compare(left.operand, .lessOrEqual, right.operand)
    }

    /// Whether it is greater than the other one; unknown where one is absent.
    public static func > (left: Self, right: Self) -> GraphCondition {
        .compare(left.operand, .greater, right.operand)
    }

    /// Whether it is not less than the other one; unknown where one is absent.
    public static func >= (left: Self, right: Self) -> GraphCondition {
        .compare(left.operand, .greaterOrEqual, right.operand)
    }
}
