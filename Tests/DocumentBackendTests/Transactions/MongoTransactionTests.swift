import StorageKit
import Synchronization
import TestSupport
import Testing

@testable import DocumentBackend

@Suite(
    "Transactions of MongoDB",
    .enabled(if: TestServer.mongoDB.isExpected, TestServer.remedy))
struct MongoTransactionTests {
    @Test("the second to write a document is refused at the write, by the server")
    func conflictAtWrite() async throws {
        try await MongoWorld.with { database in
            let things = DocumentCollection("things", of: Document.self, in: database)
            try await things.insert(["_id": 1])
            let error = try await expectError(.conflict) {
                try await database.withTransaction { transaction in
                    let inside = things.in(transaction)
                    _ = try await inside.first(.all)
                    try await Task.detached { _ = try await things.updateOne(.all, [.set("a", 1)]) }
                        .value
                    do throws(StorageError) {
                        try await inside.updateOne(.all, [.set("a", 2)])
                        Issue.record("the write was not refused")
                    } catch {
                        #expect(error.native?.number == 112)
                        throw error
                    }
                }
            }
            #expect(error.isRetryable && !error.mayHaveBeenApplied)
        }
    }

    @Test("a swallowed conflict can still be tried again")
    func swallowed() async throws {
        try await MongoWorld.with { database in
            let things = DocumentCollection("things", of: Document.self, in: database)
            try await things.insert(["_id": 1, "n": 0])
            let error = try await expectError(.invalidState) {
                try await database.withTransaction { transaction in
                    let inside = things.in(transaction)
                    _ = try await inside.first(.all)
                    try await Task.detached { _ = try await things.updateOne(.all, [.set("a", 1)]) }
                        .value
                    _ = try? await inside.updateOne(.all, [.set("a", 2)])
                }
            }
            #expect(error.isRetryable)
            #expect((error.underlying as? StorageError)?.code == .conflict)
        }
    }

    @Test("a call that is cancelled in a transaction is ended on the server and undoes it")
    func cancelledCall() async throws {
        try await MongoWorld.with(MongoSettings(maximumConnections: 1)) { database in
            let people = DocumentCollection("people", of: Person.self, in: database)
            try await people.insert(Person("ana"))
            let name = "storagekit \(UInt64.random(in: 0 ... .max))"
            let task = Task {
                try await database.withTransaction { transaction in
                    try await people.in(transaction).insert(Person("bob"))
                    try await transaction.database.sleepOnServer(naming: name)
                }
            }
            try await waitUntil { try await operations(named: name).count == 1 }
            task.cancel()
            let error = try await expectError(.cancelled) { try await task.value }
            #expect(!error.mayHaveBeenApplied)
            try await waitUntil { try await operations(named: name).isEmpty }
            // The same session, on the only connection.
            #expect(try await people.count(.all) == 1)
            try await database.withTransaction { transaction in
                _ = try await people.in(transaction).insert(Person("cleo"))
            }
            #expect(try await people.count(.all) == 2)
        }
    }

    @Test("a child task that is cancelled undoes the transaction of the others")
    func cancelledChild() async throws {
        try await MongoWorld.with(MongoSettings(maximumConnections: 1)) { database in
            let people = DocumentCollection("people", of: Person.self, in: database)
            try await people.insert(Person("ana"))
            let name = "storagekit \(UInt64.random(in: 0 ... .max))"
            try await expectError(.invalidState) {
                try await database.withTransaction { transaction in
                    try await people.in(transaction).insert(Person("bob"))
                    let child = Task {
                        try await transaction.database.sleepOnServer(naming: name)
                    }
                    let canceller = Task.detached {
                        try await waitUntil { try await operations(named: name).count == 1 }
                        child.cancel()
                    }
                    try await expectError(.cancelled) { try await child.value }
                    try await canceller.value
                }
            }
            #expect(try await people.count(.all) == 1)
        }
    }

    @Test("concerns are the transaction's, wherever they come from")
    func concerns() async throws {
        try await MongoWorld.with { database in
            let views = [
                database, database.with(writeConcern: MongoWriteConcern(.count(1), journal: true)),
                database.with(writeConcern: .majority, readConcern: .majority),
                database.with(readConcern: .local, readPreference: .init(.secondaryPreferred)),
            ]
            for (number, view) in views.enumerated() {
                let things = DocumentCollection("things", of: Document.self, in: view)
                try await view.withTransaction { transaction in
                    try await things.in(transaction).insert(["_id": .int64(Int64(number))])
                    _ = try await things.in(transaction).distinct(Field<Int>("a"))
                    let count = try await things.in(transaction).count(.all)
                    #expect(count == number + 1)
                }
            }
            let refused = database.with(readConcern: .linearizable)
            try await expectError(.invalidArgument) {
                try await refused.withTransaction { transaction in
                    let things = DocumentCollection("things", of: Document.self, in: transaction)
                    _ = try await things.count(.all)
                }
            }
        }
    }

