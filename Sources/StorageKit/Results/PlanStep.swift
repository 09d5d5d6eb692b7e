/// A step of a plan: what a store would do to answer a query.
public struct PlanStep: Hashable, Sendable {
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

extension [PlanStep] {
    /// A line for each step, parts indented.
    var lines: String {
        map { String(repeating: "  ", count: $0.depth) + $0.text }.joined(separator: "\n")
    }
}
