/// Whatever finds nodes by an index that the program made: a store, a snapshot or a transaction.
///
/// It never looks at each node of a label: where no index serves the question, it throws.
/// ``GraphRepository`` is built on it.
public protocol GraphLookup: GraphReading {
    /// The nodes of a label whose property has one of these values, each node once, in no promised
    /// order.
    ///
    /// One round trip; none for no values. Any index of the label and the property serves it; a
    /// value is the same as another as ``GraphValue/isEqual(to:)`` says.
    ///
    /// - Throws: ``StorageError/Code/missingIndex`` where no index serves it,
    ///   ``StorageError/Code/limitExceeded`` for more values than
    ///   ``GraphLimits/maximumBatchSize``.
    func nodes(
        labelled label: GraphLabel, where key: PropertyKey, isOneOf values: [GraphValue]
    ) async throws(StorageError) -> [GraphNode]

    /// The next nodes of a label in the order of a property, which is that of all values: those of
    /// one type after those of another, texts byte by byte.
    ///
    /// One round trip. A page costs the same however far in it lies. Nodes of equal values come in
    /// the order of their ids, and a page that ends between them loses the others: page by a
    /// unique index.
    ///
    /// - Parameters:
    ///   - label: The nodes' label.
    ///   - key: The property; nodes without it do not come.
    ///   - value: Where to go on: nodes whose value comes after this one, be it there or not. `nil`
    ///     for the first page.
    ///   - limit: How many at the most, from 1 to ``GraphLimits/maximumPageSize``.
    /// - Throws: ``StorageError/Code/missingIndex`` where no ordered index serves it.
    func nodes(
        labelled label: GraphLabel, orderedBy key: PropertyKey, after value: GraphValue?, limit: Int
    ) async throws(StorageError) -> [GraphNode]
}

extension StorageError {
    /// The error for a lookup that no index serves.
    package static func missingGraphIndex(_ wanted: GraphIndex) -> StorageError {
        StorageError(
            code: .missingIndex,
            message: "no index serves this lookup; create the \(wanted), or one like it")
    }
}
