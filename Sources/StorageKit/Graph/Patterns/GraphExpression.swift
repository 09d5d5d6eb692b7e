/// A value that a match has: a property of one of its elements, or how long a path is.
///
/// ```swift
/// person[Person.age] > other[Person.age]
/// ```
public struct GraphExpression<Value>: Sendable {
    /// What it stands for.
    public let operand: GraphOperand

    /// A value of the type, by the program's promise.
    public init(_ operand: GraphOperand) { self.operand = operand }
}

extension GraphExpression {
    /// Whether it is there.
    public var exists: GraphCondition { .exists(operand) }

    /// Whether it is absent.
    public var isMissing: GraphCondition { .not(.exists(operand)) }

    /// The least value first; absent ones last.
    public var ascending: GraphOrder { GraphOrder(operand, .ascending) }

    /// The greatest value first; absent ones before all.
    public var descending: GraphOrder { GraphOrder(operand, .descending) }
}

extension GraphExpression where Value: GraphValueConvertible {
    /// Whether it is equal to one of these.
    public func isOne(of values: some Sequence<Value>) -> GraphCondition {
        .oneOf(operand, values.map(\.graphValue))
    }

    /// Whether it is there and equal to none of these.
    public func isNone(of values: some Sequence<Value>) -> GraphCondition {
        .not(isOne(of: values))
    }

    /// Whether it is a text that begins like this.
    public func hasPrefix(_ text: String) -> GraphCondition { .text(operand, .prefix, text) }

    /// Whether it is a text that ends like this.
    public func hasSuffix(_ text: String) -> GraphCondition { .text(operand, .suffix, text) }

    /// Whether it is a text that has this one in it.
    public func contains(_ text: String) -> GraphCondition { .text(operand, .contains, text) }
}
