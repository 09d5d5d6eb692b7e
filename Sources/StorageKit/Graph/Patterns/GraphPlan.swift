/// How a store would find the matches of a pattern.
public struct GraphPlan: Hashable, Sendable, CustomStringConvertible {
    /// The steps in the order in which they are taken, each for what the one before it found.
    public let steps: [PlanStep]
    /// Whether every node of the graph is looked at, for want of a label or an index.
    public let scansAllNodes: Bool
    /// The indexes that are read, each once.
    public let indexes: [GraphIndex]
    /// Whether the matches are brought into the order after they were found, in memory.
    public let sortsInMemory: Bool

    /// Creates a plan.
    public init(
        steps: [PlanStep], scansAllNodes: Bool, indexes: [GraphIndex], sortsInMemory: Bool
    ) {
        self.steps = steps
        self.scansAllNodes = scansAllNodes
        self.indexes = indexes
        self.sortsInMemory = sortsInMemory
    }

    /// A line for each step.
    public var description: String { steps.lines }
}
