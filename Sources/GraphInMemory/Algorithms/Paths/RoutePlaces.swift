/// A way in the numbers of a projection: its nodes, and the places of the entries between them.
struct RoutePlaces: Hashable, Sendable {
    var nodes: [Int]
    /// Places in the outgoing rows.
    var entries: [Int]
    var weight: Double
}

extension GraphProjection {
    /// The way in the ids of the graph.
    func route(_ places: RoutePlaces) -> GraphRoute {
        GraphRoute(
            nodes: places.nodes.map { nodes.id(of: NodeIndex(UInt32($0))) },
            relationships: places.entries.map { outgoing.relationships[$0].id },
            weight: places.weight)
    }

    /// What the relationship of an entry of the outgoing rows weighs.
    func weight(ofEntry place: Int) -> Double { weights?[place] ?? 1 }
}
