import Foundation
import StorageKit
import TestSupport
import Testing

@testable import DocumentBackend

@Suite("MongoDB over TLS", .enabled(if: TestServer.mongoDB.isExpected, TestServer.remedy))
struct MongoTLSTests {
    @Test("a server whose authority is trusted is spoken to, and only over TLS")
    func verified() async throws {
        let certificates = try TestCertificates.shared()
        let world = try await TLSWorld.start(certificates.server)
        let database = try world.database("tls=true&tlsCAFile=\(certificates.authority)")
        let people = DocumentCollection("people", of: Person.self, in: database)
        try await people.insert(Person("ana"))
        #expect(try await people.count(.all) == 1)
        await database.close()
        let plain = try world.database("")
        try await expectError(.unavailable) { try await plain.ping() }
        await plain.close()
    }

    @Test(
        "a server that does not prove its name is refused, and not asked again",
        // A server whose certificate has expired does not even start.
        arguments: ["other authority", "other name"])
    func refused(why: String) async throws {
        let certificates = try TestCertificates.shared()
        let (identity, authority) =
            why == "other name"
            ? (certificates.wrongName, certificates.authority)
            : (certificates.server, certificates.untrustedAuthority)
        let world = try await TLSWorld.start(identity)
        let database = try world.database("tls=true&tlsCAFile=\(authority)")
        let error = try await #require(throws: StorageError.self) { try await database.ping() }
        let words = String(reflecting: error.underlying)
        #expect(error.code == .unauthenticated && !error.isRetryable, "\(words)")
        #expect(error.native?.name == "TLS")
        await database.close()
    }

    @Test("a server that wants a certificate takes a client's, and nobody without one")
    func clientCertificate() async throws {
        let certificates = try TestCertificates.shared()
        let world = try await TLSWorld.start(certificates.server, wantsClients: true)
        let trust = "tls=true&tlsCAFile=\(certificates.authority)"
        let bare = try world.database(trust)
        try await expectError(.unavailable) { try await bare.ping() }
        await bare.close()
        let key = try world.joined(certificates.client, "client.pem")
        let known = try world.database("\(trust)&tlsCertificateKeyFile=\(key)")
        try await known.ping()
        await known.close()
    }

    @Test("a client is known by its certificate alone, and by no other one")
    func certificateAsUser() async throws {
        let certificates = try TestCertificates.shared()
        let world = try await TLSWorld.start(
            certificates.server, wantsClients: true, ["--auth"])
        let trust = "tls=true&tlsCAFile=\(certificates.authority)"
        let key = try world.joined(certificates.client, "client.pem")
        let withKey = "\(trust)&tlsCertificateKeyFile=\(key)"
        // While there is no user, whoever comes from this machine may make the first one.
        let setup = try world.database(withKey)
        _ = try await setup.command(
            ["createUser": "root", "pwd": "secret", "roles": ["root"]], on: "admin")
        await setup.close()
        let root = try world.database("\(withKey)&authSource=admin", user: "root:secret@")
        let byCertificate = "\(withKey)&authMechanism=MONGODB-X509&authSource=$external"
        let stranger = try world.database(byCertificate)
        try await expectError(.unauthenticated) { try await stranger.ping() }
        await stranger.close()
        _ = try await root.command(
            ["createUser": "CN=client", "roles": [["role": "readWrite", "db": "app"]]],
            on: "$external")
        await root.close()
        let known = try world.database(byCertificate)
        let people = DocumentCollection("people", of: Person.self, in: known)
        try await people.insert(Person("ana"))
        #expect(try await people.count(.all) == 1)
        await known.close()
    }
}

/// A server that speaks TLS and nothing else.
private struct TLSWorld {
    let server: MongoServerProcess
    let folder: TemporaryFolder

    static func start(
        _ identity: TestCertificates.Identity, wantsClients: Bool = false,
        _ further: [String] = []
    ) async throws -> TLSWorld {
        let folder = try TemporaryFolder()
        let file = try joined(identity, "server.pem", in: folder)
        var options = [
            "--tlsMode", "requireTLS", "--tlsCertificateKeyFile", file, "--tlsCAFile",
            try TestCertificates.shared().authority,
        ]
        if !wantsClients { options.append("--tlsAllowConnectionsWithoutCertificates") }
        let server = try await MongoServerProcess.start(options + further)
        return TLSWorld(server: server, folder: folder)
    }

    func database(_ options: String, user: String = "") throws -> MongoDatabase {
        try MongoDatabase(
            "mongodb://\(user)127.0.0.1:\(server.port)/?directConnection=true"
                + "&serverSelectionTimeoutMS=1500&\(options)",
            database: "app",
            settings: MongoSettings(maximumConnections: 1))
    }

    /// Certificate and key in one file, as MongoDB wants them.
    func joined(_ identity: TestCertificates.Identity, _ name: String) throws -> String {
        try Self.joined(identity, name, in: folder)
    }

    private static func joined(
        _ identity: TestCertificates.Identity, _ name: String, in folder: TemporaryFolder
    ) throws -> String {
        let text = try [identity.certificate, identity.key].map {
            try String(contentsOfFile: $0, encoding: .utf8)
        }
        try folder.write(text.joined(), to: name)
        return folder.file(name)
    }
}
