import StorageKit
import TestSupport
import Testing

@testable import PostgresBackend

@Suite(
    "TLS to PostgreSQL", .enabled(if: TestServer.postgres.isExpected, TestServer.remedy),
    .timeLimit(.minutes(5)))
struct PostgresTLSTests {
    private func database(
        _ identity: (TestCertificates) -> TestCertificates.Identity?, mode: String = "verify-full"
    ) async throws -> (PostgresServerProcess, PostgresDatabase) {
        let certificates = try TestCertificates.shared()
        let server = try await PostgresServerProcess.start(identity: identity(certificates))
        let url = "\(server.url)?sslmode=\(mode)&sslrootcert=\(certificates.authority)"
        return (server, try PostgresDatabase(url))
    }

    @Test("a certificate that proves the name carries statements of any size")
    func valid() async throws {
        let (server, database) = try await database(\.server)
        let text = String(repeating: "x", count: 1_000_000)
        #expect(try await database.first("SELECT \(text)", as: String.self) == text)
        let isSecure = try await database.first(
            "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()", as: Bool.self)
        #expect(isSecure == true)
        var sum = 0
        for try await number in database.query(
            "SELECT x FROM generate_series(1, 100000) x", as: Int.self)
        { sum += number }
        #expect(sum == 5_000_050_000)
        await database.close()
        withExtendedLifetime(server) {}
    }

    @Test(
        "who cannot prove who he is is not spoken to",
        arguments: ["wrong name", "expired", "untrusted", "no TLS"])
    func refused(kind: String) async throws {
        let (server, database) = try await database { certificates in
            switch kind {
            case "wrong name": certificates.wrongName
            case "expired": certificates.expired
            case "untrusted": certificates.untrusted
            default: nil
            }
        }
        let error = try await expectError(.unauthenticated) { try await database.open() }
        #expect(!error.isRetryable && !"\(error)".contains(server.password))
        await database.close()
    }
}
