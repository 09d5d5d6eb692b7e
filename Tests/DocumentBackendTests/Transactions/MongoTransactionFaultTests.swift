import StorageKit
import StorageKitTesting
import TestSupport
import Testing

@testable import DocumentBackend

@Suite(
    "Transactions of MongoDB when things go wrong",
    .enabled(if: TestServer.mongoDB.isExpected, TestServer.remedy))
struct MongoTransactionFaultTests {
    @Test("a commit whose answer is lost is sent again, and its transaction happens once")
    func lostCommits() async throws {
        try await MongoMember.with { member in
            try await member.with { database in
                let counters = DocumentCollection("counters", of: Document.self, in: database)
                try await counters.insert(["_id": 1, "n": .int64(0)])
                // libmongoc sends a commit twice by itself.
                for lost in [Int32(1), 2, 5] {
                    try await member.refuse(
                        "commitTransaction", times: lost, ["closeConnection": true])
                    try await database.withTransaction { transaction in
                        _ = try await counters.in(transaction).updateOne(
                            .all, [.increment("n", by: 1)])
                    }
                }
                #expect(try await counters.first(.all)?["n"] == 3)
            }
        }
    }

    @Test("a commit that stays without an answer says that it may have been applied")
    func openCommit() async throws {
        try await MongoMember.with { member in
            let settings = MongoSettings(
                maximumConnections: 2, operationTimeout: .milliseconds(300))
            try await member.with("", settings) { database in
                let things = DocumentCollection("things", of: Document.self, in: database)
                try await things.insert(["_id": 0])
                try await member.refuse(
                    "commitTransaction", times: nil, ["closeConnection": true])
                let runs = Counter()
                let error = try await #require(throws: StorageError.self) {
                    try await database.withRetryingTransaction { transaction in
                        await runs.count()
                        _ = try await things.in(transaction).insert(["_id": 1])
                    }
                }
                #expect(error.mayHaveBeenApplied)
                #expect(await runs.value == 1)
                try await member.refuseNothing()
                // The connection is there for the next one.
                try await database.withTransaction { transaction in
                    _ = try await things.in(transaction).insert(["_id": 2])
                }
            }
        }
    }

    @Test("a commit that is refused for good has not been applied")
    func refusedCommit() async throws {
        try await MongoMember.with { member in
            try await member.with { database in
                let things = DocumentCollection("things", of: Document.self, in: database)
                try await member.refuse("commitTransaction", times: 1, ["errorCode": 13])
                let error = try await expectError(.permissionDenied) {
                    try await database.withTransaction { transaction in
                        _ = try await things.in(transaction).insert(["_id": 1])
                    }
                }
                #expect(!error.mayHaveBeenApplied)
                #expect(try await things.count(.all) == 0)
            }
        }
    }

    @Test("a commit that is refused when it is sent again may have been applied before")
    func refusedSecondCommit() async throws {
        try await MongoMember.with { member in
            try await member.refuse("commitTransaction", times: nil, ["closeConnection": true])
            let clock = PauseClock {
                try await member.refuse("commitTransaction", times: nil, ["errorCode": 13])
            }
            let database = try MongoDatabase(
                "mongodb://127.0.0.1:\(member.server.port)/?replicaSet=rs", database: "app",
                clock: clock)
            let things = DocumentCollection("things", of: Document.self, in: database)
            let error = try await expectError(.permissionDenied) {
                try await database.withTransaction { transaction in
                    _ = try await things.in(transaction).insert(["_id": 1])
                }
            }
            #expect(error.mayHaveBeenApplied)
            await database.close()
        }
    }

    @Test("the end of a transaction that never had a session looks for no server")
    func unreachable() throws {
        let uri = try MongoConnectionString(
            "mongodb://127.0.0.1:1/?serverSelectionTimeoutMS=10000")
        let session = try MongoSession(MongoClientPool(uri, size: 1), nil)
        let start = ContinuousClock.now
        session.abortTransaction()
        #expect(ContinuousClock.now - start < .seconds(5))
    }

    @Test("a body whose server goes away in the middle is run again, and happens once")
    func lostConnection() async throws {
        try await MongoMember.with { member in
            try await member.with { database in
                let things = DocumentCollection("things", of: Document.self, in: database)
                try await things.insert(["_id": 0])
                try await member.refuse("insert", times: 2, ["closeConnection": true])
                let runs = Counter()
                try await database.withRetryingTransaction { transaction in
                    await runs.count()
                    _ = try await things.in(transaction).insert(["_id": 1])
                }
                #expect(await runs.value == 3)
                #expect(try await things.count(.all) == 2)
            }
        }
    }

    @Test("a server that is killed inside a transaction has done nothing, and it can be run again")
    func killedServer() async throws {
        try await MongoMember.with { member in
            try await member.with { database in
                let things = DocumentCollection("things", of: Document.self, in: database)
                try await things.insert(["_id": 0])
                let runs = Counter()
                try await database.withRetryingTransaction { transaction in
                    let inside = things.in(transaction)
                    try await inside.updateOne(.all, [.increment("n", by: 1)])
                    if await runs.count() == 1 { try await member.server.restart() }
                    try await inside.insert(["_id": 1])
                }
                #expect(await runs.value >= 2)
                #expect(try await things.first(.field(.id, .equal(0)))?["n"] == 1)
                #expect(try await things.count(.all) == 2)
            }
        }
    }

    @Test("a transaction that lasts too long is given up by the server, as a conflict")
    func lifetime() async throws {
        try await MongoMember.with(["--setParameter", "transactionLifetimeLimitSeconds=1"]) {
            member in
            try await member.with { database in
                let things = DocumentCollection("things", of: Document.self, in: database)
                let error = try await expectError(.conflict) {
                    try await database.withTransaction { transaction in
                        try await things.in(transaction).insert(["_id": 1])
                        while true { _ = try await things.in(transaction).count(.all) }
                    }
                }
                #expect(error.native?.number == 251)
                #expect(error.isRetryable && !error.mayHaveBeenApplied)
                #expect(try await things.count(.all) == 0)
            }
        }
    }

    @Test("a server that is in no replica set has no transactions, and says so")
    func standalone() async throws {
        let server = try await MongoServerProcess.start()
        let database = try MongoDatabase(server.url, database: "app")
        let things = DocumentCollection("things", of: Document.self, in: database)
        try await expectError(.unsupported) {
            try await database.withTransaction { transaction in
                _ = try await things.in(transaction).insert(["_id": 1])
            }
        }
        #expect(try await things.count(.all) == 0)
        await database.close()
    }
}

/// How often something has happened.
private actor Counter {
    private(set) var value = 0

    @discardableResult
    func count() -> Int {
        value += 1
        return value
    }
}

/// A clock whose pauses are what a test does meanwhile.
private struct PauseClock: Clock {
    let pause: @Sendable () async throws -> Void

    var now: ContinuousClock.Instant { ContinuousClock.now }
    var minimumResolution: Duration { .zero }

    init(_ pause: @escaping @Sendable () async throws -> Void) { self.pause = pause }

    func sleep(until deadline: ContinuousClock.Instant, tolerance: Duration?) async throws {
        try await pause()
    }
}
