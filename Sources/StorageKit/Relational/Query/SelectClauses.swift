/// What stands behind the columns of a SELECT.
struct SelectClauses: Sendable {
    var from: SQL
    var conditions: [SQL] = []
    var groups: [SQL] = []
    var groupConditions: [SQL] = []
    var orders: [SQLOrder] = []
    var isDistinct = false
    /// Set where a query was put together in a way that no type forbids.
    var failure: StorageError?

    init(from: SQL) { self.from = from }

    /// The statement.
    ///
    /// - Parameters:
    ///   - columns: What is selected.
    ///   - limit: How many rows at the most, or `nil` for all.
    func select(_ columns: [SQL], limit: Int? = nil) -> SQL {
        var sql: SQL = isDistinct ? "SELECT DISTINCT " : "SELECT "
        sql += columns.joined(separator: ", ")
        sql += " FROM \(from)"
        sql += Self.clause(" WHERE ", conditions, separator: " AND ")
        sql += Self.clause(" GROUP BY ", groups, separator: ", ")
        sql += Self.clause(" HAVING ", groupConditions, separator: " AND ")
        sql += Self.clause(" ORDER BY ", orders.map(\.sql), separator: ", ")
        if let limit { sql += " LIMIT \(limit)" }
        if let failure { sql.fail(failure) }
        if isDistinct, !isOrdered(by: columns) { sql.fail(.orderedByWhatIsNotSelected) }
        return sql.sharing(groups + (isDistinct ? orders.map(\.term) : []))
    }

    /// Whether the order, if there is one, is by these alone.
    ///
    /// Of equal rows that become one, each may have another value of what is not selected: to
    /// PostgreSQL such an order is an error, and SQLite takes the value of any of them.
    private func isOrdered(by columns: [SQL]) -> Bool {
        orders.allSatisfy { order in
            columns.contains { column in
                column.parts.elementsEqual(order.term.parts, by: { $0.isExactly($1) })
            }
        }
    }

    /// The same rows in no order.
    var unordered: SelectClauses {
        var clauses = self
        clauses.orders = []
        return clauses
    }

    /// A clause of several parts, or nothing.
    static func clause(_ word: SQL, _ parts: [SQL], separator: SQL) -> SQL {
        parts.isEmpty ? SQL() : word + parts.joined(separator: separator)
    }
}

extension StorageError {
    fileprivate static var orderedByWhatIsNotSelected: StorageError {
        StorageError(
            code: .invalidArgument,
            message: "each row once is ordered by something that is not selected; select it too, "
                + "or order by what is")
    }
}
