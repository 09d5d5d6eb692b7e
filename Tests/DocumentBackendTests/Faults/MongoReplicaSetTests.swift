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
    static let quick = "heartbeatFrequencyMS=500&connectTimeoutMS=1000&socketTimeoutMS=2000"

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

    @Test("no acknowledged write is lost when the primary steps down", arguments: ["", quick])
    func steppedDown(options: String) async throws {
        try await withSet(options) { set, database in
            let ledger = try await WriterLedger.record(into: database) { ledger in
                try await ledger.untilAcknowledged(more: 100)
                let old = try await set.primary()
                _ = try await old.direct.rawCommand([
                    "replSetStepDown": 5, "secondaryCatchUpPeriodSecs": 2,
                ])
                try await ledger.untilAcknowledged(more: 100)
            }
            try await ledger.verify(in: database)
            report("asked to step down (\(options))", ledger)
        }
    }

    @Test("a secondary is read from while there is no primary")
    func secondaryReads() async throws {
        try await withSet(Self.quick + "&serverSelectionTimeoutMS=1000") { set, database in
            let people = DocumentCollection("people", of: Person.self, in: database)
            try await people.insert(Person("ana"))
            let anywhere = people.in(
                database.with(readPreference: MongoReadPreference(.secondaryPreferred)))
            let (primary, others) = (try await set.primary(), try await set.secondaries())
            let left = try #require(others.first)
            // What the member has is what a majority has confirmed.
            try await left.untilItHas("people", 1, in: database)
            primary.server.kill()
            others[1].server.kill()
            // One of three elects nobody.
            try await expectError(.unavailable) { try await people.insert(Person("bob")) }
            #expect(try await anywhere.first(Person.id == "ana") == Person("ana"))
            #expect(try await anywhere.count(.all) == 1)
        }
    }

    @Test("a write that too few members are left to confirm says that it may be done")
    func unconfirmed() async throws {
        try await withSet(Self.quick) { set, database in
            let patient = database.with(
                writeConcern: MongoWriteConcern(.majority, timeout: .milliseconds(300)))
            let people = DocumentCollection("people", of: Person.self, in: patient)
            try await people.insert(Person("ana"))
            let others = try await set.secondaries()
            for member in others { member.server.stop() }
            let error = try await #require(throws: StorageError.self) {
                try await people.insert(Person("bob"))
            }
            #expect(error.code == .timedOut && error.native?.number == 64, "\(error)")
            #expect(error.mayHaveBeenApplied)
            // It is done there, and is taken back when the others elect one of themselves.
            try await set.primary().untilItHas("people", 2, in: database)
        }
    }

    @Test("a cursor whose server is killed ends with an error, and the query can be asked again")
    func cursor() async throws {
        try await withSet(Self.quick, batchSize: 10) { set, database in
            let people = DocumentCollection("people", of: Person.self, in: database)
            try await people.insert(contentsOf: (0..<100).map { Person("p\($0)", age: $0) })
            var seen: [Int] = []
            let error = try await #require(throws: StorageError.self) {
                for try await person in people.find(.all, order: Person.age.ascending) {
                    seen.append(person.age)
                    if seen.count == 5 { try await set.primary().server.kill() }
                }
            }
            #expect(error.code == .unavailable && error.isRetryable, "\(error)")
            #expect(!error.mayHaveBeenApplied)
            #expect(seen == Array(0..<seen.count) && seen.count < 100)
            var again = 0
            for try await _ in people.find(.all) { again += 1 }
            #expect(again == 100)
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
        _ options: String, batchSize: Int = 1_000,
        _ body: (MongoReplicaSet, MongoDatabase) async throws -> Void
    ) async throws {
        let set = try #require(MongoReplicaSet.current)
        try await set.heal()
        let database = try MongoDatabase(
            set.url(options), database: "storagekit_test_\(UInt64.random(in: 0 ... .max))",
            settings: MongoSettings(maximumConnections: 8, batchSize: batchSize)
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

extension MongoReplicaSet.Member {
    /// Waits until the member itself shows so many documents.
    fileprivate func untilItHas(
        _ collection: String, _ count: Int, in database: MongoDatabase
    ) async throws {
        let isThere = try await Waiting.poll { () async throws -> Bool? in
            let reply = try await direct.rawCommand(
                ["count": .string(collection)], on: database.core.database)
            return reply["n"]?.wholeNumber == count ? true : nil
        }
        try #require(isThere == true)
    }
}
