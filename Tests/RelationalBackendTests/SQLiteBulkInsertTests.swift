import StorageKit
import Synchronization
import TestSupport
import Testing

@testable import RelationalBackend

@Suite("Many rows at once into SQLite", .nothingLeftOpen)
struct SQLiteBulkInsertTests {
    struct Item: Codable, Sendable { var id: Int; var text: String }

    /// Counts what was taken from it.
    final class Counted: Sequence, IteratorProtocol, Sendable {
        let text: String
        let end: Int
        private let count = Mutex(0)

        var taken: Int { count.withLock { $0 } }

        init(_ end: Int, text: String) {
            self.end = end
            self.text = text
        }

        func next() -> Item? {
            count.withLock { count in
                guard count < end else { return nil }
                count += 1
                return Item(id: count, text: text)
            }
        }
    }

    static func withTable(_ body: (SQLiteDatabase) async throws -> Void) async throws {
        let database = SQLiteDatabase(.memory)
        try await database.execute(
            "CREATE TABLE item (id INTEGER PRIMARY KEY, text TEXT, CHECK (id <> 600)) STRICT"
        )
        try await body(database)
        await database.close()
    }

    @Test("no more than a batch is read ahead of what the database has taken")
    func bounded() async throws {
        try await Self.withTable { database in
            for (text, most) in [("", 1 + 256 * 3), (String(repeating: "x", count: 100_000), 610)] {
                let source = Counted(1_000_000, text: text)
                try await expectError(.constraintViolation) {
                    try await database.insert(source, into: "item")
                }
                #expect(source.taken <= most, "600 rows before the one that is refused")
            }
            let count = try await database.first("SELECT count(*) FROM item", as: Int.self)
            #expect(count == 0)
        }
    }

    @Test("one hop, however many rows")
    func hops() async throws {
        try await Self.withTable { database in
            let before = database.writer.acceptedCalls
            let count = try await database.insert(Counted(599, text: "a"), into: "item")
            #expect(count == 599)
            #expect(database.writer.acceptedCalls - before == 1)
        }
    }

    @Test("an entity with other columns than the first is refused, and nothing is inserted")
    func otherColumns() async throws {
        struct Ragged: Encodable {
            enum CodingKeys: CodingKey { case id, text }
            var id: Int
            func encode(to encoder: any Encoder) throws {
                var container = encoder.container(keyedBy: CodingKeys.self)
                try container.encode(id, forKey: .id)
                if id < 3 { try container.encode("text", forKey: .text) }
            }
        }
        try await Self.withTable { database in
            try await expectError(.encodingFailed) {
                try await database.insert((1...3).map(Ragged.init), into: "item")
            }
            let count = try await database.first("SELECT count(*) FROM item", as: Int.self)
            #expect(count == 0)
        }
    }

    @Test("names that need quoting are quoted, and a table that is not there says so")
    func names() async throws {
        try await Self.withTable { database in
            try await database.execute(#"CREATE TABLE "odd "" table" ("a b" INTEGER)"#)
            try await database.insert([1], into: "odd \" table", column: "a b")
            let found = try await database.first(
                #"SELECT "a b" FROM "odd "" table""#, as: Int.self)
            #expect(found == 1)
            try await expectError(.invalidStatement) {
                try await database.insert([1], into: "nowhere", column: "a")
            }
        }
    }
}
