internal import StorageKit

extension SQLiteErrorMapping {
    /// The rule that SQLite says was broken.
    ///
    /// It tells the columns only in its message: `UNIQUE constraint failed: todo.list, todo.title`,
    /// `UNIQUE constraint failed: index 'todo_upper'`, `CHECK constraint failed: positive`.
    static func constraint(_ result: Int32, detail: String?) -> StorageError.Constraint? {
        guard let kind = kinds[row(for: result).name] else { return nil }
        guard let detail, let separator = detail.firstRange(of: " constraint failed: ") else {
            return StorageError.Constraint(kind)
        }
        let subject = String(detail[separator.upperBound...])
        if kind == .check { return StorageError.Constraint(kind, name: subject) }
        if subject.hasPrefix("index '"), subject.hasSuffix("'") {
            let name = subject.dropFirst("index '".count).dropLast()
            return StorageError.Constraint(kind, name: String(name))
        }
        return columns(kind, subject)
    }

    /// The columns `table.one, table.two`, if they are all of the same table.
    private static func columns(
        _ kind: StorageError.Constraint.Kind, _ subject: String
    ) -> StorageError.Constraint {
        guard let point = subject.firstIndex(of: ".") else { return .init(kind) }
        let table = String(subject[..<point])
        let columns = "\(subject)".split(separator: ", ").map { column in
            column.hasPrefix("\(table).") ? String(column.dropFirst(table.count + 1)) : nil
        }
        guard columns.allSatisfy({ $0 != nil }) else { return .init(kind) }
        return StorageError.Constraint(kind, table: table, columns: columns.compactMap(\.self))
    }

    private static let kinds: [String: StorageError.Constraint.Kind] = [
        "SQLITE_CONSTRAINT_PRIMARYKEY": .primaryKey, "SQLITE_CONSTRAINT_ROWID": .primaryKey,
        "SQLITE_CONSTRAINT_UNIQUE": .unique, "SQLITE_CONSTRAINT_FOREIGNKEY": .foreignKey,
        "SQLITE_CONSTRAINT_NOTNULL": .notNull, "SQLITE_CONSTRAINT_CHECK": .check,
    ]
}
