internal import StorageKit

extension PostgresServerError {
    /// The rule that was broken, if one was.
    var brokenRule: StorageError.Constraint? {
        guard let kind else { return nil }
        return StorageError.Constraint(kind, name: constraint, table: table, columns: columns)
    }

    private var kind: StorageError.Constraint.Kind? {
        switch state {
        case "23505": isOfPrimaryKey ? .primaryKey : .unique
        case "23503", "23001": .foreignKey
        case "23502": .notNull
        case "23514": .check
        case "23P01": .exclusion
        default: nil
        }
    }

    /// PostgreSQL names the constraint of a primary key so, unless somebody gives another name.
    var isOfPrimaryKey: Bool {
        guard state == "23505", let table, let constraint else { return false }
        return constraint == "\(table)_pkey"
    }

    /// The columns it is about.
    ///
    /// Those of a unique rule are in the detail alone, in whatever language: `Key (name, day)=(…)
    /// already exists.`
    private var columns: [String] {
        if let column { return [column] }
        guard kind != .check, let list = detail?.firstMatch(of: /\((?<names>.*?)\)=\(/) else {
            return []
        }
        return list.names.split(separator: ", ").map(Self.unquoted)
    }

    private static func unquoted(_ name: Substring) -> String {
        guard name.count > 1, name.hasPrefix("\""), name.hasSuffix("\"") else {
            return String(name)
        }
        return name.dropFirst().dropLast().split(
            separator: "\"\"", omittingEmptySubsequences: false
        )
        .joined(separator: "\"")
    }
}
