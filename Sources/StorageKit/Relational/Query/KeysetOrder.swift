/// The columns that a page goes by, as the condition for what comes behind a row.
///
/// ```
///  a, b ascending          ("a", "b") > (?, ?)                 one range of an index
///  a descending, b         "a" <= ? AND ("a" < ? OR ("a" = ? AND ("b" > ?)))
/// ```
///
/// The second form begins with a range of the first column, for the databases see no range in what
/// is behind it.
struct KeysetOrder: Sendable {
    let orders: [SQLOrder]
    let columns: [String]
    private let table: String

    /// The order that was asked for, and behind it the columns of the key that it has not.
    ///
    /// - Throws: ``StorageError/Code/invalidArgument`` where the order is by something else than
    ///   columns, or by one that may be NULL: neither can be found again in a row.
    init(
        _ wanted: [SQLOrder], of table: String, key: [String]
    ) throws(StorageError) {
        self.table = table
        var columns: [String] = []
        for order in wanted {
            guard let column = order.column, !order.isNullable else { throw .notAKeysetOrder }
            columns.append(column)
        }
        let missing = key.filter { !columns.contains($0) }
        self.columns = columns + missing
        guard !self.columns.isEmpty else { throw .notAKeysetOrder }
        let isDescending = wanted.last?.isDescending ?? false
        orders =
            wanted
            + missing.map {
                SQLOrder(
                    .identifier($0), isDescending: isDescending, isNullable: false, column: $0)
            }
    }

    /// The condition for the rows behind the cursor.
    func condition(after cursor: KeysetCursor) throws(StorageError) -> SQL {
        guard cursor.order == fingerprint, cursor.values.count == columns.count else {
            throw .foreignCursor
        }
        let isUniform = orders.allSatisfy { $0.isDescending == orders[0].isDescending }
        return isUniform ? rowComparison(cursor.values) : comparison(cursor.values)
    }

    /// Where a page ends whose last row this is.
    func cursor(after entity: some Encodable) throws(StorageError) -> KeysetCursor {
        let row = try EncodedRow(entity)
        var values: [SQLValue] = []
        for column in columns {
            guard let value = row[column] else { throw .notInRow(column) }
            guard value != .null else { throw .nullInRow(column) }
            values.append(value)
        }
        return KeysetCursor(order: fingerprint, values: values)
    }

    /// What tells this order from others: the table, the columns, and which way each goes.
    var fingerprint: UInt64 {
        var hash = FNVHash()
        hash.add(text: table)
        for (column, order) in zip(columns, orders) {
            hash.add(text: column)
            hash.add(text: order.isDescending ? "descending" : "ascending")
        }
        return hash.value
    }

    private func rowComparison(_ values: [SQLValue]) -> SQL {
        let sign: SQL = orders[0].isDescending ? "<" : ">"
        guard columns.count > 1 else { return "\(orders[0].term) \(sign) \(values[0])" }
        let terms = orders.map(\.term).joined(separator: ", ")
        let bounds = values.map(SQL.value).joined(separator: ", ")
        return "(\(terms)) \(sign) (\(bounds))"
    }

    private func comparison(_ values: [SQLValue]) -> SQL {
        let first = orders[0]
        let range: SQL = "\(first.term) \(first.isDescending ? "<=" : ">=" as SQL) \(values[0])"
        return "(\(range) AND \(behind(values, from: 0)))"
    }

    /// Behind the row, by the columns from this one on.
    private func behind(_ values: [SQLValue], from index: Int) -> SQL {
        let (term, value) = (orders[index].term, values[index])
        let further: SQL = "\(term) \(orders[index].isDescending ? "<" : ">" as SQL) \(value)"
        guard index + 1 < orders.count else { return further }
        return "(\(further) OR (\(term) = \(value) AND \(behind(values, from: index + 1))))"
    }
}

extension StorageError {
    fileprivate static var notAKeysetOrder: StorageError {
        StorageError(
            code: .invalidArgument,
            message: "pages go by columns that are never NULL, the key's among them; order by such "
                + "columns alone")
    }

    fileprivate static func notInRow(_ column: String) -> StorageError {
        StorageError(
            code: .invalidArgument,
            message: "the entity has no \"\(column)\", by which the pages go; add it, or order by "
                + "what it has")
    }

    fileprivate static func nullInRow(_ column: String) -> StorageError {
        StorageError(
            code: .invalidArgument,
            message:
                "\"\(column)\", by which the pages go, is NULL in the last row; describe it as "
                + "optional, and order by another column")
    }
}
