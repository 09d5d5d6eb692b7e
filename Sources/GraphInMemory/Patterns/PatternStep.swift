internal import StorageKit

/// A step of a plan: for each row that comes in, the ways to bind one more node or relationship.
struct PatternStep: Sendable {
    enum Kind: Sendable {
        /// Every node of the label, or every node.
        case scan(LabelSymbol?)
        /// The nodes in an index that are equal to one of these.
        case seek(GraphIndex, [PatternOperand])
        /// The nodes with these ids.
        case nodes([PatternOperand])
        /// One relationship.
        case expand
        /// Every walk.
        case walk(minimum: Int, maximum: Int)
        /// A shortest walk to each node, breadth first.
        case shortest(minimum: Int, maximum: Int)
    }

    let kind: Kind
    /// The slot of the node that an expansion begins at.
    var source = 0
    /// The slot of the node that is bound, or that was bound and has to be met.
    var target = 0
    /// Whether the target is bound by an earlier step.
    var isTargetBound = false
    /// The slot of the relationship.
    var relationship = 0
    var direction = GraphDirection.outgoing
    /// No types stand for all.
    var types: [TypeSymbol]?
    /// The relationships, and walks, bound earlier, that this one may not share one with.
    var otherRelationships: [Int] = []
    var otherWalks: [Int] = []
    /// What is true of each relationship.
    var hopConditions: [PatternCondition] = []
    /// The labels that the target has.
    var labels: [LabelSymbol] = []
    /// What can be decided after this step, and not before.
    var conditions: [PatternCondition] = []
    /// As people read it.
    var text = ""
}
