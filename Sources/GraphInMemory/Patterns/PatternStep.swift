internal import StorageKit

/// A step of a plan: for each row that comes in, the ways to bind one more node or relationship.
///
/// A reference, so that the loops of a run hold a step without counting references to its parts.
final class PatternStep: Sendable {
    enum Kind: Sendable {
        /// Every node of the label, or every node.
        case scan(LabelSymbol?)
        /// The nodes in an index that are equal to one of these.
        case seek(GraphIndex, [PatternOperand])
        /// The nodes in an ordered index that lie in a range.
        case range(GraphIndex, IndexRange)
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
    let source: Int
    /// The slot of the node that is bound, or that was bound and has to be met.
    let target: Int
    /// Whether the target is bound by an earlier step.
    let isTargetBound: Bool
    /// The slot of the relationship.
    let relationship: Int
    let direction: GraphDirection
    /// No types stand for none, `nil` for all.
    let types: [TypeSymbol]?
    /// The relationships, and walks, bound earlier, that this one may not share one with.
    let otherRelationships: [Int]
    let otherWalks: [Int]
    /// What is true of each relationship.
    let hopConditions: [PatternCondition]
    /// The labels that the target has.
    let labels: [LabelSymbol]
    /// What can be decided after this step, and not before.
    let conditions: [PatternCondition]
    /// As people read it.
    let text: String

    init(_ draft: PatternStepDraft) {
        kind = draft.kind
        source = draft.source
        target = draft.target
        isTargetBound = draft.isTargetBound
        relationship = draft.relationship
        direction = draft.direction
        types = draft.types
        otherRelationships = draft.otherRelationships
        otherWalks = draft.otherWalks
        hopConditions = draft.hopConditions
        labels = draft.labels
        conditions = draft.conditions
        text = draft.text
    }
}
