import StorageKit
import TestSupport

@testable import PostgresBackend

/// Databases for tests: each has a schema of its own on the server of the environment.
enum PostgresWorld {
    private static let shared = Result {
        try PostgresDatabase(TestServer.postgres.url())
    }

    /// So many databases at a time: a server has a hundred connections, and tests run all at once.
    private static let places = Places(count: 10)

    private actor Places {
        private var count: Int
        private var waiting: [CheckedContinuation<Void, Never>] = []

        init(count: Int) { self.count = count }

        func take() async {
            if count > 0 {
                count -= 1
            } else {
                await withCheckedContinuation { waiting.append($0) }
            }
        }

        func giveBack() {
            if waiting.isEmpty { count += 1 } else { waiting.removeFirst().resume() }
        }
    }

    /// The server, for whoever looks at it from outside.
    static var admin: PostgresDatabase { get throws { try shared.get() } }

    /// A database whose tables nobody else sees.
    static func makeDatabase(
        _ configuration: PostgresConfiguration = .init()
    ) async throws -> PostgresDatabase {
        await places.take()
        let schema = "storagekit_test_\(UInt64.random(in: 0 ... .max))"
        try await admin.execute("CREATE SCHEMA \(identifier: schema)")
        var options = try PostgresAddress(TestServer.postgres.url()).options
        options["options"] = "-c search_path=\(schema)"
        return PostgresDatabase(
            PostgresAddress(options: options), configuration: configuration)
    }

    /// Closes a database and removes its tables.
    static func remove(_ database: PostgresDatabase) async throws {
        await database.close()
        await places.giveBack()
        guard let schema = database.address.options["options"]?.split(separator: "=").last else {
            return
        }
        try await admin.execute("DROP SCHEMA \(identifier: String(schema)) CASCADE")
    }

    /// Runs a body with a database of its own.
    static func with<Value>(
        _ configuration: PostgresConfiguration = .init(),
        _ body: (PostgresDatabase) async throws -> Value
    ) async throws -> Value {
        let database = try await makeDatabase(configuration)
        do {
            let value = try await body(database)
            try await remove(database)
            return value
        } catch {
            try? await remove(database)
            throw error
        }
    }
}
