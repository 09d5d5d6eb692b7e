import StorageKit
import StorageKitTesting
import Testing

private struct Undone: Error {}

extension CachedMemos {
    func commit() async throws {
        let (memos, cache) = (repository(), cache)
        _ = try await memos.get([1, 2])
        try await memos.withTransaction { memos, _ in
            try await memos.replace(Memo(id: 1, text: "b"))
            #expect(try await memos.get(1)?.text == "b", "it sees what it wrote")
            #expect(cache.get(1)?.value?.text == "a", "and nobody else does")
            #expect(try await memos.get(3) == nil)
        }
        #expect(cache.get(1) == nil && cache.get(2) != nil)
        #expect(try await memos.get(1) == Memo(id: 1, text: "b", version: 1))
    }

    func rollback() async throws {
        let memos = repository()
        await #expect(throws: Undone.self) {
            try await memos.withTransaction { memos, _ in
                try await memos.replace(Memo(id: 1, text: "b"))
                _ = try await memos.get([1, 2])
                throw Undone()
            }
        }
        #expect(cache.count == 0)
        #expect(try await memos.get(1)?.text == "a")
        #expect(cache.statistics.doubts == 0, "rolled back: nothing can land any more")
        #expect(cache.get(1) != nil)
    }

    func silentCommit() async throws {
        let memos = repository()
        await #expect(throws: Undone.self) {
            try await CacheTransaction.run { scope in
                try await database.withTransaction { connection in
                    let memos = try memos.within(scope, primary: memos.primary.on(connection))
                    try await memos.replace(Memo(id: 1, text: "b"))
                }
                throw Undone()
            }
        }
        #expect(try await memos.get(1)?.text == "b")
        #expect(cache.get(1) == nil)
    }

    func several() async throws {
        let memos = repository()
        _ = try await memos.get([1, 2])
        for fails in [true, false] {
            try? await CacheTransaction.run(in: database) { scope, connection in
                let table = memos.primary.on(connection)
                try await memos.within(scope, primary: table).delete(1)
                try await memos.within(scope, primary: table).delete(2)
                if fails { throw Undone() }
            }
            #expect(cache.count == 0)
            #expect(cache.statistics.doubts == 0)
            #expect(try await memos.get([1, 2]).count == (fails ? 2 : 0))
        }
    }

    func notedStatements() async throws {
        let memos = repository()
        _ = try await memos.get(1)
        try await memos.withTransaction { memos, connection in
            try await memos.noteWrite(1)
            try await connection.execute(
                "UPDATE memo SET text = 'c', version = version + 1 WHERE id = 1")
        }
        #expect(try await memos.get(1)?.text == "c")
    }

    /// Whoever reads meanwhile is given what is committed, and it does not stay.
    func strictTransaction() async throws {
        let (memos, cache) = (repository().strict(), cache)
        _ = try await memos.get([1, 2])
        try await memos.withTransaction { inner, _ in
            try await inner.replace(Memo(id: 1, text: "b"))
            #expect(cache.get(1) == nil, "nothing is served under the barrier")
            // Detached: inside the body its own connection is the only one.
            let outside = try await Task.detached { try await memos.read(1) }.value
            #expect(outside.entity == Memo(id: 1, text: "a") && outside.source == .primary)
            #expect(cache.get(1) == nil, "nor kept")
        }
        #expect(try await memos.read(1).source == .primary)
        #expect(try await memos.get(1) == Memo(id: 1, text: "b", version: 1))
        #expect(try await memos.read(1).source == .cache, "the barrier has ended")
        #expect(try await memos.read(2).source == .cache, "the other entity had none")
    }

    func versionedTransaction() async throws {
        let memos = repository().versioned()
        _ = try await memos.get([1, 2])
        let written = try await memos.withTransaction { memos, _ in
            try await memos.replace(Memo(id: 1, text: "b"))
            try await memos.replace(Memo(id: 1, text: "c", version: 1))
            try await memos.delete(2)
            return try await memos.get(1)
        }
        #expect(cache.count == 0)
        #expect(written == Memo(id: 1, text: "c", version: 2))
        #expect(try await memos.get(1) == written)
        #expect(try await memos.get(2) == nil)
    }
}
