/// What a case throws when the clause does not hold.
public struct ConformanceFailure: Error, Sendable, CustomStringConvertible {
    /// What the contract says should have been seen.
    public var expected: String

    /// What was seen instead.
    public var seen: String

    /// The calls that lead there, where the case knows better than the trace: a shrunk sequence.
    public var steps: [String]?

    /// Creates a failure.
    public init(expected: String, seen: String, steps: [String]? = nil) {
        self.expected = expected
        self.seen = seen
        self.steps = steps
    }

    /// Both sides on one line.
    public var description: String { "expected \(expected); seen: \(seen)" }
}
