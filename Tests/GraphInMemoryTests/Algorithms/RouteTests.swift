import GraphInMemory
import StorageKit
import Synchronization
import Testing

@Suite("Routes through a graph")
struct RouteTests {
    static let graphs = (0..<120 as Range<UInt64>).map(SmallGraph.random)
    /// Small enough for every way to be written down.
    static let tiny = (0..<60 as Range<UInt64>).map { seed in
        var graph = SmallGraph.random(seed: seed)
        graph.nodeCount = min(graph.nodeCount, 7)
        let kept = graph.edges.indices.filter { place in
            max(graph.edges[place].source, graph.edges[place].target) < graph.nodeCount
        }.prefix(14)
        graph.edges = kept.map { graph.edges[$0] }
        graph.weights = graph.weights.map { weights in kept.map { weights[$0] } }
        return graph
    }

    @Test("every method finds a way of the least weight, or none", arguments: graphs)
    func shortest(graph: SmallGraph) async throws {
        let projection = try graph.projection()
        let distancesFrom = (0..<graph.nodeCount).map { graph.distances(from: $0) }
        for source in 0..<min(graph.nodeCount, 2) {
            let distances = distancesFrom[source]
            for target in 0..<graph.nodeCount {
                let (from, to) = (id(source), id(target))
                // A guess that is right is as sharp as one may be.
                let rest = distancesFrom.map { $0[target] }
                // Never too much, but from one node to the next it may drop by more than the way.
                let uneven = rest.indices.map { $0 % 3 == 0 ? rest[$0] * 0.9 : 0 }
                let routes = [
                    try await projection.shortestRoute(from: from, to: to, by: .dijkstra),
                    try await projection.shortestRoute(from: from, to: to, by: .bidirectional),
                    try await projection.shortestRoute(from: from, to: to) { _ in 0 },
                    try await projection.shortestRoute(from: from, to: to) {
                        rest[Int($0.rawValue)] * 0.5
                    },
                    try await projection.shortestRoute(from: from, to: to) {
                        uneven[Int($0.rawValue)]
                    },
                ]
                for route in routes { check(route, in: graph, source, target, distances[target]) }
            }
        }
    }

    private func check(
        _ route: GraphRoute?, in graph: SmallGraph, _ source: Int, _ target: Int, _ weight: Double
    ) {
        guard let route else { return #expect(weight == .infinity, "\(graph)") }
        #expect(abs(route.weight - weight) <= 1e-9 * max(1, weight), "\(graph)")
        #expect(route.nodes.first == id(source) && route.nodes.last == id(target))
        #expect(Set(route.nodes).count == route.nodes.count)
        var sum = 0.0
        for (place, relationship) in route.relationships.enumerated() {
            let edge = graph.edges[Int(relationship.rawValue)]
            let step = [route.nodes[place], route.nodes[place + 1]]
            let ends = [id(edge.source), id(edge.target)]
            #expect(
                step == ends || (graph.orientation == .undirected && step == ends.reversed()))
            sum += graph.weights?[Int(relationship.rawValue)] ?? 1
        }
        #expect(abs(sum - route.weight) <= 1e-9 * max(1, weight))
    }

    @Test("the shortest ways are all ways in the order of their weights", arguments: tiny)
    func several(graph: SmallGraph) async throws {
        guard graph.nodeCount > 1 else { return }
        let projection = try graph.projection()
        for target in 1..<graph.nodeCount {
            let ways = graph.ways(from: 0, to: target).sorted { $0.weight < $1.weight }
            for count in [1, 3, ways.count + 2] {
                let routes = try await projection.shortestRoutes(
                    from: id(0), to: id(target), count: count)
                #expect(routes.count == min(count, ways.count), "\(graph)")
                #expect(Set(routes).count == routes.count)
                for (route, way) in zip(routes, ways) {
                    check(route, in: graph, 0, target, way.weight)
                }
                let known = Set(ways.map(\.edges))
                let found = routes.map { $0.relationships.map { Int($0.rawValue) } }
                #expect(found.allSatisfy(known.contains))
            }
        }
    }

