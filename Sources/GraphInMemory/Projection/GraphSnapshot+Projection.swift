public import StorageKit

extension GraphSnapshot {
    /// Freezes a part of the graph for algorithms.
    ///
    /// ```swift
    /// let roads = try await snapshot.projection(
    ///     labels: ["City"], types: ["ROAD"], weight: "kilometres", orientation: .undirected)
    /// ```
    ///
    /// Relationships are taken whose two nodes are. O(nodes + relationships) of the whole graph; the
    /// result shares nothing with it.
    ///
    /// - Parameters:
    ///   - labels: Takes nodes that have one of these; `nil` for all nodes.
    ///   - types: Takes relationships of these types; `nil` for all.
    ///   - weight: The property that each relationship weighs; `nil` for 1 each.
    ///   - defaultWeight: What a relationship weighs that does not have the property.
    ///   - orientation: How the relationships are taken.
    /// - Throws: ``StorageKit/StorageError/Code/wrongType`` where the property is no number,
    ///   `invalidArgument` where there is none and no default, and `cancelled`.
    @concurrent
    public func projection(
        labels: [GraphLabel]? = nil, types: [RelationshipType]? = nil,
        weight: PropertyKey? = nil, defaultWeight: Double? = nil,
        orientation: GraphProjection.Orientation = .directed
    ) async throws(StorageError) -> GraphProjection {
        var pace = AlgorithmPace("projection")
        var edges = ProjectedEdges(of: state, labels: labels, types: types)
        try edges.collect(&pace)
        let weights = try edges.weights(weight, default: defaultWeight)
        return GraphProjection(
            nodes: edges.nodes, sources: edges.sources, targets: edges.targets,
            relationships: edges.relationships, weights: weights, orientation: orientation)
    }
}

extension GraphInMemory {
    /// Freezes a part of the graph as it is now; as ``GraphSnapshot`` does.
    @concurrent
    public func projection(
        labels: [GraphLabel]? = nil, types: [RelationshipType]? = nil,
        weight: PropertyKey? = nil, defaultWeight: Double? = nil,
        orientation: GraphProjection.Orientation = .directed
    ) async throws(StorageError) -> GraphProjection {
        try await snapshot().projection(
            labels: labels, types: types, weight: weight, defaultWeight: defaultWeight,
            orientation: orientation)
    }
}
