/// A part of a graph, frozen for algorithms: nodes numbered from 0 without gaps, and who is next to
/// whom in both directions.
///
/// ```swift
/// let follows = try await graph.projection(types: ["FOLLOWS"])
/// let ranks = try await follows.pageRank()
/// for (person, rank) in ranks.top(10) { … }
/// ```
///
/// It is one moment of the graph; what is written afterwards is not in it. Copies share their
/// memory: 16 bytes for each relationship, 16 more if it has a weight, and 8 for each node.
public struct GraphProjection: Sendable {
    /// How the relationships are taken.
    public enum Orientation: Hashable, Sendable {
        /// From their source to their target.
        case directed
        /// Both ways: each is in the rows of both of its nodes, one to itself once.
        case undirected
    }

    /// How the relationships are taken.
    public let orientation: Orientation
    /// Which node of the graph each of the projection's is.
    let nodes: ProjectedNodes
    /// What each node's relationships lead to.
    let outgoing: CompressedRows
    /// Where each node's relationships come from; the same as ``outgoing`` if undirected.
    let incoming: CompressedRows
    /// The weights in step with ``outgoing``; `nil` where each weighs 1.
    let weights: [Double]?
    /// The weights in step with ``incoming``; the same as ``weights`` if undirected.
    let incomingWeights: [Double]?
    /// Between what the weights lie.
    let weightBounds: WeightBounds

    /// How many nodes it has.
    public var nodeCount: Int { outgoing.nodeCount }

    /// How many relationships it has.
    public let relationshipCount: Int

    init(
        orientation: Orientation, nodes: ProjectedNodes, outgoing: CompressedRows,
        incoming: CompressedRows, weights: [Double]?, incomingWeights: [Double]?,
        relationshipCount: Int
    ) {
        self.orientation = orientation
        self.nodes = nodes
        self.outgoing = outgoing
        self.incoming = incoming
        self.weights = weights
        self.incomingWeights = incomingWeights
        weightBounds = WeightBounds(weights)
        self.relationshipCount = relationshipCount
    }
}
