public import StorageKit

extension GraphInMemory: ExplainingGraphStore {
    /// The matches of a pattern, all of the moment at which the first one is asked for.
    public func matches(of pattern: GraphPattern) -> ResultSequence<GraphMatch> {
        ResultSequence { [commits] in
            PatternSource(pattern) { () throws(StorageError) in try commits.published().state }
        }
    }

    /// How many matches a pattern has.
    public func count(of pattern: GraphPattern) async throws(StorageError) -> Int {
        try await commits.published().state.count(of: pattern)
    }

    /// How the matches of a pattern would be found now.
    public func explain(_ pattern: GraphPattern) async throws(StorageError) -> GraphPlan {
        try commits.published().state.explain(pattern)
    }

    /// Finds all matches of a pattern, and says what each step did.
    public func profile(_ pattern: GraphPattern) async throws(StorageError) -> GraphProfile {
        try await commits.published().state.profile(pattern)
    }
}