    @Test("the way from a node to itself has no relationships")
    func toItself() async throws {
        let graph = try GraphProjection(nodeCount: 2, edges: [(0, 0), (0, 1)])
        for method in RouteMethod.allCases {
            let route = try await graph.shortestRoute(from: id(0), to: id(0), by: method)
            #expect(route == GraphRoute(nodes: [id(0)], relationships: [], weight: 0))
        }
        let routes = try await graph.shortestRoutes(from: id(0), to: id(0), count: 3)
        #expect(routes == [GraphRoute(nodes: [id(0)], relationships: [], weight: 0)])
    }

    @Test("the next ways along a long one are found, each at the price of what it leaves out")
    func longDetours() async throws {
        let count = 20_000
        // A way of 20,000 nodes, and one relationship that skips three of them.
        let graph = try GraphProjection(
            nodeCount: count, edges: (1..<count).map { ($0 - 1, $0) } + [(100, 104)])
        let routes = try await graph.shortestRoutes(from: id(0), to: id(count - 1), count: 5)
        #expect(routes.map(\.length) == [count - 4, count - 1])
    }

    @Test("a way as long as the graph is found without recursion, and quickly from both ends")
    func long() async throws {
        let count = 100_000
        let graph = try GraphProjection(
            nodeCount: count, edges: (1..<count).map { ($0 - 1, $0) })
        for method in RouteMethod.allCases {
            let route = try await graph.shortestRoute(from: id(0), to: id(count - 1), by: method)
            #expect(route?.length == count - 1)
        }
    }

    @Test("a search ends with an error when its task is cancelled on the way")
    func cancellation() async throws {
        // Nothing leads to the goal, so that all is looked at if nothing stops it.
        let count = 200_000
        let graph = try GraphProjection(
            nodeCount: count + 1, edges: (1..<count).map { ($0 - 1, $0) })
        let asked = Mutex(0)
        let task = Task {
            try await graph.shortestRoute(from: id(0), to: id(count)) { node in
                asked.withLock { $0 += 1 }
                if node == id(1000) { withUnsafeCurrentTask { $0?.cancel() } }
                return 0
            }
        }
        let error = await #expect(throws: StorageError.self) { try await task.value }
        #expect(error?.code == .cancelled)
        #expect((1000..<count / 2).contains(asked.withLock { $0 }))
    }

    @Test("nodes that are not there and weights below zero are refused")
    func refusals() async throws {
        let graph = try GraphProjection(nodeCount: 2, edges: [(0, 1)], weights: [-1])
        await #expect(throws: StorageError.self) {
            try await graph.shortestRoute(from: id(0), to: id(1))
        }
        let other = try GraphProjection(nodeCount: 2, edges: [(0, 1)])
        do {
            _ = try await other.shortestRoute(from: id(0), to: id(2))
            Issue.record("a node that is not there was found")
        } catch { #expect(error.code == .notFound) }
        do {
            _ = try await other.shortestRoutes(from: id(0), to: id(1), count: -1)
            Issue.record("a negative count was taken")
        } catch { #expect(error.code == .invalidArgument) }
    }

    private func id(_ node: Int) -> NodeID { NodeID(UInt64(node)) }
}

extension SmallGraph {
    /// Every way that visits no node twice, from the definition.
    func ways(from source: Int, to target: Int) -> [(edges: [Int], weight: Double)] {
        var found: [(edges: [Int], weight: Double)] = []
        func go(_ node: Int, _ visited: Set<Int>, _ way: [Int], _ weight: Double) {
            if node == target {
                if weight < .infinity { found.append((way, weight)) }
                return
            }
            for (place, edge) in edges.enumerated() {
                var ends = [edge.target]
                if edge.source != node {
                    guard orientation == .undirected, edge.target == node else { continue }
                    ends = [edge.source]
                }
                for next in ends where !visited.contains(next) {
                    go(
                        next, visited.union([next]), way + [place],
                        weight + (weights?[place] ?? 1))
                }
            }
        }
        go(source, [source], [], 0)
        return found
    }
}
