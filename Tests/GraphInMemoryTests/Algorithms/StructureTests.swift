import GraphInMemory
import StorageKit
import Testing

@Suite("The structure of a graph")
struct StructureTests {
    static let graphs = (0..<80 as Range<UInt64>).map(SmallGraph.random)

    @Test("triangles are three nodes with an edge between each two", arguments: graphs)
    func triangles(graph: SmallGraph) async throws {
        let counts = try await graph.projection().triangles().values
        #expect(counts == graph.triangles(), "\(graph)")
    }

    @Test("degrees are ends of edges", arguments: graphs)
    func degrees(graph: SmallGraph) async throws {
        let projection = try graph.projection()
        var (out, into) = ([Int](), [Int]())
        for node in 0..<graph.nodeCount {
            out.append(graph.edges.count { $0.source == node })
            into.append(graph.edges.count { $0.target == node })
        }
        let both = zip(out, into).map(+)
        #expect(projection.degrees().values == both)
        if graph.orientation == .directed {
            #expect(projection.degrees(.outgoing).values == out)
            #expect(projection.degrees(.incoming).values == into)
        }
        let statistics = projection.degreeStatistics()
        let sorted = both.sorted()
        #expect(statistics.nodeCount == graph.nodeCount)
        #expect(statistics.minimum == sorted.first ?? 0)
        #expect(statistics.maximum == sorted.last ?? 0)
        #expect(statistics.percentile(100) == sorted.last ?? 0)
        if !sorted.isEmpty {
            #expect(statistics.median == sorted[(sorted.count + 1) / 2 - 1])
            #expect(abs(statistics.mean * Double(sorted.count) - Double(both.reduce(0, +))) < 1e-9)
        }
    }

    @Test("a topological order leads forward, or there is a cycle", arguments: graphs)
    func order(graph: SmallGraph) async throws {
        let projection = try graph.projection()
        guard graph.orientation == .directed else {
            await #expect(throws: StorageError.self) { try await projection.topologicalOrder() }
            return
        }
        guard let cycle = try await projection.cycle() else {
            let order = try await projection.topologicalOrder()
            #expect(order.count == graph.nodeCount)
            let places = Dictionary(uniqueKeysWithValues: zip(order, order.indices))
            for edge in graph.edges {
                #expect(places[id(edge.source)]! < places[id(edge.target)]!)
            }
            return
        }
        let steps = zip(cycle, cycle.dropFirst() + cycle.prefix(1))
        #expect(Set(cycle).count == cycle.count && !cycle.isEmpty)
        for (from, to) in steps {
            #expect(graph.edges.contains { id($0.source) == from && id($0.target) == to })
        }
        do {
            _ = try await projection.topologicalOrder()
            Issue.record("there is a cycle, and an order was found")
        } catch { #expect(error.code == .invalidState) }
    }

    @Test("a graph without cycles has an order, the lowest ids first")
    func acyclic() async throws {
        let graph = try GraphProjection(nodeCount: 5, edges: [(4, 0), (4, 2), (2, 0), (3, 1)])
        #expect(try await graph.topologicalOrder() == [3, 1, 4, 2, 0].map(id))
        #expect(try await graph.cycle() == nil)
    }

    @Test("a spanning forest connects what is connected by the least weight", arguments: graphs)
    func forest(graph: SmallGraph) async throws {
        let forest = try await graph.projection().minimumSpanningForest()
        let parts = Set(graph.weakComponents()).count
        #expect(forest.treeCount == parts)
        #expect(forest.relationships.count == graph.nodeCount - parts)
        var kept = graph
        kept.edges = forest.relationships.map { graph.edges[Int($0.rawValue)] }
        #expect(kept.weakComponents() == graph.weakComponents())
        #expect(abs(forest.weight - graph.spanningWeight()) < 1e-6 || forest.weight == .infinity)
    }

    private func id(_ node: Int) -> NodeID { NodeID(UInt64(node)) }
}

extension SmallGraph {
    func triangles() -> [Int] {
        var isEdge = Set<[Int]>()
        for edge in edges where edge.source != edge.target {
            isEdge.insert([edge.source, edge.target].sorted())
        }
        var counts = [Int](repeating: 0, count: nodeCount)
        for first in 0..<nodeCount {
            for second in (first + 1)..<max(first + 1, nodeCount)
            where isEdge.contains([first, second]) {
                for third in (second + 1)..<max(second + 1, nodeCount)
                where isEdge.contains([first, third]) && isEdge.contains([second, third]) {
                    for node in [first, second, third] { counts[node] += 1 }
                }
            }
        }
        return counts
    }

    /// Prim's method on a table: grows each tree by the lightest edge that leaves it.
    func spanningWeight() -> Double {
        var isIn = [Bool](repeating: false, count: nodeCount)
        var weight = 0.0
        for start in 0..<nodeCount where !isIn[start] {
            isIn[start] = true
            var tree: Set<Int> = [start]
            while true {
                let leaving = edges.indices.filter {
                    tree.contains(edges[$0].source) != tree.contains(edges[$0].target)
                }
                guard let next = leaving.min(by: { self.weight($0) < self.weight($1) }) else {
                    break
                }
                weight += self.weight(next)
                tree.formUnion([edges[next].source, edges[next].target])
            }
            for node in tree { isIn[node] = true }
        }
        return weight
    }

    private func weight(_ place: Int) -> Double { weights?[place] ?? 1 }
}
