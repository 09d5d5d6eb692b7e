import StorageKit
import StorageKitTesting
import TestSupport

@testable import PostgresBackend

/// Databases behind a PgBouncer in transaction mode: each subject has a database of its own on a
/// server of the tests' own, since a schema chosen by `options` is what PgBouncer refuses.
actor PgBouncerWorld {
    static let shared = PgBouncerWorld()

    private struct Servers {
        let server: PostgresServerProcess
        let bouncer: PgBouncerProcess
        let direct: PostgresDatabase
    }

    private var starting: Task<Servers, any Error>?

    private func servers() async throws -> Servers {
        let task =
            starting
            ?? Task {
                let server = try await PostgresServerProcess.start(settings: [
                    "fsync": "off", "synchronous_commit": "off", "max_connections": "200",
                ])
                return Servers(
                    server: server,
                    bouncer: try await PgBouncerProcess.start(to: server, poolSize: 3),
                    direct: try PostgresDatabase(server.url))
            }
        starting = task
        return try await task.value
    }

    /// The way around PgBouncer.
    func direct() async throws -> PostgresDatabase { try await servers().direct }

    func makeDatabase(_ configuration: PostgresConfiguration) async throws -> PostgresDatabase {
        let servers = try await servers()
        let name = "law_\(UInt64.random(in: 0 ... .max))"
        try await servers.direct.execute("CREATE DATABASE \(identifier: name)")
        return try PostgresDatabase(
            servers.bouncer.url(database: name), configuration: configuration)
    }

    func remove(_ database: PostgresDatabase) async throws {
        await database.close()
        guard let name = database.address.options["dbname"] else { return }
        try await servers().direct.execute(
            "DROP DATABASE \(identifier: name) WITH (FORCE)")
    }
}

extension PgBouncerWorld {
    /// Runs a body with a database of its own.
    static func with(
        _ configuration: PostgresConfiguration = .transactionPooling,
        _ body: (PostgresDatabase) async throws -> Void
    ) async throws {
        let database = try await shared.makeDatabase(configuration)
        do {
            try await body(database)
            try await shared.remove(database)
        } catch {
            try? await shared.remove(database)
            throw error
        }
    }
}
