/// How far an algorithm is, told to whoever wants to know.
public struct AlgorithmProgress: Hashable, Sendable {
    /// The algorithm, for example `pageRank`.
    public let algorithm: String
    /// The work that is done, in the algorithm's own unit: nodes, or iterations.
    public let done: Int
    /// All its work in the same unit, as far as it can be known.
    public let total: Int?
}
