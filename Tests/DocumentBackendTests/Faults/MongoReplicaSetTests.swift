import StorageKit
import StorageKitTesting
import TestSupport
import Testing

@testable import DocumentBackend

@Suite(
    "MongoDB on a replica set of three members", .serialized,
    .enabled(if: TestServer.mongoDB.isExpected, TestServer.remedy), .replicaSet)
struct MongoReplicaSetTests {
    /// What a program that wants to be back soon says in its connection string.
    static let quick = "heartbeatFrequencyMS=500&connectTimeoutMS=2000&socketTimeoutMS=3000"

    @Test("no acknowledged write is lost when the primary is killed", arguments: ["", quick])
    func killed(options: String) async throws {
        try await withSet(options) { set, database in
            let ledger = try await WriterLedger.record(into: database) { ledger in
                try await ledger.untilAcknowledged(more: 100)
                try await set.primary().server.kill()
                try await ledger.untilAcknowledged(more: 100)
            }
            try await ledger.verify(in: database)
            report("killed (\(options))", ledger)
        }
    }

    @Test("no acknowledged write is lost when the primary is stopped and goes on")
    func stopped() async throws {
        try await withSet(Self.quick) { set, database in
            let ledger = try await WriterLedger.record(into: database) { ledger in
                try await ledger.untilAcknowledged(more: 100)
                let old = try await set.primary()
                old.server.stop()
                try await ledger.untilAcknowledged(more: 100)
                // It still takes itself for the primary, until it is told.
                old.server.resume()
                try await ledger.untilAcknowledged(more: 100)
            }
            try await ledger.verify(in: database)
            report("stopped", ledger)
        }
    }

    private func report(_ what: String, _ ledger: WriterLedger) {
        print(
            "replica set, primary \(what): longest time without an acknowledged write "
                + "\(ledger.longestGap), \(ledger.acknowledged) acknowledged, "
                + "\(ledger.errors.count) failed, "
                + "\(ledger.errors.count { $0.mayHaveBeenApplied }) of them open")
        for error in Set(ledger.errors.map(\.description)) { print("  \(error)") }
        // A bound that no machine comes near; the figure is the one that is printed.
        #expect(ledger.longestGap < .seconds(30))
    }

    private func withSet(
        _ options: String, _ body: (MongoReplicaSet, MongoDatabase) async throws -> Void
    ) async throws {
        let set = try #require(MongoReplicaSet.current)
        try await set.heal()
        let database = try MongoDatabase(
            set.url(options), database: "storagekit_test_\(UInt64.random(in: 0 ... .max))",
            settings: MongoSettings(maximumConnections: 8)
        ).with(writeConcern: .majority)
        do {
            try await body(set, database)
        } catch {
            await database.close()
            throw error
        }
        await database.close()
    }
}
