import RelationalBackend
import StorageKit
import TestSupport
import Testing

@testable import PostgresBackend

@Suite(
    "SQLite and PostgreSQL give the same answers",
    .enabled(if: TestServer.postgres.isExpected, TestServer.remedy), .timeLimit(.minutes(5)))
struct PostgresDifferentialTests {
    @Test(
        "to random programs of statements, upserts and nested transactions, errors included",
        arguments: 0..<40)
    func random(number: Int) async throws {
        let seed = testSeed &+ UInt64(number)
        let program = PortableProgram(seed: seed, length: 60)
        let lite = SQLiteDatabase(.memory)
        let expected = try await prepare(lite) { try await program.transcript(on: lite) }
        await lite.close()
        let seen = try await PostgresWorld.with { database in
            try await prepare(database) { try await program.transcript(on: database) }
        }
        let difference = zip(expected, seen).enumerated().first { !isSame($0.element) }
        #expect(
            difference == nil && expected.count == seen.count,
            """
            seed \(seed), line \(difference?.offset ?? -1): SQLite says \
            \(difference?.element.0 ?? "less"), PostgreSQL \(difference?.element.1 ?? "more")
            \(program.steps)
            """)
        #expect(Set(seen).count > 10, "a program that does something")
    }

    /// Of two keys that are taken SQLite names another one than PostgreSQL.
    private func isSame(_ lines: (String, String)) -> Bool {
        lines.0 == lines.1
            || lines == ("constraintViolation unique", "alreadyExists primaryKey")
    }

    private func prepare<Value>(
        _ store: some RelationalStore, _ body: () async throws -> Value
    ) async throws -> Value {
        for statement in PortableStatement.schema { try await store.execute(statement) }
        return try await body()
    }
}
