import ExampleSupport
import Foundation
import GraphInMemory
import StorageKit

extension Scenes {
    /// The shortest way by air, where most ways lead through, and a map.
    func routes(map path: String?) async throws {
        terminal.title("Routes", "300 airports of OpenFlights, under the Open Database License")
        let airports = try await allAirports()
        let routes = try await graph.projection(
            labels: [Airport.label], types: [Route.type], weight: Route.kilometres.key,
            orientation: .undirected)
        let route = try await shortest(from: "TXL", to: "AKL", routes, airports)
        let centrality = try await routes.betweenness(isNormalized: true)
        try await showCentral(centrality, airports)
        if let path {
            // Of routes as such: a long one does not bind more than a short one.
            let unweighted = try await graph.projection(
                labels: [Airport.label], types: [Route.type], orientation: .undirected)
            let communities = try await unweighted.communities()
            let picture = RouteMap(airports, centrality, communities, route).picture(routes)
            let svg = try picture.svg(width: 1_600, height: 780, labelCount: 60)
            try svg.write(toFile: path, atomically: true, encoding: .utf8)
            terminal.call("a map of them", path)
        }
        terminal.note("Contains information from OpenFlights (openflights.org), under the ODbL.")
    }

    private func allAirports() async throws -> [NodeID: Airport] {
        let airport = GraphNodeVariable<Airport>()
        let all = graph.matches(of: .match(airport), selecting: airport.id, airport)
        var airports: [NodeID: Airport] = [:]
        for try await (id, airport) in all { airports[id] = airport }
        return airports
    }

    private func shortest(
        from: String, to: String, _ routes: GraphProjection, _ airports: [NodeID: Airport]
    ) async throws -> GraphRoute {
        let start = airports.first { $0.value.code == from }
        let goal = airports.first { $0.value.code == to }
        guard let start, let goal else { throw Unexpected(what: "both airports are there") }
        // No way is shorter than the great circle, so that the search may go by it.
        let guided = try await routes.shortestRoute(from: start.key, to: goal.key) { node in
            airports[node]?.kilometres(to: goal.value) ?? 0
        }
        guard let guided else { throw Unexpected(what: "there is a way") }
        let stops = guided.nodes.compactMap { airports[$0] }
        terminal.call(
            "\(start.value.city) to \(goal.value.city)",
            stops.map(\.code).joined(separator: " - "))
        terminal.call("kilometres by that way", "\(Int(guided.weight.rounded()).grouped)")
        let direct = start.value.kilometres(to: goal.value)
        terminal.call("on the great circle", "\(Int(direct.rounded()).grouped)")
        let plain = try await routes.shortestRoute(
            from: start.key, to: goal.key, by: .dijkstra)
        try expect(
            abs(guided.weight - (plain?.weight ?? 0)) < 1e-6, "both searches find the same length")
        let several = try await routes.shortestRoutes(from: start.key, to: goal.key, count: 3)
        for other in several.dropFirst() {
            let codes = other.nodes.compactMap { airports[$0]?.code }
            terminal.call(
                "the next best",
                codes.joined(separator: " - ")
                    + ", \(Int(other.weight.rounded()).grouped) km")
        }
        try expect(several.count == 3 && several[0].weight <= several[1].weight, "three, in order")
        return guided
    }

    private func showCentral(
        _ centrality: NodeValues<Double>, _ airports: [NodeID: Airport]
    ) async throws {
        terminal.title(
            "Where ways lead through", "betweenness, by distance: of 1,000 shortest ways")
        let top = centrality.top(6)
        terminal.chart(
            top.compactMap { node, value in
                airports[node].map { ("\($0.code), \($0.city)", Int((value * 1_000).rounded())) }
            })
        try expect(top.count == 6 && top[0].value > 0.05, "some airports are more central")
    }
}
