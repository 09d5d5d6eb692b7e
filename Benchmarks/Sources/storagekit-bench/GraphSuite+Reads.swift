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
                let reader = try graph.store.snapshot().view.neighbourReader(.outgoing())
                var sum: Int64 = 0
                for node in nodes {
                    reader.forEachNode(of: NodeID(UInt64(node))) { neighbour in
                        sum += Int64(neighbour.rawValue)
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
                let reader = try graph.store.snapshot().view.neighbourReader(.outgoing())
                var stamps = [Int32](repeating: -1, count: GraphBenchmarkEdges.nodeCount)
                var sum: Int64 = 0
                for (stamp, node) in nodes.enumerated() {
                    let source = NodeID(UInt64(node))
                    sum += twoSteps(from: source, reader, &stamps, Int32(stamp))
                }
                return sum
            },
            baseline: baseline)
    }

    private static func twoSteps(
        from source: NodeID, _ reader: GraphNeighbourReader, _ stamps: inout [Int32],
        _ stamp: Int32
    ) -> Int64 {
        var count: Int64 = 0
        stamps.withUnsafeMutableBufferPointer { stamps in
            reader.forEachNode(of: source) { friend in
                reader.forEachNode(of: friend) { next in
                    let place = Int(next.rawValue)
                    guard stamps[place] != stamp else { return }
                    stamps[place] = stamp
                    count += 1
                }
            }
        }
        return count
    }
}
