internal import StorageKit

/// A ``GraphOperand`` in the engine's own numbers.
enum PatternOperand: Hashable, Sendable {
    /// A value; `nil` for a property that nothing has.
    case value(GraphValue?)
    case nodeProperty(Int, KeySymbol)
    case relationshipProperty(Int, KeySymbol)
    /// A property of the relationship that a walk is about to take.
    case hopProperty(KeySymbol)
    case nodeID(Int)
    case relationshipID(Int)
    case hopID
    /// How many relationships these slots have together.
    case length([Int])
}
