extension RelationalQuerying {
    /// A page of the table's rows, in the query's order.
    ///
    /// ```swift
    /// let query = Transfers.all.order { [$0.amount.descending] }
    /// var page = try await store.page(query, limit: 100)
    /// while let next = page.next { page = try await store.page(query, after: next, limit: 100) }
    /// ```
    ///
    /// The order is by columns that are never NULL; the columns of the table's
    /// ``TableDescription/key`` are added behind it, so that no two rows are the same to it. A row
    /// that is there all the while is on one page, once. One round trip.
    ///
    /// - Parameters:
    ///   - query: Rows of one table.
    ///   - cursor: The end of the page before; `nil` for the first page.
    ///   - limit: How many rows at the most, at least 1.
    /// - Throws: ``StorageError/Code/invalidArgument`` for an order that pages cannot have, a
    ///   cursor of another order, or a limit below 1.
    public func page<Described>(
        _ query: SelectQuery<TableReference<Described>>, after cursor: KeysetCursor? = nil,
        limit: Int
    ) async throws(StorageError) -> KeysetPage<Described.Row> {
        guard limit > 0 else { throw .emptyPage }
        let order = try KeysetOrder(
            query.clauses.orders, of: Described.name, key: Described.key)
        var clauses = query.clauses
        clauses.orders = order.orders
        if let cursor { clauses.conditions.append(try order.condition(after: cursor)) }
        // One more than wanted tells whether there is another page.
        let wanted = limit < Int(Int32.max) ? limit + 1 : Int(Int32.max)
        let rows = try await self.query(
            clauses.select(["*"], limit: wanted), as: Described.Row.self, limit: wanted)
        guard rows.count > limit else { return KeysetPage(rows: rows, next: nil) }
        let page = Array(rows.prefix(limit))
        return KeysetPage(rows: page, next: try order.cursor(after: page[limit - 1]))
    }
}

extension StorageError {
    fileprivate static var emptyPage: StorageError {
        StorageError(code: .invalidArgument, message: "a page has at least one row")
    }
}
