package import StorageKit
import Testing

/// A typed statement, what it is in SQL, and what it gives on ``QueryTables``.
package struct QueryCase: Sendable, CustomTestStringConvertible {
    package let testDescription: String
    package let statement: SQL
    package let sqlite: String
    /// In the standard's words, where they are others.
    package let standard: String
    /// In PostgreSQL's words, where they are others.
    package let postgres: String
    package let result: String
    private let run: any QueryRun

    /// A query, and its rows.
    init<Query: RowQuery>(
        _ name: String, _ query: Query, _ sqlite: String, standard: String? = nil,
        postgres: String? = nil, _ result: String
    ) {
        self.init(
            name, query.sql, sqlite, standard, postgres, result, RowsRun(query: query))
    }

    /// A query for tuples, and its rows.
    init<First, Second, each Value>(
        _ name: String, tuples query: TupleQuery<First, Second, repeat each Value>,
        _ sqlite: String, standard: String? = nil, _ result: String
    ) {
        self.init(name, query.sql, sqlite, standard, nil, result, TuplesRun(query: query))
    }

    /// A change, and what the table has in it behind it.
    init<Rows: RowQuery>(
        _ name: String, change: some TypedStatement, then rows: Rows, _ sqlite: String,
        standard: String? = nil, _ result: String
    ) {
        self.init(
            name, change.sql, sqlite, standard, nil, result,
            ChangeRun(change: change.sql, rows: RowsRun(query: rows)))
    }

    private init(
        _ name: String, _ statement: SQL, _ sqlite: String, _ standard: String?,
        _ postgres: String?, _ result: String, _ run: any QueryRun
    ) {
        testDescription = name
        self.statement = statement
        self.sqlite = sqlite
        self.standard = standard ?? sqlite.withNumberedParameters
        self.postgres = postgres ?? self.standard
        self.result = result
        self.run = run
    }
}

extension QueryCase {
    /// Runs it and describes what came of it.
    package func run(on database: some RelationalQuerying) async throws -> String {
        try await run.run(on: database)
    }

    /// All of them.
    package static let all = conditions + truths + queries + groups + joins + decimals + changes
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

/// How a case is run on a database of any kind.
private protocol QueryRun: Sendable {
    func run(on database: some RelationalQuerying) async throws -> String
}

private struct RowsRun<Query: RowQuery>: QueryRun {
    let query: Query

    func run(on database: some RelationalQuerying) async throws -> String {
        "\(try await database.query(query, limit: 100))"
    }
}

private struct TuplesRun<
    First: SQLColumnDecodable, Second: SQLColumnDecodable, each Value: SQLColumnDecodable
>: QueryRun {
    let query: TupleQuery<First, Second, repeat each Value>

    func run(on database: some RelationalQuerying) async throws -> String {
        "\(try await database.query(query, limit: 100))"
    }
}

private struct ChangeRun<Query: RowQuery>: QueryRun {
    let change: SQL
    let rows: RowsRun<Query>

    func run(on database: some RelationalQuerying) async throws -> String {
        _ = try await database.execute(change)
        return try await rows.run(on: database)
    }
}
