import StorageKit
import TestSupport
import Testing

@testable import DocumentBackend

@Suite(
    "Round trips of MongoDB's transactions and feeds",
    .enabled(if: TestServer.mongoDB.isExpected, TestServer.remedy))
struct MongoRoundTripTests {
    @Test("a transaction is a round trip for each call and one for its end, or none of no calls")
    func transactions() async throws {
        try await MongoMember.with { member in
            try await member.with { database in
                let things = DocumentCollection("things", of: Document.self, in: database)
                try await things.insert(["_id": 0])
                let committed = try await commands(of: database) {
                    try await database.withTransaction { transaction in
                        let inside = things.in(transaction)
                        try await inside.insert(["_id": 1])
                        _ = try await inside.first(.all)
                        _ = try await inside.count(.all)
                        try await inside.updateOne(.all, [.set("a", 1)])
                    }
                }
                #expect(
                    committed == [
                        "insert": 1, "find": 1, "aggregate": 1, "update": 1,
                        "commitTransaction": 1,
                    ])
                let rolledBack = try await commands(of: database) {
                    _ = try? await database.withTransaction { transaction in
                        try await things.in(transaction).insert(["_id": 2])
                        throw StorageError(code: .conflict, message: "enough")
                    }
                }
                #expect(rolledBack == ["insert": 1, "abortTransaction": 1])
                let empty = try await commands(of: database) {
                    try await database.withTransaction { _ in }
                }
                #expect(empty == [:])
            }
        }
    }

    @Test("a feed is opened in a round trip and read in one for each batch")
    func feeds() async throws {
        try await MongoMember.with { member in
            try await member.with { database in
                let things = DocumentCollection("things", of: Document.self, in: database)
                try await things.insert(["_id": -1])
                let seen = try await commands(of: database) {
                    let feed = try await things.changes()
                    try await things.insert(
                        contentsOf: (0..<50).map { ["_id": .int64(Int64($0))] })
                    _ = try await ids(feed, 50)
                }
                #expect(seen["aggregate"] == 1)
                #expect(seen["insert"] == 1)
                // The first one may have come before all fifty were with a majority.
                #expect((1...3).contains(seen["getMore"] ?? 0))
            }
        }
    }

    /// How often the server has had which commands while a body ran.
    private func commands(
        of database: MongoDatabase, _ body: () async throws -> Void
    ) async throws -> [String: Int] {
        let before = try await counts(of: database)
        try await body()
        let after = try await counts(of: database)
        return after.filter { $0.value != before[$0.key] }.mapValues { $0 }
            .reduce(into: [:]) { $0[$1.key] = $1.value - (before[$1.key] ?? 0) }
    }

    private func counts(of database: MongoDatabase) async throws -> [String: Int] {
        let status = try await database.rawCommand(["serverStatus": 1])
        let names = [
            "insert", "update", "delete", "find", "getMore", "aggregate", "findAndModify",
            "commitTransaction", "abortTransaction",
        ]
        return names.reduce(into: [:]) {
            $0[$1] = status[path: DocumentPath("metrics.commands.\($1).total")]?.wholeNumber ?? 0
        }
    }
}
