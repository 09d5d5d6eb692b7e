import StorageKit
import StorageKitBSON
import TestSupport
import Testing

@testable import DocumentBackend

@Suite(
    "libmongoc's own client, and what only it can do",
    .enabled(if: TestServer.mongoDB.isExpected, TestServer.remedy))
struct MongoNativeTests {
    private struct OwnError: Error {}

    @Test("the body has the client, and gives back and throws what it wants")
    func hatch() async throws {
        try await MongoWorld.with(MongoSettings(maximumConnections: 1)) { database in
            let name = try await database.withNativeClient { native in native.database }
            #expect(name == database.core.database)
            await #expect(throws: OwnError.self) {
                try await database.withNativeClient { _ in throw OwnError() }
            }
            let pong = try await database.rawCommand(["ping": 1])
            #expect(pong["ok"] == 1.0)
            // The only client serves the next call.
            try await database.ping()
        }
    }

    @Test("what goes by the client's session ends when its task is cancelled")
    func cancelled() async throws {
        try await MongoWorld.with(MongoSettings(maximumConnections: 1)) { database in
            let (begun, tell) = AsyncStream<Void>.makeStream()
            let waiting = Task {
                try await database.rawCommandInSession(
                    [
                        "aggregate": 1,
                        "pipeline": [
                            ["$documents": [["a": 1]]],
                            [
                                "$match": [
                                    "$expr": [
                                        "$function": [
                                            "body": "function() { sleep(600000); return true; }",
                                            "args": [], "lang": "js",
                                        ]
                                    ]
                                ]
                            ],
                        ],
                        "cursor": [:],
                    ]
                ) { tell.yield() }
            }
            for await _ in begun { break }
            waiting.cancel()
            await #expect(throws: (any Error).self) { try await waiting.value }
            try await database.ping()
        }
    }

    @Test("text that is not UTF-8 is a decoding error, and the connection serves the next call")
    func invalidText() async throws {
        try await MongoWorld.with(MongoSettings(maximumConnections: 1)) { database in
            try await database.rawInsert(
                Self.document(of: [0x80, 0xFF]), into: "people")
            try await database.rawInsert(Self.document(of: Array("ok".utf8)), into: "people")
            let things = DocumentCollection("people", of: Document.self, in: database)
            try await expectError(.corrupted) {
                _ = try await things.first(.field("n", .equal(2)))
            }
            try await expectError(.corrupted) {
                for try await _ in things.find(.all) {}
            }
            // Who does not ask for it reads the rest.
            #expect(try await things.count(.all) == 2)
        }
    }

    @Test("a change by which a document would become too large is refused, and changes nothing")
    func grows() async throws {
        try await MongoWorld.with { database in
            let things = DocumentCollection("things", of: Document.self, in: database)
            let text = DocumentValue.string(String(repeating: "x", count: 9 << 20))
            try await things.insert(["_id": 1, "a": text])
            let larger: DocumentUpdate = [.set("b", text)]
            try await expectError(.limitExceeded) { try await things.updateOne(.all, larger) }
            try await expectError(.limitExceeded) {
                _ = try await things.modify(.init(.all, .update(larger)))
            }
            try await expectError(.limitExceeded) {
                try await things.updateOne(
                    .field(.id, .equal(2)), [.set("a", text), .set("b", text)], upsert: true)
            }
            #expect(try await things.count(.field("b", .exists(true))) == 0)
            #expect(try await things.count(.all) == 1)
        }
    }

    @Test("a field may have any name but one with a zero in it, and none is an operator")
    func fieldNames() async throws {
        try await MongoWorld.with { database in
            let things = DocumentCollection("things", of: Document.self, in: database)
            for name in ["$set", "$where", "a.b", "", "ä\u{1F600}"] {
                let id = DocumentValue.string("x" + name)
                var document: Document = ["_id": id]
                document[name] = 1
                try await things.insert(document)
                #expect(try await things.first(.field(.id, .equal(id))) == document)
            }
            try await expectError(.encodingFailed) { try await things.insert(["a\0b": 1]) }
        }
    }

    /// The bytes of `{n: 2, text: …}` with any bytes for a text.
    private static func document(of text: [UInt8]) -> [UInt8] {
        let fields: [UInt8] =
            [0x10, UInt8(ascii: "n"), 0, 2, 0, 0, 0, 0x02] + Array("text".utf8) + [0]
            + [UInt8(text.count + 1), 0, 0, 0] + text + [0, 0]
        return [UInt8(fields.count + 4), 0, 0, 0] + fields
    }
}
