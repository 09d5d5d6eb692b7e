/// One or several rows to be inserted; made by ``TableDescription/insert(_:)-(Row)``.
///
/// An entity is written as ``EncodedRow`` has it, all rows in one statement: either all of them are
/// inserted or none. ``upserting(of:_:)`` and ``ignoringConflicts(of:)`` say what becomes of a row
/// whose place is taken; without them it is ``StorageError/Code/alreadyExists``.
///
/// Rows that need more parameters than the database has, ``SQLDialect/maximumParameters``, are
/// refused by it: insert them in parts, in a transaction.
public struct InsertStatement<Described: TableDescription>: ChangeStatement {
    /// The statement.
    public let sql: SQL

    init(sql: SQL) { self.sql = sql }

    init(_ entities: [Described.Row]) {
        do throws(StorageError) {
            sql = try Self.insertion(of: entities)
        } catch {
            sql = SQL(failure: error)
        }
    }

    private static func insertion(of entities: [Described.Row]) throws(StorageError) -> SQL {
        guard let first = entities.first else { throw .nothingToInsert }
        let columns = try EncodedRow(first).columns
        guard !columns.isEmpty else { throw .noColumns(Described.name) }
        var rows: [SQL] = []
        rows.reserveCapacity(entities.count)
        for entity in entities {
            let row = try EncodedRow(entity)
            guard row.columns == columns else { throw .differentColumns(Described.name) }
            rows.append("(\(row.values.map(SQL.value).joined(separator: ", ")))")
        }
        let names = columns.map(SQL.identifier).joined(separator: ", ")
        return """
            INSERT INTO \(identifier: Described.name) (\(names)) \
            VALUES \(rows.joined(separator: ", "))
            """
    }
}

// What is in the way: a row with the same values in these columns, which have to be unique
// together.
extension InsertStatement {
    /// Leaves a row out whose place is taken.
    ///
    /// - Parameter columns: Columns that are unique together; at least one.
    public func ignoringConflicts(
        of columns: (TableReference<Described>) -> [any SQLTerm]
    ) -> UpsertStatement<Described> {
        UpsertStatement(sql: sql + Self.conflict(columns) + " DO NOTHING")
    }

    /// Changes the row that is in the way, instead of inserting.
    ///
    /// ```swift
    /// Accounts.insert(account).upserting(of: { [$0.id] }) { old, new in
    ///     [old.set(\.balance, to: old.balance + new.balance)]
    /// }
    /// ```
    ///
    /// - Parameters:
    ///   - columns: Columns that are unique together; at least one.
    ///   - assignments: What the row that is there gets, made from it and from the one that was to
    ///     be inserted; at least one, and one for each column.
    public func upserting(
        of columns: (TableReference<Described>) -> [any SQLTerm],
        _ assignments: (TableReference<Described>, TableReference<Described>) -> [SQLAssignment]
    ) -> UpsertStatement<Described> {
        let old = TableReference(Described(), qualifier: Described.name)
        let new = TableReference(Described(), qualifier: "excluded")
        let set = assignments(old, new).clause
        let upsert = sql + Self.conflict(columns) + " DO UPDATE SET \(set)"
        return UpsertStatement(sql: upsert + Described.notExcluded)
    }

    private static func conflict(
        _ columns: (TableReference<Described>) -> [any SQLTerm]
    ) -> SQL {
        // An index is found by the column as it is, and not as it would be compared.
        let terms = columns(TableReference(Described(), qualifier: nil)).map(\.sql.withoutCollation)
        guard !terms.isEmpty else { return SQL(failure: .conflictInNothing) }
        return " ON CONFLICT (\(terms.joined(separator: ", ")))"
    }
}

extension SQL {
    fileprivate var withoutCollation: SQL {
        SQL(parts: parts.filter { $0 != .word(.numerically) })
    }
}

extension StorageError {
    fileprivate static var nothingToInsert: StorageError {
        StorageError(code: .invalidArgument, message: "an insert of no rows; ask before")
    }

    fileprivate static func noColumns(_ table: String) -> StorageError {
        StorageError(
            code: .invalidArgument,
            message: "the entity for \"\(table)\" encodes no columns; give it a property")
    }

    fileprivate static var conflictInNothing: StorageError {
        StorageError(
            code: .invalidArgument,
            message: "a conflict in no columns; name those that are unique together")
    }

    fileprivate static func differentColumns(_ table: String) -> StorageError {
        StorageError(
            code: .invalidArgument,
            message: "the entities for \"\(table)\" encode different columns; insert those with "
                + "the same columns together")
    }
}

extension SQL {
    /// A statement that is an error when it is rendered.
    init(failure: StorageError) {
        self.init()
        fail(failure)
    }
}
