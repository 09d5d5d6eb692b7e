/// A path of a pattern: what ``GraphPattern/path(_:)`` gives a name to.
public struct GraphPathVariable: Sendable {
    /// Which variable it is.
    public let variable: GraphVariable

    /// Makes a variable.
    public init(name: String? = nil) { variable = GraphVariable(name) }

    /// How many relationships it is long.
    public var length: GraphExpression<Int> { GraphExpression(.length(variable)) }
}
