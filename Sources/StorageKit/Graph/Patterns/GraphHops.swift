/// How many relationships an expansion goes along, one after the other.
///
/// ```swift
/// .expand(.outgoing, Follows.self, hops: 1...3, to: other)
/// .expand(.either, Knows.self, hops: .shortest(upTo: 6), to: other)
/// ```
///
/// Each walk is a match of its own. No relationship is in a walk twice, so that there are finitely
/// many even where there is no upper bound; in a dense graph there are very many all the same.
public struct GraphHops: Hashable, Sendable, CustomStringConvertible {
    /// How many at the least; 0 allows the node itself.
    public let minimum: Int
    /// How many at the most; `nil` for as many as there are.
    public let maximum: Int?
    /// Whether of all walks between two nodes only one is taken, one of the shortest.
    ///
    /// It is chosen by itself: it may go along relationships that the match has elsewhere. A node
    /// has no shortest walk to itself but the one of 0 hops.
    public let isShortest: Bool

    /// So many at the least, and at the most.
    public init(_ minimum: Int, upTo maximum: Int?, isShortest: Bool = false) {
        self.minimum = minimum
        self.maximum = maximum
        self.isShortest = isShortest
    }

    /// As a pattern writes it: `1...3`, `1...`, `shortest 1...6`.
    public var description: String {
        "\(isShortest ? "shortest " : "")\(minimum)...\(maximum.map(String.init) ?? "")"
    }
}
