import StorageKit
import TestSupport

@testable import DocumentBackend

/// The operations on the server whose comment this is.
func operations(named name: String) async throws -> [Document] {
    let admin = try MongoDatabase(TestServer.mongoDB.url(), database: "admin")
    let reply = try await admin.command(["currentOp": 1, "command.comment": .string(name)])
    await admin.close()
    guard case .array(let found)? = reply["inprog"] else { return [] }
    return found.compactMap { if case .document(let one) = $0 { one } else { nil } }
}

extension MongoDatabase {
    /// Keeps the server busy until somebody ends it.
    func sleepOnServer(naming comment: String) async throws {
        try await run("sleep") { [core] (session) throws(StorageError) in
            _ = try session.read(
                [
                    "aggregate": "people",
                    "pipeline": [
                        [
                            "$match": [
                                "$expr": [
                                    "$function": [
                                        "body": "function() { sleep(600000); return true; }",
                                        "args": [], "lang": "js",
                                    ]
                                ]
                            ]
                        ]
                    ],
                    "cursor": [:], "comment": .string(comment),
                ], [:], in: core.database, nil)
        }
    }
}

/// Asks again and again until it is so.
func waitUntil(_ isSo: () async throws -> Bool) async throws {
    while try await !isSo() { await Task.yield() }
}
