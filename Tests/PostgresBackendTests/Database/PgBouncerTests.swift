import StorageKit
import StorageKitTesting
import TestSupport
import Testing

@testable import PostgresBackend

/// The laws again, and what is particular, through a pooler that gives a session for a transaction.
@Suite(
    "PostgreSQL behind PgBouncer in its transaction mode",
    .enabled(if: TestServer.postgres.isExpected, TestServer.remedy), .timeLimit(.minutes(5)))
struct PgBouncerTests {
    struct Bounced: BoundedRelationalHarness {
        var boundedWriters: Int { 3 }

        func makeSubject(patience: Duration) async throws -> PostgresDatabase {
            var configuration = PostgresConfiguration.transactionPooling
            configuration.maximumConnections = boundedWriters
            configuration.connectionTimeout = patience
            return try await PgBouncerWorld.shared.makeDatabase(configuration)
        }

        func makeSubject() async throws -> PostgresDatabase {
            try await makeSubject(patience: .seconds(30))
        }

        func tearDown(_ subject: PostgresDatabase) async throws {
            try await PgBouncerWorld.shared.remove(subject)
        }
    }

    private func keeps(_ law: ConformanceCase<Bounced>) async {
        let verdict = await ConformanceRunner(harness: Bounced(), seed: testSeed).run(law)
        #expect(verdict == .passed, "\(verdict)")
    }

    @Test("the laws of relational stores hold", arguments: RelationalLaws.cases(for: Bounced.self))
    func laws(law: ConformanceCase<Bounced>) async { await keeps(law) }

    @Test(
        "they hold when connections run out",
        arguments: RelationalLaws.boundCases(for: Bounced.self))
    func bounds(law: ConformanceCase<Bounced>) async { await keeps(law) }

    @Test(
        "a table is a repository like any other",
        arguments: RepositoryLaws.cases(for: TableHarness<Bounced>.self))
    func table(law: ConformanceCase<TableHarness<Bounced>>) async {
        let runner = ConformanceRunner(harness: TableHarness(Bounced()), seed: testSeed)
        let verdict = await runner.run(law)
        #expect(verdict == .passed, "\(verdict)")
    }

    @Test("more connections than it has sessions are served, transactions and statements mixed")
    func manyClients() async throws {
        var configuration = PostgresConfiguration.transactionPooling
        configuration.maximumConnections = 20
        configuration.connectionTimeout = .seconds(240)
        try await PgBouncerWorld.with(configuration) { database in
            try await database.execute("CREATE TABLE t (id int PRIMARY KEY)")
            try await withThrowingTaskGroup { group in
                for number in 0..<1000 {
                    group.addTask {
                        guard number % 3 == 0 else {
                            let answer = try await database.first("SELECT \(number)", as: Int.self)
                            #expect(answer == number)
                            return
                        }
                        try await database.withTransaction { transaction in
                            try await transaction.execute("INSERT INTO t VALUES (\(number))")
                            try await transaction.execute(
                                "UPDATE t SET id = id WHERE id = \(number)")
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await database.first("SELECT count(*) FROM t", as: Int.self) == 334)
            let direct = try await PgBouncerWorld.shared.direct()
            let name = try await database.first("SELECT current_database()", as: String.self)
            let sessions = try await direct.first(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = \(name ?? "")", as: Int.self)
            #expect(sessions ?? 0 <= 3)
        }
    }

    @Test("cancelling a task stops the statement on the server, and nobody else's")
    func cancellation() async throws {
        try await PgBouncerWorld.with { database in
            let direct = try await PgBouncerWorld.shared.direct()
            let mark = "mark \(UInt64.random(in: 0 ... .max))"
            let neighbour = Task {
                try await database.first(
                    "SELECT pg_sleep(0.2)::text || 'done'", as: String.self)
            }
            let task = Task {
                try await database.execute("SELECT pg_sleep(3600) /* \(SQL(verbatim: mark)) */")
            }
            try await reached { try await direct.runningStatements(like: "%\(mark)%") == 1 }
            task.cancel()
            let error = try await expectError(.cancelled) { _ = try await task.value }
            #expect(!error.mayHaveBeenApplied)
            #expect(try await direct.runningStatements(like: "%\(mark)%") == 0)
            #expect(try await neighbour.value == "done")
        }
    }

    @Test("rows of any number are walked, in a transaction and without one")
    func rows() async throws {
        try await PgBouncerWorld.with { database in
            let query: SQL = "SELECT generate_series(1, 20000)"
            var sum = 0
            for try await number in database.query(query, as: Int.self) { sum += number }
            #expect(sum == 200_010_000)
            let inside = try await database.withTransaction { transaction in
                var sum = 0
                for try await number in transaction.query(query, as: Int.self) { sum += number }
                return sum
            }
            #expect(inside == sum)
        }
    }

    @Test("what would need a session of its own is refused, where it would stay for others")
    func sessions() async throws {
        try await PgBouncerWorld.with { database in
            let error = try await expectError(.unsupported) {
                try await database.withConnection(.readOnly) { _ in }
            }
            #expect(error.message.contains("access: .readOnly"))
            try await expectError(.permissionDenied) {
                try await database.withTransaction(access: .readOnly) { transaction in
                    _ = try await transaction.execute("CREATE TABLE t (id int)")
                }
            }
            try await database.execute("CREATE TABLE t (id int)")
        }
    }
}
