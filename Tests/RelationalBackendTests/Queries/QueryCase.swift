import RelationalBackend
import StorageKit
import Testing

/// A typed statement, what it is in SQL, and what it gives on ``QueryTables/filled()``.
struct QueryCase: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let statement: SQL
    let sqlite: String
    /// In the standard's words, where they are others.
    let standard: String
    let result: String
    /// Runs it and describes what came of it.
    let run: @Sendable (SQLiteDatabase) async throws -> String

    /// A query, and its rows.
    init<Query: RowQuery>(
        _ name: String, _ query: Query, _ sqlite: String, standard: String? = nil, _ result: String
    ) {
        self.init(name, query.sql, sqlite, standard, result) { database in
            "\(try await database.query(query, limit: 100))"
        }
    }

    /// A query for tuples, and its rows.
    init<First, Second, each Value>(
        _ name: String, tuples query: TupleQuery<First, Second, repeat each Value>,
        _ sqlite: String, standard: String? = nil, _ result: String
    ) {
        self.init(name, query.sql, sqlite, standard, result) { database in
            "\(try await database.query(query, limit: 100))"
        }
    }

    /// A change, and what the table has in it behind it.
    init<Rows: RowQuery>(
        _ name: String, change: some TypedStatement, then rows: Rows, _ sqlite: String,
        standard: String? = nil, _ result: String
    ) {
        self.init(name, change.sql, sqlite, standard, result) { database in
            try await database.execute(change.sql)
            return "\(try await database.query(rows, limit: 100))"
        }
    }

    private init(
        _ name: String, _ statement: SQL, _ sqlite: String, _ standard: String?, _ result: String,
        _ run: @escaping @Sendable (SQLiteDatabase) async throws -> String
    ) {
        testDescription = name
        self.statement = statement
        self.sqlite = sqlite
        self.standard = standard ?? sqlite.withNumberedParameters
        self.result = result
        self.run = run
    }
}

extension String {
    /// With `$1`, `$2` … for each `?`.
    fileprivate var withNumberedParameters: String {
        var number = 0
        return reduce(into: "") { text, character in
            guard character == "?" else { return text.append(character) }
            number += 1
            text += "$\(number)"
        }
    }
}
