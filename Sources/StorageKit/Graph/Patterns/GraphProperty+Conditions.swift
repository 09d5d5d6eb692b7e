extension GraphProperty where Value: GraphValueConvertible {
    /// Elements whose property is equal to the value.
    public static func == (property: Self, value: Value) -> GraphElementCondition {
        GraphElementCondition(property.ofElement == value)
    }

    /// Elements whose property is there and different from the value.
    public static func != (property: Self, value: Value) -> GraphElementCondition {
        GraphElementCondition(property.ofElement != value)
    }

    /// Elements whose property is less than the value.
    public static func < (property: Self, value: Value) -> GraphElementCondition {
        GraphElementCondition(property.ofElement < value)
    }

    /// Elements whose property is not greater than the value.
    public static func <= (property: Self, value: Value) -> GraphElementCondition {
        GraphElementCondition(property.ofElement <= value)
    }

    /// Elements whose property is greater than the value.
    public static func > (property: Self, value: Value) -> GraphElementCondition {
        GraphElementCondition(property.ofElement > value)
    }

    /// Elements whose property is not less than the value.
    public static func >= (property: Self, value: Value) -> GraphElementCondition {
        GraphElementCondition(property.ofElement >= value)
    }

    /// Elements whose property is equal to one of these.
    public func isOne(of values: some Sequence<Value>) -> GraphElementCondition {
        GraphElementCondition(ofElement.isOne(of: values))
    }

    /// Elements whose property is there and equal to none of these.
    public func isNone(of values: some Sequence<Value>) -> GraphElementCondition {
        GraphElementCondition(ofElement.isNone(of: values))
    }

    /// Elements whose property is a text that begins like this.
    public func hasPrefix(_ text: String) -> GraphElementCondition {
        GraphElementCondition(ofElement.hasPrefix(text))
    }

    /// Elements whose property is a text that ends like this.
    public func hasSuffix(_ text: String) -> GraphElementCondition {
        GraphElementCondition(ofElement.hasSuffix(text))
    }

    /// Elements whose property is a text that has this one in it.
    public func contains(_ text: String) -> GraphElementCondition {
        GraphElementCondition(ofElement.contains(text))
    }
}

extension GraphProperty {
    /// Elements that have the property.
    public var exists: GraphElementCondition { GraphElementCondition(ofElement.exists) }

    /// Elements that do not have the property.
    public var isMissing: GraphElementCondition { GraphElementCondition(ofElement.isMissing) }

    private var ofElement: GraphExpression<Value> { GraphExpression(.property(.element, key)) }
}
