// Statements that change rows. What changes every row says so in its name.
extension TableDescription {
    /// Inserts an entity.
    public static func insert(_ entity: Row) -> InsertStatement<Self> {
        InsertStatement([entity])
    }

    /// Inserts entities, all or none.
    ///
    /// - Parameter entities: At least one; with the same columns, which every entity of a type has
    ///   unless its own `encode(to:)` leaves some out.
    public static func insert(_ entities: [Row]) -> InsertStatement<Self> {
        InsertStatement(entities)
    }

    /// Inserts an entity, or puts it in the place of the one with its ``TableDescription/key``.
    ///
    /// All columns of the entity are set; those that it does not know stay.
    public static func upsert(_ entity: Row) -> UpsertStatement<Self> {
        let insertion = insert(entity)
        guard let row = try? EncodedRow(entity), !key.isEmpty else {
            return UpsertStatement(sql: insertion.sql + SQL(failure: .noKey(name)))
        }
        let assigned = row.columns.filter { !key.contains($0) }
        let target = key.map(SQL.identifier).joined(separator: ", ")
        let set = assigned.map { "\(identifier: $0) = excluded.\(identifier: $0)" as SQL }
        let action: SQL =
            set.isEmpty ? "DO NOTHING" : "DO UPDATE SET \(set.joined(separator: ", "))"
        let upsert = insertion.sql + " ON CONFLICT (\(target)) " + action
        return UpsertStatement(sql: upsert + notExcluded)
    }

    /// Changes the rows for which the condition holds.
    ///
    /// - Parameters:
    ///   - condition: Which rows.
    ///   - assignments: What they get; at least one, and one for each column, made from
    ///     the row as it was before.
    public static func update(
        where condition: (TableReference<Self>) -> SQLPredicate,
        _ assignments: (TableReference<Self>) -> [SQLAssignment]
    ) -> UpdateStatement<Self> {
        UpdateStatement(assignments, condition(TableReference(Self(), qualifier: nil)).condition)
    }

    /// Changes every row of the table.
    public static func updateEveryRow(
        _ assignments: (TableReference<Self>) -> [SQLAssignment]
    ) -> UpdateStatement<Self> {
        UpdateStatement(assignments, nil)
    }

    /// Removes the rows for which the condition holds.
    public static func delete(
        where condition: (TableReference<Self>) -> SQLPredicate
    ) -> DeleteStatement<Self> {
        DeleteStatement(condition(TableReference(Self(), qualifier: nil)).condition)
    }

    /// Removes every row of the table.
    public static func deleteEveryRow() -> DeleteStatement<Self> { DeleteStatement(nil) }
}

extension StorageError {
    fileprivate static func noKey(_ table: String) -> StorageError {
        StorageError(
            code: .invalidArgument,
            message: "the description of \"\(table)\" has no key to upsert by; name its columns")
    }
}
