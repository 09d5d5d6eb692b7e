/// What a store did to find all matches of a pattern.
public struct GraphProfile: Hashable, Sendable, CustomStringConvertible {
    /// What one step did.
    public struct Step: Hashable, Sendable {
        /// What it is.
        public let step: PlanStep
        /// How many rows it handed to the next one.
        public let rows: Int
        /// How many relationships it looked at.
        public let relationships: Int

        /// What a step did.
        public init(_ step: PlanStep, rows: Int, relationships: Int) {
            self.step = step
            self.rows = rows
            self.relationships = relationships
        }
    }

    /// The plan.
    public let plan: GraphPlan
    /// What each step of the plan did.
    public let steps: [Step]

    /// Creates a profile.
    public init(plan: GraphPlan, steps: [Step]) {
        self.plan = plan
        self.steps = steps
    }

    /// A line for each step.
    public var description: String {
        steps.map { step in
            let text = [step.step].lines
            return "\(text)  (\(step.rows) rows, \(step.relationships) relationships)"
        }.joined(separator: "\n")
    }
}
