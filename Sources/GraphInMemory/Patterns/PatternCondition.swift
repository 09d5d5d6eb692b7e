internal import StorageKit

/// A ``GraphCondition`` in the engine's own numbers.
indirect enum PatternCondition: Sendable {
    /// True, false or unknown, whatever the match.
    case constant(Bool?)
    case compare(PatternOperand, GraphComparison, PatternOperand)
    /// What most conditions on ids are, without values.
    case compareNodes(Int, GraphComparison, Int)
    case oneOf(PatternOperand, [GraphValue])
    case text(PatternOperand, GraphTextTest, [UInt8])
    case exists(PatternOperand)
    case label(Int, LabelSymbol)
    /// No types stand for all.
    case related(Int, GraphDirection, [TypeSymbol]?, Int)
    case every([PatternCondition])
    case either([PatternCondition])
    case not(PatternCondition)
}
