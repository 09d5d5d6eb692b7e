/// What has to be true of one node or relationship, whichever it is.
///
/// ```swift
/// let adults: GraphElementCondition = Person.age >= 18 && Person.city == "Berlin"
/// ```
public struct GraphElementCondition: Hashable, Sendable {
    /// The condition, over ``GraphVariable/element``.
    let condition: GraphCondition

    init(_ condition: GraphCondition) { self.condition = condition }

    /// The condition on the element that a variable stands for.
    public func condition(on variable: GraphVariable) -> GraphCondition {
        condition.replacing(.element, by: variable)
    }

    /// Nodes that have the label.
    public static func has(_ label: GraphLabel) -> GraphElementCondition {
        GraphElementCondition(.label(.element, label))
    }

    /// Both.
    public static func && (left: Self, right: Self) -> Self {
        Self(left.condition && right.condition)
    }

    /// One of them, or both.
    public static func || (left: Self, right: Self) -> Self {
        Self(left.condition || right.condition)
    }

    /// The opposite; what is unknown stays unknown.
    public static prefix func ! (condition: Self) -> Self { Self(!condition.condition) }
}
