internal import StorageKit

/// A step that is being planned: the parts of a ``PatternStep``, which says what they are.
struct PatternStepDraft: Sendable {
    let kind: PatternStep.Kind
    var source = 0
    var target = 0
    var isTargetBound = false
    var relationship = 0
    var direction = GraphDirection.outgoing
    var types: [TypeSymbol]?
    var otherRelationships: [Int] = []
    var otherWalks: [Int] = []
    var hopConditions: [PatternCondition] = []
    var labels: [LabelSymbol] = []
    var conditions: [PatternCondition] = []
    var text = ""
}
