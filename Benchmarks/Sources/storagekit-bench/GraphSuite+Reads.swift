import CBaseline
import GraphInMemory
import StorageKit

extension GraphSuite {
    static func readCases(_ graph: GraphBenchmarkData) -> [BenchmarkCase] {
        let reads = GraphBenchmarkEdges.nodes(100_000)
        let sources = GraphBenchmarkEdges.nodes(1_000)
        return [
            neighbours(graph, reads, id: "graph.neighbours", against: "a walk along the row in C") {
                graph.baseline.neighbours(reads)
            },
            friendsOfFriends(graph, sources, id: "graph.fof", against: "two loops in C") {
                graph.baseline.friendsOfFriends(sources)
            },
            neighbours(
                graph, reads, id: "graph.neighbours.igraph", against: "igraph_neighbors"
            ) { graph.igraph.neighbours(reads) },
            friendsOfFriends(
                graph, sources, id: "graph.fof.igraph", against: "igraph_neighbors for each"
            ) { graph.igraph.friendsOfFriends(sources) },
        ]
    }

    private static func neighbours(
        _ graph: GraphBenchmarkData, _ nodes: [UInt32], id: String, against other: String,
        _ baseline: @escaping @Sendable () -> Int64
    ) -> BenchmarkCase {
        BenchmarkCase(
            id: id,
            summary:
                "neighbours of random nodes of a snapshot, their ids added up, against \(other)",
            operation: "reads", operationCount: nodes.count,
            ours: {
                let view = try graph.store.snapshot().view
                let expansion = GraphExpansion.outgoing()
                var sum: Int64 = 0
                for node in nodes {
                    view.forEachNeighbour(of: NodeID(UInt64(node)), expansion) { neighbour in
                        sum += Int64(neighbour.node.rawValue)
                        return true
                    }
                }
                return sum
            },
            baseline: baseline)
    }

    private static func friendsOfFriends(
        _ graph: GraphBenchmarkData, _ nodes: [UInt32], id: String, against other: String,
        _ baseline: @escaping @Sendable () -> Int64
    ) -> BenchmarkCase {
        BenchmarkCase(
            id: id,
            summary: "distinct nodes two steps from each in a snapshot, against \(other)",
            operation: "sources", operationCount: nodes.count,
            ours: {
                let view = try graph.store.snapshot().view
                var stamps = [Int32](repeating: -1, count: GraphBenchmarkEdges.nodeCount)
                var sum: Int64 = 0
                for (stamp, node) in nodes.enumerated() {
                    let source = NodeID(UInt64(node))
                    sum += twoSteps(from: source, in: view, &stamps, Int32(stamp))
                }
                return sum
            },
            baseline: baseline)
    }

    private static func twoSteps(
        from source: NodeID, in view: GraphView, _ stamps: inout [Int32], _ stamp: Int32
    ) -> Int64 {
        let expansion = GraphExpansion.outgoing()
        var count: Int64 = 0
        view.forEachNeighbour(of: source, expansion) { friend in
            view.forEachNeighbour(of: friend.node, expansion) { next in
                let place = Int(next.node.rawValue)
                guard stamps[place] != stamp else { return true }
                stamps[place] = stamp
                count += 1
                return true
            }
            return true
        }
        return count
    }
}
