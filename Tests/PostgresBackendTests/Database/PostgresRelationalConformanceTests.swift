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
    struct Schemas: RelationalHarness {
        func makeSubject() async throws -> PostgresDatabase {
            try await PostgresWorld.makeDatabase()
        }

        func tearDown(_ subject: PostgresDatabase) async throws {
            try await PostgresWorld.remove(subject)
        }
    }

    @Test("on a server", arguments: RelationalLaws.cases(for: Schemas.self))
    func laws(law: ConformanceCase<Schemas>) async {
        let verdict = await ConformanceRunner(harness: Schemas(), seed: testSeed).run(law)
        #expect(verdict == .passed, "\(verdict)")
    }
}
