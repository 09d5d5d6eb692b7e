internal import StorageKit

/// One level of the Louvain method: a weighted undirected graph, and the community of each node.
///
/// All sums are those of ``GraphProjection/communities``.
struct CommunityLevel: ~Copyable {
    private let rows: WeightedRows
    private let degrees: WorkBuffer<Double>
    /// Twice the weight of everything.
    let total: Double

    private let communityOfNode: WorkBuffer<Int>
    private let degreeOfCommunity: WorkBuffer<Double>
    /// What lies between the node in hand and each community: 0 but for those that were touched.
    private let between: WorkBuffer<Double>
    /// The communities that were.
    private let touched: WorkBuffer<Int>

    /// The nodes of a projection, each a community.
    init(_ projection: GraphProjection, _ pace: inout AlgorithmPace) throws(StorageError) {
        var edges = WeightedEdges(nodeCount: projection.nodeCount)
        for node in 0..<projection.nodeCount {
            let row = projection.outgoing.row(NodeIndex(UInt32(node)))
            try pace.spend(1 + row.count)
            for place in row {
                let neighbour = Int(projection.outgoing.neighbours[place].rawValue)
                // Undirected, an edge is in the rows of both of its nodes.
                guard projection.orientation == .directed || node <= neighbour else { continue }
                edges.add(node, neighbour, projection.weight(ofEntry: place))
            }
        }
        self.init(try edges.rows(&pace))
    }

    private init(_ rows: consuming WeightedRows) {
        let count = rows.nodeCount
        degrees = WorkBuffer(repeating: 0, count: count)
        degreeOfCommunity = WorkBuffer(repeating: 0, count: count)
        for node in 0..<count {
            degrees[node] = rows.degree(node)
            degreeOfCommunity[node] = degrees[node]
        }
        total = degrees.elements.reduce(0, +)
        communityOfNode = WorkBuffer(count: count) { $0 }
        between = WorkBuffer(repeating: 0, count: count)
        touched = WorkBuffer(repeating: 0, count: count)
        self.rows = rows
    }

    /// Lets each node, in a drawn order, go to the community of a neighbour where it adds most.
    ///
    /// - Returns: Whether one did.
    func movePass(
        resolution: Double, _ generator: inout AlgorithmRandom, _ pace: inout AlgorithmPace
    ) throws(StorageError) -> Bool {
        guard total > 0 else { return false }
        var hasMoved = false
        for node in (0..<degrees.count).shuffled(using: &generator) {
            try pace.spend(1 + rows[node].count)
            if move(node, resolution) { hasMoved = true }
        }
        return hasMoved
    }

    @inline(__always)
    private func move(_ node: Int, _ resolution: Double) -> Bool {
        let (communityOfNode, between) = (communityOfNode.elements, between.elements)
        let degreeOfCommunity = degreeOfCommunity.elements
        let own = communityOfNode[node]
        let count = touch(node, own)
        degreeOfCommunity[own] -= degrees[node]
        let share = resolution * degrees[node] / total
        var (best, most) = (own, between[own] - share * degreeOfCommunity[own])
        for community in touched.elements[..<count] {
            let gain = between[community] - share * degreeOfCommunity[community]
            // More than rounding: nodes would go to and fro for ever.
            if gain > most + 1e-12 * total { (best, most) = (community, gain) }
            between[community] = 0
        }
        between[own] = 0
        degreeOfCommunity[best] += degrees[node]
        communityOfNode[node] = best
        return best != own
    }

    /// Adds up what is between a node and the communities of its neighbours.
    ///
    /// - Returns: How many of them were touched, besides its own; at most as many as neighbours.
    @inline(__always)
    private func touch(_ node: Int, _ own: Int) -> Int {
        let (communityOfNode, between) = (communityOfNode.elements, between.elements)
        let touched = touched.elements
        var count = 0
        for place in rows[node] {
            let community = communityOfNode[rows.neighbour(place)]
            if between[community] == 0, community != own {
                touched[count] = community
                count &+= 1
            }
            between[community] += rows.weight(place)
        }
        return count
    }

    /// Puts its communities in the place of what was made of its nodes, numbered from 0.
    ///
    /// - Parameter nodes: The node of this level that each node of the graph has become.
    /// - Returns: How many communities there are.
    func group(_ nodes: inout [Int]) -> Int {
        let groups = WorkBuffer(repeating: -1, count: communityOfNode.count)
        var count = 0
        for node in 0..<communityOfNode.count {
            let community = communityOfNode[node]
            if groups[community] < 0 {
                groups[community] = count
                count += 1
            }
        }
        for place in nodes.indices { nodes[place] = groups[communityOfNode[nodes[place]]] }
        for node in 0..<communityOfNode.count {
            communityOfNode[node] = groups[communityOfNode[node]]
        }
        return count
    }

    /// The graph whose nodes are the communities, after they were numbered by ``group(_:)``.
    func coarser(groupCount: Int, _ pace: inout AlgorithmPace) throws(StorageError)
        -> CommunityLevel
    {
        var edges = WeightedEdges(nodeCount: groupCount)
        for node in 0..<rows.nodeCount {
            let group = communityOfNode[node]
            if rows.loops[node] > 0 { edges.add(group, group, rows.loops[node]) }
            try pace.spend(1 + rows[node].count)
            for place in rows[node] where node < rows.neighbour(place) {
                edges.add(group, communityOfNode[rows.neighbour(place)], rows.weight(place))
            }
        }
        return CommunityLevel(try edges.rows(&pace))
    }

    /// The modularity of the nodes, each a community.
    func modularity(resolution: Double) -> Double {
        guard total > 0 else { return 0 }
        let inside = rows.loops.elements.reduce(0) { $0 + 2 * $1 }
        let squares = degrees.elements.reduce(0) { $0 + ($1 / total) * ($1 / total) }
        return inside / total - resolution * squares
    }
}
