import StorageKit
import StorageKitInMemory
import StorageKitTesting
import Synchronization
import Testing

@Suite("Indexes and schemas beside transactions and feeds of the store in memory")
struct InMemoryIndexedTransactionTests {
    @Test("of two that take the same unique value the first to commit wins")
    func sameValue() async throws {
        let store = InMemoryDocumentStore()
        let things = DocumentCollection("things", of: Document.self, in: store)
        try await things.createIndexes(DocumentIndex(DocumentOrder("a"), isUnique: true))
        let error = try await #require(throws: StorageError.self) {
            try await store.withTransaction { transaction in
                try await things.in(transaction).insert(["_id": 1, "a": 1])
                try await Task.detached {
                    _ = try await things.insert(["_id": 2, "a": 1])
                }.value
            }
        }
        #expect(error.code == .conflict)
        #expect(try await things.first(.all) == ["_id": 2, "a": 1])
        try await store.withTransaction { transaction in
            _ = try await things.in(transaction).insert(["_id": 3, "a": 3])
        }
        #expect(try await things.explain(.field("a", .equal(3))).indexes == ["a_1"])
        #expect(try await things.count(.field("a", .equal(3))) == 1)
    }

    @Test("what has expired is gone with the next transaction, and takes no unique value")
    func expired() async throws {
        let now = Mutex<Int64>(0)
        let store = InMemoryDocumentStore(now: {
            DocumentDate(millisecondsSince1970: now.withLock { $0 })
        })
        let things = DocumentCollection("things", of: Document.self, in: store)
        try await things.createIndexes(
            DocumentIndex(DocumentOrder("t"), expireAfter: .seconds(10)),
            DocumentIndex(DocumentOrder("a"), isUnique: true))
        let start = DocumentValue.date(DocumentDate(millisecondsSince1970: 0))
        try await things.insert(["_id": 1, "a": 1, "t": start])
        now.withLock { $0 = 20_000 }
        try await store.withTransaction { transaction in
            let inside = things.in(transaction)
            #expect(try await inside.count(.all) == 0)
            try await inside.insert(["_id": 2, "a": 1])
        }
        #expect(try await things.count(.all) == 1)
    }

    @Test("a transaction is refused what an index or a schema refuses")
    func refuses() async throws {
        let store = InMemoryDocumentStore()
        let things = DocumentCollection("things", of: Document.self, in: store)
        try await things.createIndexes(DocumentIndex(DocumentOrder("a"), isUnique: true))
        try await things.setValidation(DocumentValidation(.document([.required("a")])))
        try await things.insert(["_id": 1, "a": 1])
        let refused: [(Document, StorageError.Code)] = [
            (["_id": 2, "a": 1], .alreadyExists), (["_id": 2], .constraintViolation),
        ]
        for (document, code) in refused {
            let error = try await #require(throws: StorageError.self) {
                try await store.withTransaction { transaction in
                    _ = try await things.in(transaction).insert(document)
                }
            }
            #expect(error.code == code)
        }
    }

    @Test("what expires is in the feed, and a transaction sees it as long as it goes on")
    func expires() async throws {
        let now = Mutex<Int64>(0)
        let store = InMemoryDocumentStore(now: {
            DocumentDate(millisecondsSince1970: now.withLock { $0 })
        })
        let things = DocumentCollection("things", of: Document.self, in: store)
        try await things.createIndexes(
            DocumentIndex(DocumentOrder("t"), expireAfter: .seconds(1)))
        try await things.insert(["_id": 1, "t": .date(DocumentDate(millisecondsSince1970: 0))])
        var events = try await things.changes().makeAsyncIterator()
        try await store.withTransaction { transaction in
            let inside = things.in(transaction)
            let before = try await inside.count(.all)
            now.withLock { $0 = 1_000 }
            let after = try await inside.count(.all)
            #expect([before, after] == [1, 1])
        }
        #expect(try await things.count(.all) == 0)
        let event = try #require(try await events.next())
        guard case .deleted = try event.change else {
            Issue.record("no removal: \(event)")
            return
        }
    }
}
