/// One side of a comparison in a pattern.
public enum GraphOperand: Hashable, Sendable {
    /// A value.
    case value(GraphValue)
    /// A property of a node or of one relationship; absent where the element has none.
    case property(GraphVariable, PropertyKey)
    /// Which node or relationship it is, as a number: only equal and different mean something
    /// beyond one store.
    case id(GraphVariable)
    /// How many relationships a path or a walk is.
    case length(GraphVariable)
}
