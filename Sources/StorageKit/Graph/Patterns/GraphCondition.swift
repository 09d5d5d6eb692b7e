/// What has to be true of a match, over the variables of its pattern.
///
/// ```swift
/// person[Person.age] > other[Person.age] && person.isDifferent(from: other)
/// ```
///
/// It is closed: a store takes every condition, and all stores mean the same by it. As in
/// openCypher there are three answers: a comparison with a property that is absent, or of values
/// that cannot be compared, is neither true nor false but unknown, and so is its opposite. A match
/// is found where the condition is true.
///
/// Source: openCypher 9, "Working with null", "Comparability and equality".
public indirect enum GraphCondition: Hashable, Sendable {
    /// Unknown where one is absent, or where an order is asked for that the two do not have.
    case compare(GraphOperand, GraphComparison, GraphOperand)
    /// Equal to one of these; unknown where it is absent.
    case oneOf(GraphOperand, [GraphValue])
    /// A text that has this one; unknown where it is absent or no text.
    case text(GraphOperand, GraphTextTest, String)
    /// There; never unknown.
    case exists(GraphOperand)
    /// A node that has the label.
    case label(GraphVariable, GraphLabel)
    /// Two nodes, and a relationship from the first along the expansion to the second; it may be
    /// one that the match has elsewhere.
    case related(GraphVariable, GraphExpansion, GraphVariable)
    /// True if all are; without any, true. False if one is false.
    case every([GraphCondition])
    /// True if one is at least; without any, false. False if all are.
    case either([GraphCondition])
    /// True if it is false, false if it is true; unknown if that is.
    case not(GraphCondition)
}

extension GraphCondition {
    /// Both.
    public static func && (left: GraphCondition, right: GraphCondition) -> GraphCondition {
        guard case .every(let conditions) = left, !conditions.isEmpty else {
            return .every([left, right])
        }
        return .every(conditions + [right])
    }

    /// One of them, or both.
    public static func || (left: GraphCondition, right: GraphCondition) -> GraphCondition {
        guard case .either(let conditions) = left, !conditions.isEmpty else {
            return .either([left, right])
        }
        return .either(conditions + [right])
    }

    /// The opposite; what is unknown stays unknown.
    public static prefix func ! (condition: GraphCondition) -> GraphCondition { .not(condition) }
}
