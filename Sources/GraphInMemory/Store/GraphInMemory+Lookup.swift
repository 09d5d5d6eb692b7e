public import StorageKit

extension GraphInMemory: GraphLookup {
    /// The nodes of a label whose property has one of these values.
    public func nodes(
        labelled label: GraphLabel, where key: PropertyKey, isOneOf values: [GraphValue]
    ) async throws(StorageError) -> [GraphNode] {
        try reading().nodes(labelled: label, where: key, isOneOf: values, limits)
    }

    /// The next nodes of a label in the order of a property.
    public func nodes(
        labelled label: GraphLabel, orderedBy key: PropertyKey, after value: GraphValue?, limit: Int
    ) async throws(StorageError) -> [GraphNode] {
        try reading().nodes(
            labelled: label, orderedBy: key, after: value, limit: limit, limits)
    }
}
