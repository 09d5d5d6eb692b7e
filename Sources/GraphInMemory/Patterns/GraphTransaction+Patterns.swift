public import StorageKit

extension GraphTransaction: GraphMatching {
    /// The matches of a pattern, with what the transaction had written when the first one is asked
    /// for.
    public func matches(of pattern: GraphPattern) -> ResultSequence<GraphMatch> {
        ResultSequence { [work] in
            PatternSource(pattern) { () throws(StorageError) in try work.reading() }
        }
    }

    /// How many matches a pattern has.
    public func count(of pattern: GraphPattern) async throws(StorageError) -> Int {
        try await work.reading().count(of: pattern)
    }
}
