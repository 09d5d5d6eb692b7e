/// What of a match is read.
public enum GraphSelection: Hashable, Sendable {
    /// The whole node or relationship, all relationships of a walk, or the path.
    case element(GraphVariable)
    /// Its id alone; of a walk all ids.
    case id(GraphVariable)
    /// A property, or a length.
    case operand(GraphOperand)
}
