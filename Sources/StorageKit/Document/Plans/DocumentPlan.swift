/// How a store would find the documents of a query.
public struct DocumentPlan: Hashable, Sendable, CustomStringConvertible {
    /// A step of a plan.
    public struct Step: Hashable, Sendable {
        /// What is done, in the store's own words.
        public let text: String
        /// How many steps it is a part of.
        public let depth: Int

        /// Creates a step.
        public init(_ text: String, depth: Int) {
            self.text = text
            self.depth = depth
        }
    }

    /// The steps, each behind the one that it is a part of.
    public let steps: [Step]
    /// Whether every document of the collection is looked at.
    public let scansCollection: Bool
    /// The names of the indexes that are read, each once; that of the identifiers is `_id_`.
    public let indexes: [String]
    /// Whether the documents are brought into the order after they were found, in memory.
    public let sortsInMemory: Bool

    /// Creates a plan.
    public init(
        steps: [Step], scansCollection: Bool, indexes: [String], sortsInMemory: Bool
    ) {
        self.steps = steps
        self.scansCollection = scansCollection
        self.indexes = indexes
        self.sortsInMemory = sortsInMemory
    }

    /// A line for each step, parts indented.
    public var description: String {
        steps.map { String(repeating: "  ", count: $0.depth) + $0.text }.joined(separator: "\n")
    }
}
