import StorageKit
import TestSupport

@testable import DocumentBackend

/// A replica set of one member, of a test's own: it refuses commands when it is told to, and can be
/// killed and started again.
struct MongoMember {
    let server: MongoServerProcess

    /// Runs a body with a server, which is primary.
    static func with(
        _ options: [String] = [], _ body: (MongoMember) async throws -> Void
    ) async throws {
        let server = try await MongoServerProcess.start(
            ["--replSet", "rs", "--setParameter", "enableTestCommands=1"] + options)
        let member = MongoMember(server: server)
        let setup = try MongoDatabase(server.url, database: "admin")
        do {
            _ = try await setup.rawCommand([
                "replSetInitiate": [
                    "_id": "rs",
                    "members": [["_id": 0, "host": .string("127.0.0.1:\(server.port)")]],
                ]
            ])
            try await member.waitUntilPrimary(setup)
            await setup.close()
        } catch {
            await setup.close()
            throw error
        }
        try await body(member)
        server.kill()
    }

    /// A database of the server.
    func database(
        _ options: String = "", _ settings: MongoSettings = MongoSettings(maximumConnections: 4)
    ) throws -> MongoDatabase {
        try MongoDatabase(
            "mongodb://127.0.0.1:\(server.port)/?replicaSet=rs&heartbeatFrequencyMS=500" + options,
            database: "app", settings: settings)
    }

    /// Runs a body with a database of the server.
    func with(
        _ options: String = "", _ settings: MongoSettings = MongoSettings(maximumConnections: 4),
        _ body: (MongoDatabase) async throws -> Void
    ) async throws {
        let database = try database(options, settings)
        do { try await body(database) } catch {
            await database.close()
            throw error
        }
        await database.close()
    }

    /// Has the server refuse a command so many times; `nil` for as long as it is not told
    /// otherwise.
    func refuse(_ command: String, times: Int32?, _ how: Document) async throws {
        var data = how
        data["failCommands"] = [.string(command)]
        try await fail(times.map { ["times": .int32($0)] } ?? "alwaysOn", data)
    }

    /// Has the server refuse nothing any more.
    func refuseNothing() async throws { try await fail("off", nil) }

    private func fail(_ mode: DocumentValue, _ data: Document?) async throws {
        let admin = try MongoDatabase(server.url, database: "admin")
        var command: Document = ["configureFailPoint": "failCommand", "mode": mode]
        if let data { command["data"] = .document(data) }
        _ = try await admin.rawCommand(command)
        await admin.close()
    }

    private func waitUntilPrimary(_ admin: MongoDatabase) async throws {
        while try await admin.rawCommand(["hello": 1])["isWritablePrimary"] != true {
            await Task.yield()
        }
    }
}
