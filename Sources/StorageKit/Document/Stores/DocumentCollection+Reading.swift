extension DocumentCollection {
    /// The documents that match, batch by batch.
    ///
    /// One round trip for each batch.
    public func find(
        _ filter: DocumentFilter, order: DocumentOrder..., limit: Int? = nil
    ) -> ResultSequence<Entity> {
        find(DocumentQuery(filter, order: order, limit: limit))
    }

    /// The documents that a query finds, batch by batch.
    ///
    /// One round trip for each batch.
    public func find(_ query: DocumentQuery) -> ResultSequence<Entity> {
        find(query, as: Entity.self)
    }

    /// The documents that a query finds, as another type: that of a projection.
    ///
    /// One round trip for each batch.
    public func find<Other: Decodable & Sendable>(
        _ query: DocumentQuery, as type: Other.Type
    ) -> ResultSequence<Other> {
        store.find(query, in: name, as: type)
    }

    /// The first document that matches, in an order if there is one; `nil` when none does.
    ///
    /// One round trip.
    public func first(
        _ filter: DocumentFilter, order: DocumentOrder...
    ) async throws(StorageError) -> Entity? {
        try await store.first(DocumentQuery(filter, order: order), in: name, as: Entity.self)
    }

    /// How many documents match, counted.
    ///
    /// One round trip, and work for the server in proportion to the count.
    public func count(_ filter: DocumentFilter) async throws(StorageError) -> Int {
        try await store.count(filter, in: name)
    }

    /// The different values of a field; of an array, its elements.
    ///
    /// One round trip.
    public func distinct<Value>(
        _ field: Field<Value>, where filter: DocumentFilter = .all
    ) async throws(StorageError) -> [DocumentValue] {
        try await store.distinct(field.path, where: filter, in: name)
    }
}
