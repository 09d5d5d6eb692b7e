/// Which documents are wanted, in which order, and how much of them.
public struct DocumentQuery: Hashable, Sendable {
    /// Which documents.
    public var filter: DocumentFilter
    /// In which order; without one, in any, which may be another one each time.
    public var order: [DocumentOrder]
    /// How many at the most; `nil` for all of them, batch by batch.
    public var limit: Int?
    /// How many are left out at the beginning.
    ///
    /// They are looked at all the same: for pages, use
    /// ``DocumentCollection/page(_:order:after:limit:)``.
    public var skip: Int
    /// Which of their fields.
    public var projection: DocumentProjection

    /// Creates a query.
    public init(
        _ filter: DocumentFilter = .all, order: [DocumentOrder] = [], limit: Int? = nil,
        skip: Int = 0, projection: DocumentProjection = .all
    ) {
        self.filter = filter
        self.order = order
        self.limit = limit
        self.skip = skip
        self.projection = projection
    }
}
