/// How a store would find the documents of a query.
public struct DocumentPlan: Hashable, Sendable, CustomStringConvertible {
    /// The steps, each behind the one that it is a part of.
    public let steps: [PlanStep]
    /// Whether every document of the collection may be looked at: also when the store's answer has
    /// a part that nobody here can read.
    public let scansCollection: Bool
    /// The names of the indexes that are read, each once; that of the identifiers is `_id_`.
    public let indexes: [String]
    /// Whether the documents are brought into the order after they were found, in memory.
    public let sortsInMemory: Bool

    /// Creates a plan.
    public init(
        steps: [PlanStep], scansCollection: Bool, indexes: [String], sortsInMemory: Bool
    ) {
        self.steps = steps
        self.scansCollection = scansCollection
        self.indexes = indexes
        self.sortsInMemory = sortsInMemory
    }

    /// A line for each step, parts indented.
    public var description: String { steps.lines }
}
