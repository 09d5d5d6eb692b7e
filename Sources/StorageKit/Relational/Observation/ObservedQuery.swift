extension ChangeObservingStore {
    /// The rows of a query, and again whenever its tables have changed.
    ///
    /// ```swift
    /// let open = store.observe(
    ///     "SELECT * FROM todo WHERE NOT done ORDER BY id", as: Todo.self, limit: 100,
    ///     tables: ["todo"])
    /// for try await todos in open { show(todos) }
    /// ```
    ///
    /// The first rows come at once. Between two results any number of commits may lie, and two
    /// results may be equal. It ends as ``changes(in:)`` does.
    ///
    /// - Parameters:
    ///   - sql: One statement that reads.
    ///   - type: A `Codable` struct, filled by column names, or the type of the only column.
    ///   - limit: More rows than this are an error, which ends the sequence.
    ///   - tables: The tables the statement reads.
    public func observe<Row: Decodable & Sendable>(
        _ sql: SQL, as type: Row.Type, limit: Int, tables: Set<String>
    ) -> ObservedQuery<Self, Row> {
        ObservedQuery(store: self, sql: sql, limit: limit, tables: tables)
    }
}

/// The rows of a query, and again whenever its tables have changed.
///
/// Each iteration observes by itself, from its first element on.
public struct ObservedQuery<Store: ChangeObservingStore, Row: Decodable & Sendable>:
    AsyncSequence, Sendable
{
    /// All rows, in the statement's order.
    public typealias Element = [Row]
    /// That of the store.
    public typealias Failure = StorageError

    let store: Store
    let sql: SQL
    let limit: Int
    let tables: Set<String>

    /// Begins reading.
    public func makeAsyncIterator() -> Iterator { Iterator(query: self) }

    /// Where one reader is.
    public struct Iterator: AsyncIteratorProtocol {
        fileprivate let query: ObservedQuery
        private var changes: Store.ChangeSequence.AsyncIterator?
        private var isOver = false

        fileprivate init(query: ObservedQuery) { self.query = query }

        /// The rows as they are after the next change, or `nil` when the observation has ended.
        public mutating func next(
            isolation actor: isolated (any Actor)? = #isolation
        ) async throws(StorageError) -> [Row]? {
            guard !isOver else { return nil }
            // Until the rows are there, so that an error is the end.
            isOver = true
            if changes == nil {
                // Before the first look: a change after it is not missed.
                changes = try await query.store.changes(in: query.tables).makeAsyncIterator()
            } else {
                guard try await changes?.next(isolation: actor) != nil else { return nil }
            }
            let rows = try await query.store.query(query.sql, as: Row.self, limit: query.limit)
            isOver = false
            return rows
        }
    }
}
