import GraphInMemory
import StorageKit
import Testing

@Suite("What is alike in a graph")
struct SimilarityTests {
    static let graphs = (0..<60 as Range<UInt64>).map(SmallGraph.random)

    @Test("likeness is what two sets of neighbours have in common", arguments: graphs)
    func similarity(graph: SmallGraph) async throws {
        let projection = try graph.projection()
        let sets = graph.neighbourSets
        for measure in NodeSimilarity.allCases {
            for node in 0..<min(graph.nodeCount, 3) {
                var expected: [(node: NodeID, similarity: Double)] = []
                for other in 0..<graph.nodeCount where other != node {
                    let value = graph.similarity(sets[node], sets[other], measure)
                    let asked = try projection.similarity(of: id(node), and: id(other), by: measure)
                    #expect(abs(asked - value) < 1e-9)
                    if value > 0 { expected.append((id(other), asked)) }
                }
                let found = try await projection.similarNodes(to: id(node), by: measure, count: 100)
                #expect(Set(found.map(\.node)) == Set(expected.map(\.node)), "\(graph)")
                #expect(zip(found, found.dropFirst()).allSatisfy { $0.similarity >= $1.similarity })
                let values = Dictionary(
                    uniqueKeysWithValues: expected.map { ($0.node, $0.similarity) })
                #expect(found.allSatisfy { abs((values[$0.node] ?? -1) - $0.similarity) < 1e-9 })
                let first = try await projection.similarNodes(to: id(node), by: measure, count: 2)
                #expect(first.map(\.node) == found.prefix(2).map(\.node))
            }
        }
    }

    @Test("friends of friends are two steps away, by how many lead there", arguments: graphs)
    func recommendations(graph: SmallGraph) async throws {
        let projection = try graph.projection()
        let sets = graph.neighbourSets
        for node in 0..<min(graph.nodeCount, 4) {
            var expected: [Recommendation] = []
            for other in 0..<graph.nodeCount where other != node && !sets[node].contains(other) {
                let over = sets[node].subtracting([node]).filter { sets[$0].contains(other) }
                if !over.isEmpty {
                    expected.append(.init(node: id(other), commonCount: over.count))
                }
            }
            expected.sort { ($1.commonCount, $0.node) < ($0.commonCount, $1.node) }
            let found = try await projection.recommendations(for: id(node), count: 5)
            #expect(found == Array(expected.prefix(5)), "\(graph)")
        }
    }

    @Test("common neighbours come in the order of their ids")
    func common() throws {
        let graph = try GraphProjection(
            nodeCount: 5, edges: [(0, 4), (0, 2), (0, 2), (1, 2), (1, 4), (1, 3)])
        #expect(try graph.commonNeighbours(of: id(0), and: id(1)) == [id(2), id(4)])
    }

    private func id(_ node: Int) -> NodeID { NodeID(UInt64(node)) }
}

extension SmallGraph {
    var neighbourSets: [Set<Int>] { steps.map { Set($0.map(\.node)) } }

    func similarity(_ left: Set<Int>, _ right: Set<Int>, _ measure: NodeSimilarity) -> Double {
        let common = left.intersection(right)
        guard !common.isEmpty else { return 0 }
        let count = Double(common.count)
        return switch measure {
        case .jaccard: count / Double(left.union(right).count)
        case .overlap: count / Double(min(left.count, right.count))
        case .cosine: count / (Double(left.count) * Double(right.count)).squareRoot()
        case .commonNeighbours: count
        case .adamicAdar:
            common.reduce(0) { sum, node in
                sum + 1 / Double.naturalLog(Double(neighbourSets.count { $0.contains(node) }))
            }
        }
    }
}

extension Double {
    /// By the series of the inverse hyperbolic tangent, to be independent of the C library.
    fileprivate static func naturalLog(_ number: Double) -> Double {
        var (rest, halvings) = (number, 0.0)
        while rest > 1.5 { (rest, halvings) = (rest / 2, halvings + 1) }
        let ratio = (rest - 1) / (rest + 1)
        let series = (0..<60).reduce((sum: 0.0, power: ratio)) { state, place in
            (state.sum + state.power / Double(2 * place + 1), state.power * ratio * ratio)
        }
        return 2 * series.sum + halvings * 0.693147180559945309
    }
}
