import Foundation
import GraphInMemory
import StorageKit

/// A graph in a folder of its own, which goes with it.
final class GraphBenchmarkFolder: Sendable {
    let graph: GraphInMemory
    /// Nodes with a property to be written.
    let nodes: [NodeID]
    private let folder: URL

    init(nodeCount: Int) async throws {
        folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("storagekit-bench-\(UUID().uuidString).graph")
        graph = try await GraphInMemory(at: folder.path)
        let draft = GraphNodeDraft(["Account"], ["balance": 0])
        nodes = try await graph.createNodes([GraphNodeDraft](repeating: draft, count: nodeCount))
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// Writes a node so many times, each a commit.
    func write(_ node: NodeID, times count: Int) async throws -> Int64 {
        for number in 0..<count {
            _ = try await graph.updateNode(
                node, GraphNodeUpdate(["balance": .integer(Int64(number))]))
        }
        return Int64(count)
    }
}
