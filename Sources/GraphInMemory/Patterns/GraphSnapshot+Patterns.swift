public import StorageKit

extension GraphSnapshot: GraphMatching {
    /// The matches of a pattern in this moment.
    public func matches(of pattern: GraphPattern) -> ResultSequence<GraphMatch> {
        ResultSequence { PatternSource(pattern) { () throws(StorageError) in state } }
    }

    /// How many matches a pattern has in this moment.
    public func count(of pattern: GraphPattern) async throws(StorageError) -> Int {
        try await state.count(of: pattern)
    }
}
