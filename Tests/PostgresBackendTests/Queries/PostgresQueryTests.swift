import PostgresBackend
import StorageKit
import TestSupport
import Testing

@Suite(
    "Typed queries on PostgreSQL",
    .enabled(if: TestServer.postgres.isExpected, TestServer.remedy), .timeLimit(.minutes(5)))
struct PostgresQueryTests {
    @Test("a query is this SQL, and gives what it gives on SQLite", arguments: QueryCase.all)
    func results(query: QueryCase) async throws {
        #expect(try query.statement.rendered(for: PostgresDialect()).text == query.postgres)
        try await PostgresWorld.with { database in
            try await QueryTables.create(on: database, Self.columnType)
            try await QueryTables.fill(database)
            #expect(try await query.run(on: database) == query.result)
        }
    }

    private static func columnType(_ kind: SQLType) -> SQL {
        switch kind {
        case .boolean: "BOOLEAN"
        case .integer: "BIGINT"
        case .real: "DOUBLE PRECISION"
        case .decimal: "NUMERIC"
        case .text, .bytes, .date, .uuid, .json: "TEXT"
        }
    }
}
