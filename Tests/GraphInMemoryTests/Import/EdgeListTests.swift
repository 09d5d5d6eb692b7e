import StorageKit
import StorageKitTesting
import Testing

@testable import GraphInMemory

@Suite("Edge lists")
struct EdgeListTests {
    private func load(_ text: String) async throws -> GraphInMemory {
        let graph = GraphInMemory()
        try await graph.importEdgeList(Array(text.utf8))
        return graph
    }

    @Test("blanks, tabs, commas, comments and either end of a line are read")
    func forms() async throws {
        let graph = try await load("# c\n10 7\r\n\n7\t10\t2.5\n % c\n10,900,-1e3 # c\n7 , 7 , 4")
        let view = try graph.snapshot().view
        #expect(Array(view.nodes()).map { view.property("number", of: $0) } == [7, 10, 900])
        let found = (0..<4).map { view.relationship(RelationshipID($0)) }
        #expect(found.map { $0?.source.rawValue } == [1, 0, 1, 0])
        #expect(found.map { $0?.target.rawValue } == [0, 1, 2, 0])
        #expect(
            found.map { $0?.properties["weight"] }
                == [nil, .double(2.5), .double(-1_000), .double(4)])
    }

    @Test(
        "a line that is none is refused with its number, and nothing is added",
        arguments: [
            ("1 2\n3\n", 2), ("a b", 1), ("1 2 3 4", 1), ("1 2\n\n# c\n1 x", 4), ("1 2 w", 1),
            ("1234567890123456789 1", 1), ("1 -2", 1), ("1,,2", 1),
        ])
    func refusals(text: String, line: Int) async throws {
        let graph = GraphInMemory()
        let error = await #expect(throws: StorageError.self) {
            try await graph.importEdgeList(Array(text.utf8))
        }
        #expect(error?.code == .decodingFailed)
        #expect(error?.message.hasPrefix("line \(line) of") == true)
        #expect(try await graph.nodeCount(labelled: nil) == 0)
    }

    @Test("arrays and single changes make the same graph", arguments: [UInt64(1), 2, 3])
    func sameBothWays(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let scale = seed == 3 ? UInt64(1) << 50 : 40
        let lines = (0..<3_000).map { _ in
            let ends =
                "\(UInt64.random(in: 0..<scale, using: &random)) "
                + "\(UInt64.random(in: 0..<scale, using: &random))"
            return Bool.random(using: &random)
                ? ends : ends + " \(Double.random(in: -9...9, using: &random))"
        }
        let list = try EdgeListLoad(
            Array(lines.joined(separator: "\n").utf8), EdgeListOptions(labels: ["N"]),
            ImportWatch(nil))
        var quick = GraphDraft(GraphState(), GraphLimits())
        var slow = quick
        try quick.load(list, journals: false)
        try slow.load(list, journals: true)
        let (first, second) = (
            GraphView(GraphMoment(quick.state)), GraphView(GraphMoment(slow.state))
        )
        #expect(first.relationshipCount == 3_000)
        #expect(Array(first.nodes(labelled: "N")) == Array(second.nodes(labelled: "N")))
        for node in first.nodes() {
            #expect(first.node(node) == second.node(node))
            #expect(
                Set(first.neighbours(of: node, .outgoing()))
                    == Set(second.neighbours(of: node, .outgoing())))
        }
        for place in 0..<UInt64(3_000) {
            let id = RelationshipID(place)
            #expect(first.relationship(id) == second.relationship(id))
        }
    }

    @Test("mutated bytes are read or refused, never a trap", arguments: 0..<200 as Range<UInt64>)
    func mutations(seed: UInt64) async {
        var random = SeededGenerator(seed: seed)
        var text = Array("1 2 3.5\n# c\n4,5\n6\t7\t1e9\r\n8 9".utf8)
        for _ in 0..<3 {
            let place = Int.random(in: 0..<text.count, using: &random)
            text[place] = UInt8.random(in: 0...255, using: &random)
        }
        let graph = GraphInMemory()
        do {
            let summary = try await graph.importEdgeList(text)
            #expect(try await graph.relationshipCount(type: nil) == summary.relationships)
        } catch {
            #expect(error.code == .decodingFailed)
        }
    }

    @Test("progress ends with all bytes and all relationships")
    func progress() async throws {
        let text = Array(String(repeating: "1 2\n", count: 300_000).utf8)
        let (stream, continuation) = AsyncStream<GraphImportProgress>.makeStream()
        try await GraphInMemory().importEdgeList(text) { continuation.yield($0) }
        continuation.finish()
        var seen: [GraphImportProgress] = []
        for await progress in stream { seen.append(progress) }
        #expect(seen.count == 3)
        #expect(seen.last?.bytes == text.count)
        #expect(seen.last?.relationships == 300_000)
    }

    @Test("a cancelled import adds nothing")
    func cancellation() async throws {
        let graph = GraphInMemory()
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            try await graph.importEdgeList(Array("1 2".utf8))
        }
        await #expect(throws: StorageError.self) { try await task.value }
        #expect(try await graph.nodeCount(labelled: nil) == 0)
    }
}
