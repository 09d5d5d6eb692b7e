import StorageKit
import Testing

@testable import GraphInMemory

@Suite("Pictures of graphs")
struct PictureTests {
    private func ring(_ count: Int, label: String = "a & <b> \"c\"") -> GraphPicture {
        GraphPicture(
            title: "A <ring>",
            nodes: (0..<UInt64(count)).map {
                .init(NodeID($0), label: label, category: Int($0) % 3, value: Double($0))
            },
            edges: (0..<UInt64(count)).map {
                .init(from: NodeID($0), to: NodeID(($0 + 1) % UInt64(count)))
            },
            categories: [0: "x & y"])
    }

    private func centres(_ svg: String) throws -> [(Double, Double)] {
        svg.matches(of: #/cx="([^"]+)" cy="([^"]+)" r="[^"]+" fill="[^"]+"\/>\n/#).compactMap {
            guard let x = Double($0.1), let y = Double($0.2) else { return nil }
            return (x, y)
        }
    }

    @Test("all nodes are inside the frame, whatever their number", arguments: [1, 2, 30, 1_001])
    func frame(count: Int) throws {
        let svg = try ring(count).svg(width: 640, height: 480)
        let centres = try self.centres(svg)
        #expect(centres.count == count)
        #expect(centres.allSatisfy { (20...620).contains($0.0) && (20...460).contains($0.1) })
        #expect(!svg.contains("nan") && !svg.contains("inf"))
    }

    @Test("the same seed gives the same picture, another one another")
    func seeds() throws {
        let picture = ring(30)
        #expect(try picture.svg(seed: 4) == picture.svg(seed: 4))
        #expect(try picture.svg(seed: 4) != picture.svg(seed: 5))
    }

    @Test("text is escaped")
    func escaping() throws {
        let svg = try ring(3).svg()
        #expect(svg.contains(">a &amp; &lt;b&gt; &quot;c&quot;</text>"))
        #expect(svg.contains(">A &lt;ring&gt;</text>"))
        #expect(svg.contains(">x &amp; y</text>"))
        #expect(PictureDrawing.escaped("a\u{0}b\u{FFFF}c\nd") == "abc d")
    }

    @Test("fixed positions keep their proportions")
    func positions() throws {
        let picture = GraphPicture(
            nodes: [
                .init(NodeID(1), position: .init(longitude: 0, latitude: 0)),
                .init(NodeID(2), position: .init(longitude: 10, latitude: 0)),
                .init(NodeID(3), position: .init(longitude: 0, latitude: 20)),
            ], edges: [])
        let centres = try self.centres(picture.svg())
        try #require(centres.count == 3)
        #expect(centres[2].1 < centres[0].1)
        let right = centres[1].0 - centres[0].0
        let up = centres[0].1 - centres[2].1
        #expect(abs(up - 2 * right) < 0.5)
    }

    @Test("an edge to nowhere, an id twice and numbers that cannot be drawn are refused")
    func refusals() {
        let node = GraphPicture.Node(NodeID(1))
        let bad = [
            GraphPicture(nodes: [node], edges: [.init(from: NodeID(1), to: NodeID(2))]),
            GraphPicture(nodes: [node, node], edges: []),
            GraphPicture(nodes: [.init(NodeID(1), value: .nan)], edges: []),
            GraphPicture(nodes: [.init(NodeID(1), position: .init(x: .infinity, y: 0))], edges: []),
        ]
        for picture in bad {
            #expect(throws: StorageError.self) { try picture.svg() }
        }
    }

    @Test("DOT quotes what its language reads")
    func dot() {
        #expect(GraphPicture.quoted("a\"b\\c\nd") == "\"a\\\"b\\\\c\\nd\"")
        let text = ring(2).dot()
        #expect(text.hasPrefix("digraph {\n"))
        #expect(text.contains("n0 -> n1;"))
        #expect(text.hasSuffix("}\n"))
    }

    @Test("a picture of a snapshot has the relationships among its nodes, and no others")
    func snapshot() async throws {
        let graph = GraphInMemory()
        let ada = try await graph.createNode(["P"], ["name": "Ada"])
        let charles = try await graph.createNode(["P"], ["name": "Charles"])
        let other = try await graph.createNode(["P"], [:])
        try await graph.createRelationship(from: ada, "KNOWS", to: charles)
        try await graph.createRelationship(from: ada, "KNOWS", to: other)
        let picture = GraphPicture(
            try graph.snapshot(), nodes: [ada, charles, ada, NodeID(77)], label: "name")
        #expect(picture.nodes.map(\.label) == ["Ada", "Charles"])
        #expect(picture.edges.map(\.target) == [charles])
        #expect(picture.edges.map(\.label) == ["KNOWS"])
    }
}
