internal import StorageKit

/// One level of the Louvain method: a weighted undirected graph, and the community of each node.
///
/// Every pair of nodes is there once for each of the two, with the sum of what is between them; what
/// leads from a node to itself is kept apart. All sums are those of ``GraphProjection/communities``.
struct CommunityLevel {
    private let offsets: [Int]
    private let neighbours: [Int]
    private let weights: [Double]
    /// The weight of what leads from each node to itself, once.
    private let loops: [Double]
    private let degrees: [Double]
    /// Twice the weight of everything.
    private let total: Double

    private var communityOfNode: [Int]
    private var degreeOfCommunity: [Double]
    /// What lies between the node in hand and each community: 0 but for those that were touched.
    private var between: [Double]

    init(_ projection: GraphProjection) {
        var builder = Builder(nodeCount: projection.nodeCount)
        for node in 0..<projection.nodeCount {
            for place in projection.outgoing.row(NodeIndex(UInt32(node))) {
                let neighbour = Int(projection.outgoing.neighbours[place].rawValue)
                // Undirected, an edge is in the rows of both of its nodes.
                guard projection.orientation == .directed || node <= neighbour else { continue }
                builder.add(node, neighbour, projection.weight(ofEntry: place))
            }
        }
        self.init(builder)
    }

    private init(_ builder: consuming Builder) {
        let rows = builder.rows()
        (offsets, neighbours, weights) = (rows.offsets, rows.neighbours, rows.weights)
        loops = builder.loops
        let count = loops.count
        degrees = (0..<count).map { [weights, offsets, loops] node in
            weights[offsets[node]..<offsets[node + 1]].reduce(0, +) + 2 * loops[node]
        }
        total = degrees.reduce(0, +)
        communityOfNode = Array(0..<count)
        degreeOfCommunity = degrees
        between = [Double](repeating: 0, count: count)
    }

    /// Lets each node, in a drawn order, go to the community of a neighbour where it adds most.
    ///
    /// - Returns: Whether one did.
    mutating func movePass(
        resolution: Double, _ generator: inout AlgorithmRandom, _ pace: inout AlgorithmPace
    ) throws(StorageError) -> Bool {
        guard total > 0 else { return false }
        var hasMoved = false
        for node in degrees.indices.shuffled(using: &generator) {
            try pace.spend(1 + offsets[node + 1] - offsets[node])
            if move(node, resolution) { hasMoved = true }
        }
        return hasMoved
    }

    private mutating func move(_ node: Int, _ resolution: Double) -> Bool {
        let own = communityOfNode[node]
        var touched = [own]
        for place in offsets[node]..<offsets[node + 1] {
            let community = communityOfNode[neighbours[place]]
            if between[community] == 0, community != own { touched.append(community) }
            between[community] += weights[place]
        }
        degreeOfCommunity[own] -= degrees[node]
        let share = resolution * degrees[node] / total
        var (best, most) = (own, between[own] - share * degreeOfCommunity[own])
        for community in touched {
            let gain = between[community] - share * degreeOfCommunity[community]
            // More than rounding: nodes would go to and fro for ever.
            if gain > most + 1e-12 * total { (best, most) = (community, gain) }
        }
        for community in touched { between[community] = 0 }
        degreeOfCommunity[best] += degrees[node]
        communityOfNode[node] = best
        return best != own
    }

    /// The graph whose nodes are the communities, and which of them each node is.
    func coarser() -> (level: CommunityLevel, groupOfNode: [Int]) {
        var groups: [Int: Int] = [:]
        let groupOfNode = communityOfNode.map { community in
            if let group = groups[community] { return group }
            let group = groups.count
            groups[community] = group
            return group
        }
        var builder = Builder(nodeCount: groups.count)
        for node in loops.indices {
            if loops[node] > 0 { builder.add(groupOfNode[node], groupOfNode[node], loops[node]) }
            for place in offsets[node]..<offsets[node + 1] where node < neighbours[place] {
                builder.add(groupOfNode[node], groupOfNode[neighbours[place]], weights[place])
            }
        }
        return (CommunityLevel(builder), groupOfNode)
    }

    /// The modularity of the communities as they are.
    func modularity(resolution: Double) -> Double {
        guard total > 0 else { return 0 }
        var inside = loops.reduce(0) { $0 + 2 * $1 }
        for node in loops.indices {
            for place in offsets[node]..<offsets[node + 1]
            where communityOfNode[node] == communityOfNode[neighbours[place]] {
                inside += weights[place]
            }
        }
        let squares = degreeOfCommunity.reduce(0) { $0 + ($1 / total) * ($1 / total) }
        return inside / total - resolution * squares
    }
}

extension CommunityLevel {
    /// Adds up what is between each two nodes.
    private struct Builder {
        private(set) var loops: [Double]
        private var edges: [(first: Int, second: Int, weight: Double)] = []

        init(nodeCount: Int) { loops = [Double](repeating: 0, count: nodeCount) }

        mutating func add(_ first: Int, _ second: Int, _ weight: Double) {
            if first == second {
                loops[first] += weight
            } else {
                edges.append((first, second, weight))
                edges.append((second, first, weight))
            }
        }

        /// The edges node by node, those between the same two as one.
        func rows() -> (offsets: [Int], neighbours: [Int], weights: [Double]) {
            let sorted = edges.sorted { ($0.first, $0.second) < ($1.first, $1.second) }
            var offsets = [Int](repeating: 0, count: loops.count + 1)
            var (neighbours, weights) = ([Int](), [Double]())
            var last: (first: Int, second: Int)?
            for edge in sorted {
                if let last, last == (edge.first, edge.second) {
                    weights[weights.count - 1] += edge.weight
                } else {
                    neighbours.append(edge.second)
                    weights.append(edge.weight)
                    offsets[edge.first + 1] += 1
                    last = (edge.first, edge.second)
                }
            }
            for node in loops.indices { offsets[node + 1] += offsets[node] }
            return (offsets, neighbours, weights)
        }
    }
}
