extension DocumentCollection {
    /// A page of the documents that match, in an order.
    ///
    /// ```swift
    /// let order = [User.age.descending]
    /// var page = try await users.page(User.city == "Berlin", order: order, limit: 100)
    /// while let next = page.next {
    ///     page = try await users.page(
    ///         User.city == "Berlin", order: order, after: next, limit: 100)
    /// }
    /// ```
    ///
    /// The identifier is added behind the order, so that no two documents are the same to it. A
    /// document that is there all the while is on one page, once, whatever types its values have;
    /// one without a field stands where null does. An index of the order's paths, `_id` at its end,
    /// makes each page cost the same; without one the store orders what is left each time.
    ///
    /// One round trip, and one more for each further batch of a page that is larger than the
    /// store's batches.
    ///
    /// - Parameters:
    ///   - filter: Which documents.
    ///   - order: In which order; no path twice.
    ///   - cursor: The end of the page before; `nil` for the first page.
    ///   - limit: How many documents at the most, at least 1.
    /// - Throws: ``StorageError/Code/invalidArgument`` for an order that has a path twice, for a
    ///   cursor of another order, for a limit below 1, and when a document of the page has an array
    ///   on the way to a path of the order or at its end, a pattern or a value of a deprecated
    ///   type: what is behind these cannot be asked for. An array that has nothing but arrays in it
    ///   is not noticed behind the first page, and left out.
    public func page(
        _ filter: DocumentFilter = .all, order: [DocumentOrder] = [],
        after cursor: DocumentPageCursor? = nil, limit: Int
    ) async throws(StorageError) -> DocumentPage<Entity> {
        guard limit > 0 else { throw .emptyDocumentPage }
        let keyset = try DocumentKeyset(order, of: name)
        // One more than wanted tells whether there is another page.
        let wanted = limit < Int(Int32.max) ? limit + 1 : Int(Int32.max)
        let query = DocumentQuery(
            try cursor.map { cursor throws(StorageError) in
                try keyset.filter(filter, after: cursor)
            } ?? filter, order: keyset.order, limit: wanted)
        // As documents, for an entity need not have the fields that the pages go by.
        var entities: [Entity] = []
        var last: [DocumentValue] = []
        for try await document in store.find(query, in: name, as: Document.self) {
            guard entities.count < limit else {
                return DocumentPage(entities: entities, next: keyset.cursor(after: last))
            }
            last = try keyset.values(of: document)
            entities.append(try DocumentDecoder().decode(Entity.self, from: document))
        }
        return DocumentPage(entities: entities, next: nil)
    }
}

extension StorageError {
    fileprivate static var emptyDocumentPage: StorageError {
        StorageError(code: .invalidArgument, message: "a page has at least one document")
    }
}
