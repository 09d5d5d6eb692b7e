internal import StorageKit

/// How the matches of a pattern are found in a state, and what of them is read.
struct PatternPlan: Sendable {
    /// The steps; at least one.
    let steps: [PatternStep]
    let nodeCount: Int
    /// Which relationships are walks.
    let isWalk: [Bool]
    /// Which walks are gone from their target to their source.
    let isReversed: [Bool]
    let columns: [PatternColumn]
    let selection: [GraphSelection]
    let isDistinct: Bool
    let order: [(operand: PatternOperand, direction: SortOrder)]
    let skip: Int
    let limit: Int?
    /// What is done with the rows after the last step.
    let resultSteps: [PatternResultStep]
    let indexes: [GraphIndex]
}

/// What is done with the rows that were found.
enum PatternResultStep: Hashable, Sendable {
    case distinct
    case sort
    case skip(Int)
    case limit(Int)

    var text: String {
        switch self {
        case .distinct: "distinct"
        case .sort: "sort"
        case .skip(let count): "skip \(count)"
        case .limit(let count): "limit \(count)"
        }
    }
}

/// What is read of a match, by slots.
enum PatternColumn: Sendable {
    case node(Int)
    case nodeID(Int)
    case relationship(Int)
    case relationshipID(Int)
    case walk(Int)
    case walkIDs(Int)
    /// A path from a node along relationships, and the nodes that they lead to.
    case path(start: Int, steps: [(relationship: Int, node: Int)])
    case value(PatternOperand)
}

extension PatternPlan {
    /// The plan as users see it.
    var described: GraphPlan {
        let texts = steps.map(\.text) + resultSteps.map(\.text)
        let scansAllNodes = steps.contains { step in
            if case .scan(nil) = step.kind { true } else { false }
        }
        return GraphPlan(
            steps: texts.map { PlanStep($0, depth: 0) }, scansAllNodes: scansAllNodes,
            indexes: indexes, sortsInMemory: !order.isEmpty)
    }
}
