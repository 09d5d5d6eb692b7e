import StorageKit
import TestSupport

@testable import DocumentBackend

/// Databases for tests: each has a name of its own on the server of the environment.
enum MongoWorld {
    /// A database that nobody else uses.
    static func makeDatabase(
        _ settings: MongoSettings = MongoSettings(maximumConnections: 4)
    ) throws -> MongoDatabase {
        try MongoDatabase(
            TestServer.mongoDB.url(),
            database: "storagekit_test_\(UInt64.random(in: 0 ... .max))", settings: settings)
    }

    /// Closes a database, and removes it with its collections.
    static func remove(_ database: MongoDatabase) async throws {
        await database.close()
        // It is not kept for the next one: what is open at the end of the process looks to the leak
        // checker as if it were lost.
        let admin = try MongoDatabase(
            TestServer.mongoDB.url(), database: "admin",
            settings: MongoSettings(maximumConnections: 1))
        do {
            _ = try await admin.command(["dropDatabase": 1], on: database.core.database)
            await admin.close()
        } catch {
            await admin.close()
            throw error
        }
    }

    /// Runs a body with a database of its own.
    static func with<Value>(
        _ settings: MongoSettings = MongoSettings(maximumConnections: 4),
        _ body: (MongoDatabase) async throws -> Value
    ) async throws -> Value {
        let database = try makeDatabase(settings)
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

extension MongoDatabase {
    /// Runs a command, on this database or another one of the server, and gives its answer.
    func command(_ command: Document, on database: String? = nil) async throws -> Document {
        try await core.run("command") { [core] (session) throws(StorageError) in
            try session.write(command, [:], in: database ?? core.database)
        }
    }
}
