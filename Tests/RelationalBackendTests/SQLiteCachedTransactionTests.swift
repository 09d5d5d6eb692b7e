import RelationalBackend
import StorageKit
import Testing

@Suite("A cached SQLite table", .nothingLeftOpen, .timeLimit(.minutes(2)))
struct SQLiteCachedTransactionTests {
    struct Memo: Codable, VersionedEntity, Hashable, Sendable {
        var id: Int
        var text: String?
        var version = 0
    }

    struct Undone: Error {}

    typealias Memos = CachedRepository<
        TableRepository<SQLiteDatabase, Memo>, InMemoryCache<Int, Memo>
    >

    private func withMemos(_ body: (Memos, SQLiteDatabase) async throws -> Void) async throws {
        let database = SQLiteDatabase(.memory)
        try await database.execute(
            script:
                "CREATE TABLE memo (id INTEGER PRIMARY KEY, text TEXT, version INTEGER NOT NULL)"
        )
        let table = TableRepository("memo", of: Memo.self, in: database)
        try await table.insert(Memo(id: 1, text: "a"))
        try await table.insert(Memo(id: 2))
        try await body(Memos(primary: table, cache: InMemoryCache(capacity: 10)), database)
        await database.close()
    }

    @Test("has what a transaction wrote after its commit, and not before")
    func commit() async throws {
        try await withMemos { memos, _ in
            _ = try await memos.get([1, 2])
            let cache = memos.cache
            try await memos.withTransaction { memos, _ in
                try await memos.replace(Memo(id: 1, text: "b"))
                #expect(try await memos.get(1)?.text == "b", "it sees what it wrote")
                #expect(cache.get(1)?.value?.text == "a", "and nobody else does")
                #expect(try await memos.get(3) == nil)
            }
            #expect(cache.get(1) == nil && cache.get(2) != nil)
            #expect(try await memos.get(1) == Memo(id: 1, text: "b", version: 1))
        }
    }

    @Test("keeps nothing that a transaction read or wrote before its rollback")
    func rollback() async throws {
        try await withMemos { memos, _ in
            await #expect(throws: Undone.self) {
                try await memos.withTransaction { memos, _ in
                    try await memos.replace(Memo(id: 1, text: "b"))
                    _ = try await memos.get([1, 2])
                    throw Undone()
                }
            }
            #expect(memos.cache.count == 0)
            let text = try await memos.get(1)?.text
            #expect(text == "a")
            #expect(memos.cache.statistics.doubts == 0, "rolled back: nothing can land any more")
            #expect(memos.cache.get(1) != nil)
        }
    }

    @Test("is passed by for a while when the transaction throws what says nothing of its outcome")
    func silentCommit() async throws {
        try await withMemos { memos, database in
            await #expect(throws: Undone.self) {
                try await CacheTransaction.run { scope in
                    try await database.withTransaction { connection in
                        let memos = try memos.within(scope, primary: memos.primary.on(connection))
                        try await memos.replace(Memo(id: 1, text: "b"))
                    }
                    throw Undone()
                }
            }
            let text = try await memos.get(1)?.text
            #expect(text == "b")
            #expect(memos.cache.get(1) == nil)
        }
    }

    @Test("hears of a transaction over several repositories, and of its rollback")
    func several() async throws {
        try await withMemos { memos, database in
            _ = try await memos.get([1, 2])
            for fails in [true, false] {
                try? await CacheTransaction.run(in: database) { scope, connection in
                    let table = memos.primary.on(connection)
                    try await memos.within(scope, primary: table).delete(1)
                    try await memos.within(scope, primary: table).delete(2)
                    if fails { throw Undone() }
                }
                #expect(memos.cache.count == 0)
                #expect(memos.cache.statistics.doubts == 0)
                let found = try await memos.get([1, 2])
                #expect(found.count == (fails ? 2 : 0))
            }
        }
    }

    @Test("hears of statements of the body's own when they are noted")
    func statements() async throws {
        try await withMemos { memos, _ in
            _ = try await memos.get(1)
            try await memos.withTransaction { memos, connection in
                try await memos.noteWrite(1)
                try await connection.execute(
                    "UPDATE memo SET text = 'c', version = version + 1 WHERE id = 1")
            }
            #expect(try await memos.get(1)?.text == "c")
        }
    }

    @Test("sends an entity only to who has another version of it, NULLs included")
    func conditional() async throws {
        try await withMemos { memos, _ in
            let table = memos.primary
            #expect(try await table.get(1, unlessVersion: CacheVersion(0)) == .unchanged)
            #expect(try await table.get(2, unlessVersion: CacheVersion(0)) == .unchanged)
            #expect(try await table.get(9, unlessVersion: CacheVersion(0)) == .absent)
            try await table.replace(Memo(id: 2))
            #expect(
                try await table.get(2, unlessVersion: CacheVersion(0))
                    == .changed(Memo(id: 2, version: 1)))
            #expect(table.version(of: Memo(id: 1, version: 4)) == CacheVersion(4))
        }
    }
}
