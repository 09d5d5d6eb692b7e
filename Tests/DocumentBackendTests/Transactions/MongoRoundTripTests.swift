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
            try await member.with(Self.options, Self.settings) { database in
                try await logEverything(database)
                let things = DocumentCollection("things", of: Document.self, in: database)
                try await things.insert(["_id": 0])
                let committed = try await commands(member, database) {
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
                let rolledBack = try await commands(member, database) {
                    _ = try? await database.withTransaction { transaction in
                        try await things.in(transaction).insert(["_id": 2])
                        throw StorageError(code: .conflict, message: "enough")
                    }
                }
                #expect(rolledBack == ["insert": 1, "abortTransaction": 1])
                let empty = try await commands(member, database) {
                    try await database.withTransaction { _ in }
                }
                #expect(empty == [:])
            }
        }
    }

    @Test("a feed is opened in a round trip and read in one for each batch")
    func feeds() async throws {
        try await MongoMember.with { member in
            try await member.with(Self.options, Self.settings) { database in
                try await logEverything(database)
                let things = DocumentCollection("things", of: Document.self, in: database)
                try await things.insert(["_id": -1])
                let seen = try await commands(member, database) {
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

    private static let name = "roundtrips"
    private static let options = "&appName=\(name)"
    /// One connection, whose commands the server logs in their order.
    private static let settings = MongoSettings(maximumConnections: 1)

    private func logEverything(_ database: MongoDatabase) async throws {
        _ = try await database.rawCommand(["profile": 0, "slowms": -1])
    }

    /// How often the server has logged which commands of this program while a body ran.
    private func commands(
        _ member: MongoMember, _ database: MongoDatabase, _ body: () async throws -> Void
    ) async throws -> [String: Int] {
        let before = try await logged(member, database)
        try await body()
        return try await logged(member, database).dropFirst(before.count).dropLast()
            .reduce(into: [:]) { $0[$1, default: 0] += 1 }
    }

    /// The commands of this program that the server has logged, up to one that is made now.
    private func logged(
        _ member: MongoMember, _ database: MongoDatabase
    ) async throws -> [String] {
        let marks = commands(in: member).count { $0 == "ping" }
        try await database.ping()
        try await waitUntil { commands(in: member).count { $0 == "ping" } > marks }
        return commands(in: member)
    }

    private func commands(in member: MongoMember) -> [String] {
        // Those of libmongoc's own accord, and "q": a part of an update, logged by itself.
        let unasked: Set<String> = ["hello", "isMaster", "ismaster", "endSessions", "q"]
        return member.server.log.split(separator: "\n").compactMap { line -> String? in
            guard line.contains("\"appName\":\"\(Self.name)\""), line.contains("Slow query")
            else { return nil }
            let parts = line.split(separator: "\"command\":{\"", maxSplits: 1)
            guard parts.count == 2 else { return nil }
            return parts[1].split(separator: "\"", maxSplits: 1).first.map(String.init)
        }.filter { !unasked.contains($0) }
    }
}
