import GraphInMemory
import StorageKit

/// The map of the routes: airports where they are, as large as they are central, coloured by
/// community.
struct RouteMap {
    private let airports: [NodeID: Airport]
    private let centrality: NodeValues<Double>
    private let communities: Communities
    private let route: GraphRoute

    init(
        _ airports: [NodeID: Airport], _ centrality: NodeValues<Double>,
        _ communities: Communities, _ route: GraphRoute
    ) {
        self.airports = airports
        self.centrality = centrality
        self.communities = communities
        self.route = route
    }

    func picture(_ routes: GraphProjection) -> GraphPicture {
        let ids = airports.keys.sorted()
        return GraphPicture(
            title: "The shortest way from Berlin to Auckland. Data: OpenFlights, ODbL",
            nodes: ids.map(node),
            edges: edges(routes), categories: names(), isDirected: false)
    }

    private func node(_ id: NodeID) -> GraphPicture.Node {
        let airport = airports[id]
        return GraphPicture.Node(
            id, label: airport?.code ?? "", category: communities[id] ?? 0,
            value: max(centrality[id] ?? 0, route.nodes.contains(id) ? 0.03 : 0),
            position: airport.map {
                GraphPicture.Point(longitude: $0.longitude, latitude: $0.latitude)
            })
    }

    private func edges(_ routes: GraphProjection) -> [GraphPicture.Edge] {
        let way = Set(zip(route.nodes, route.nodes.dropFirst()).map { Set([$0, $1]) })
        return routes.edges.map { edge in
            GraphPicture.Edge(
                from: edge.source, to: edge.target,
                isHighlighted: way.contains([edge.source, edge.target]))
        }
    }

    /// Each community by its most central airport.
    private func names() -> [Int: String] {
        var names: [Int: String] = [:]
        for (node, _) in centrality.top(airports.count) {
            guard let community = communities[node], names[community] == nil else { continue }
            names[community] = "around \(airports[node]?.city ?? "")"
        }
        return names
    }
}
