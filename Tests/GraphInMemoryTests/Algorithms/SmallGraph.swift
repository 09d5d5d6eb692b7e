import GraphInMemory
import StorageKit
import StorageKitTesting

/// A graph small enough to be computed with by definitions: nodes from 0, and a list of edges.
struct SmallGraph: CustomStringConvertible, Sendable {
    var nodeCount: Int
    var edges: [(source: Int, target: Int)]
    var weights: [Double]?
    var orientation = GraphProjection.Orientation.directed

    var description: String {
        "\(nodeCount) nodes, \(orientation): \(edges) weighing \(weights ?? [])"
    }

    func projection() throws -> GraphProjection {
        try GraphProjection(
            nodeCount: nodeCount, edges: edges, weights: weights, orientation: orientation)
    }

    /// Whom each node leads to and by what weight, a self-loop once.
    var steps: [[(node: Int, weight: Double)]] {
        var steps = [[(node: Int, weight: Double)]](repeating: [], count: nodeCount)
        for (place, edge) in edges.enumerated() {
            let weight = weights?[place] ?? 1
            steps[edge.source].append((edge.target, weight))
            if orientation == .undirected, edge.source != edge.target {
                steps[edge.target].append((edge.source, weight))
            }
        }
        return steps
    }

    /// Graphs of all kinds: empty, of one node, sparse, dense, with loops and parallel edges.
    static func random(seed: UInt64) -> SmallGraph {
        var random = SeededGenerator(seed: seed)
        let nodeCount = seed % 8 == 0 ? Int(seed / 8 % 2) : Int.random(in: 2...40, using: &random)
        let most = nodeCount * [1, 2, 6][Int(seed % 3)]
        let count = nodeCount == 0 ? 0 : Int.random(in: 0...most, using: &random)
        // Edges among a part only leave nodes alone; few nodes and many edges are parallel ones.
        let part = max(1, nodeCount * Int.random(in: 1...3, using: &random) / 3)
        let edges = (0..<count).map { _ in
            (
                source: Int.random(in: 0..<part, using: &random),
                target: Int.random(in: 0..<part, using: &random)
            )
        }
        let weights: [Double]? =
            switch seed % 5 {
            case 0: nil
            case 1: edges.map { _ in Double(Int.random(in: 1...100, using: &random)) }
            case 2: edges.map { _ in Double(Int.random(in: 0...2, using: &random)) }
            case 3: edges.map { _ in Double.random(in: 0...1, using: &random) }
            default:
                edges.map { _ in [1e-9, 0.5, 3, 1e9, .infinity].randomElement(using: &random)! }
            }
        return SmallGraph(
            nodeCount: nodeCount, edges: edges, weights: weights,
            orientation: seed / 2 % 2 == 0 ? .directed : .undirected)
    }
}