    @Test("concerns of the connection string are those of a transaction")
    func stringConcerns() async throws {
        try await MongoWorld.with { database in
            let other = try MongoDatabase(
                TestServer.mongoDB.url()
                    + "&w=1&journal=true&readConcernLevel=majority&readPreference=nearest",
                database: database.core.database)
            try await other.withTransaction { transaction in
                let things = DocumentCollection("things", of: Document.self, in: transaction)
                try await things.insert(["_id": 1])
                for try await thing in things.find(.all) { #expect(thing == ["_id": 1]) }
            }
            await other.close()
        }
    }

    @Test("a transaction is at the primary, whatever the connection string prefers")
    func stringPreference() async throws {
        try await MongoWorld.with { database in
            let other = try MongoDatabase(
                TestServer.mongoDB.url()
                    + "&readConcernLevel=majority&w=majority&readPreference=secondary"
                    + "&serverSelectionTimeoutMS=2000",
                database: database.core.database)
            try await other.withTransaction { transaction in
                let things = DocumentCollection("things", of: Document.self, in: transaction)
                try await things.insert(["_id": 1, "n": 1])
                #expect(try await things.first(.all) == ["_id": 1, "n": 1])
                #expect(try await things.count(.all) == 1)
                #expect(try await things.distinct(Field<Int>("n")) == [1])
                for try await thing in things.find(.all) { #expect(thing["_id"] == 1) }
                let rows = transaction.aggregate(
                    DocumentPipeline(), in: "things", as: Document.self)
                for try await row in rows { #expect(row["_id"] == 1) }
                try await things.updateOne(.all, [.increment("n", by: 1)])
            }
            await other.close()
        }
    }

    @Test("a commit that is not confirmed as it should be may have been applied")
    func unconfirmedCommit() async throws {
        try await MongoWorld.with { database in
            let view = database.with(writeConcern: MongoWriteConcern(.count(7)))
            let things = DocumentCollection("things", of: Document.self, in: view)
            let error = try await #require(throws: StorageError.self) {
                try await view.withTransaction { transaction in
                    _ = try await things.in(transaction).insert(["_id": 1])
                }
            }
            #expect(error.mayHaveBeenApplied)
            #expect(try await things.count(.all) == 1)
        }
    }

    @Test("a call that nobody has waited for is never made behind the end of its transaction")
    func leakedCall() async throws {
        try await MongoWorld.with { database in
            let things = DocumentCollection("things", of: Document.self, in: database)
            for number in 0..<5 {
                let task = try await database.withTransaction { transaction in
                    let inside = things.in(transaction)
                    let isBegun = Flag()
                    _ = try await inside.first(.all)
                    let task = Task.detached {
                        isBegun.set()
                        _ = try await inside.insert(["_id": .int64(Int64(number))])
                    }
                    // The client's thread is kept, so that the call waits for it.
                    while !isBegun.isSet {}
                    let start = ContinuousClock.now
                    while ContinuousClock.now - start < .milliseconds(50) {}
                    return task
                }
                try await expectError(.invalidState) { try await task.value }
            }
            #expect(try await things.count(.all) == 0)
        }
    }

    @Test("more transactions than connections take turns")
    func turns() async throws {
        try await MongoWorld.with(MongoSettings(maximumConnections: 2)) { database in
            let things = DocumentCollection("things", of: Document.self, in: database)
            try await things.insert(["_id": 0])
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 1...50 {
                    group.addTask {
                        try await database.withTransaction { transaction in
                            let inside = things.in(transaction)
                            try await inside.insert(["_id": .int64(Int64(number))])
                            await Task.yield()
                            _ = try await inside.first(.field(.id, .equal(0)))
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await things.count(.all) == 51)
        }
    }
}

/// Whether something has happened.
private final class Flag: Sendable {
    private let state = Atomic(false)

    var isSet: Bool { state.load(ordering: .acquiring) }

    func set() { state.store(true, ordering: .releasing) }
}
