public import StorageKit

extension GraphSnapshot {
    /// Freezes a part of the graph for algorithms.
    ///
    /// ```swift
    /// let roads = try await snapshot.projection(
    ///     labels: ["City"], types: ["ROAD"], weight: "kilometres", orientation: .undirected)
    /// ```
    ///
    /// Relationships are taken whose two nodes are. O(nodes + relationships of the types); where
    /// all nodes and one type are wanted it may share the graph's own rows, and costs nothing.
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
        guard !Task.isCancelled else { throw .cancelled(operation: "projection") }
        let state = state
        return try state.projection(
            nodes: labels?.compactMap { state.labels.symbol(of: $0) },
            types: types?.compactMap { state.types.symbol(of: $0) },
            // A name that was never used has no column, as one that no relationship has.
            weight: weight.map { state.keys.symbol(of: $0) ?? KeySymbol(.max) },
            defaultWeight: defaultWeight, orientation: orientation)
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
