import StorageKit
import StorageKitTesting
import TestSupport
import Testing

@testable import PostgresBackend

/// The laws of the relational family, on a server.
@Suite(
    "PostgreSQL keeps the contract of relational stores",
    .enabled(if: TestServer.postgres.isExpected, TestServer.remedy), .timeLimit(.minutes(5)))
struct PostgresRelationalConformanceTests {
    /// A schema for each subject.
    struct Schemas: BoundedRelationalHarness {
        var boundedWriters: Int { 3 }

        func makeSubject(patience: Duration) async throws -> PostgresDatabase {
            // Many laws run at once, and a server has only so many connections.
            var configuration = PostgresConfiguration()
            configuration.maximumConnections = boundedWriters
            configuration.connectionTimeout = patience
            return try await PostgresWorld.makeDatabase(configuration)
        }

        func makeSubject() async throws -> PostgresDatabase {
            try await makeSubject(patience: .seconds(30))
        }

        func tearDown(_ subject: PostgresDatabase) async throws {
            try await PostgresWorld.remove(subject)
        }
    }

    private func keeps(_ law: ConformanceCase<Schemas>) async {
        let verdict = await ConformanceRunner(harness: Schemas(), seed: testSeed).run(law)
        #expect(verdict == .passed, "\(verdict)")
    }

    @Test("on a server", arguments: RelationalLaws.cases(for: Schemas.self))
    func laws(law: ConformanceCase<Schemas>) async { await keeps(law) }

    @Test("many rows at once", arguments: RelationalLaws.bulkInsertCases(for: Schemas.self))
    func bulk(law: ConformanceCase<Schemas>) async { await keeps(law) }

    @Test("upserts", arguments: RelationalLaws.upsertCases(for: Schemas.self))
    func upserts(law: ConformanceCase<Schemas>) async { await keeps(law) }

    @Test("rows of changes", arguments: RelationalLaws.returningCases(for: Schemas.self))
    func returning(law: ConformanceCase<Schemas>) async { await keeps(law) }

    @Test("when connections run out", arguments: RelationalLaws.boundCases(for: Schemas.self))
    func bounds(law: ConformanceCase<Schemas>) async { await keeps(law) }

    @Test(
        "a table is a repository like any other",
        arguments: RepositoryLaws.cases(for: TableHarness<Schemas>.self))
    func table(law: ConformanceCase<TableHarness<Schemas>>) async {
        let runner = ConformanceRunner(harness: TableHarness(Schemas()), seed: testSeed)
        let verdict = await runner.run(law)
        #expect(verdict == .passed, "\(verdict)")
    }
}
