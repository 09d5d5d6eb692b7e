/// A column and the value that an update gives it; made by ``TableReference/set(_:to:)-(_,Value)``.
public struct SQLAssignment: Sendable {
    let column: String
    let value: SQL

    var sql: SQL { "\(identifier: column) = \(value)" }
}

extension [SQLAssignment] {
    /// What stands behind `SET`; an error when there is nothing, or a column twice, of which SQLite
    /// would take the last.
    var clause: SQL {
        guard !isEmpty else { return SQL(failure: .nothingToSet) }
        guard Set(map(\.column)).count == count else { return SQL(failure: .setTwice) }
        return map(\.sql).joined(separator: ", ")
    }
}

extension StorageError {
    fileprivate static var nothingToSet: StorageError {
        StorageError(code: .invalidArgument, message: "an update that sets no column")
    }

    fileprivate static var setTwice: StorageError {
        StorageError(
            code: .invalidArgument,
            message: "an update that sets a column twice; say what it gets in one assignment")
    }
}
