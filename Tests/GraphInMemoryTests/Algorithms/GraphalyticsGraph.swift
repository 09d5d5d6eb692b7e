import Foundation
import GraphInMemory
import StorageKit

/// A validation graph of LDBC Graphalytics with what is expected of an algorithm on it.
struct GraphalyticsGraph {
    let projection: GraphProjection
    /// The number of each node in the files; the projection numbers them from 0 in this order.
    let vertices: [Int]
    let expected: [String]

    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../../../shared/data/graphalytics").standardized

    static var exist: Bool {
        FileManager.default.fileExists(atPath: folder.appending(path: "README.md").path)
    }

    init(_ algorithm: String, _ orientation: GraphProjection.Orientation) throws {
        let name = orientation == .directed ? "dir" : "undir"
        var lines = GraphalyticsLines()
        if algorithm == "sssp" {
            for line in try Self.lines("\(algorithm)/\(name)-input.v") { lines.addVertex(line) }
            for line in try Self.lines("\(algorithm)/\(name)-input.e") { lines.addEdge(line) }
        } else {
            for line in try Self.lines("\(algorithm)/\(name)-input") { lines.addVertex(line) }
        }
        let expected = try Self.lines("\(algorithm)/\(name)-output").map { ($0[0], $0[1]) }
        let ofVertex = Dictionary(uniqueKeysWithValues: expected)
        vertices = lines.vertices
        self.expected = vertices.map { ofVertex[String($0)] ?? "" }
        projection = try lines.projection(orientation)
    }

    func place(of vertex: Int) -> NodeID {
        NodeID(UInt64(vertices.firstIndex(of: vertex) ?? .max))
    }

    /// The number in the files of a node that the projection names.
    func vertex(_ node: NodeID) -> String { String(vertices[Int(node.rawValue)]) }

    private static func lines(_ path: String) throws -> [[String]] {
        let file = folder.appending(path: "validation-graphs/\(path)")
        return try String(contentsOf: file, encoding: .utf8)
            .split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
    }
}

private struct GraphalyticsLines {
    private var known = Set<Int>()
    private var edges: [(source: Int, target: Int, weight: Double)] = []

    /// In the order of their numbers, by which equal labels are told apart.
    var vertices: [Int] { known.sorted() }

    mutating func addVertex(_ line: [String]) {
        let numbers = line.compactMap { Int($0) }
        // One that leads nowhere may have no line of its own.
        known.formUnion(numbers)
        edges += numbers.dropFirst().map { (numbers[0], $0, 1) }
    }

    mutating func addEdge(_ line: [String]) {
        edges.append((Int(line[0]) ?? 0, Int(line[1]) ?? 0, Double(line[2]) ?? .nan))
    }

    func projection(_ orientation: GraphProjection.Orientation) throws -> GraphProjection {
        let vertices = vertices
        let place = Dictionary(uniqueKeysWithValues: zip(vertices, vertices.indices))
        var seen = Set<[Int]>()
        // Lines of neighbours name an undirected edge at both of its ends.
        let once = edges.filter { edge in
            let ends = [edge.source, edge.target]
            return seen.insert(orientation == .undirected ? ends.sorted() : ends).inserted
        }
        return try GraphProjection(
            nodeCount: vertices.count,
            edges: once.map { (place[$0.source] ?? -1, place[$0.target] ?? -1) },
            weights: once.map(\.weight), orientation: orientation)
    }
}
