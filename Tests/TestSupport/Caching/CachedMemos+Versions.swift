import StorageKit
import StorageKitTesting
import Testing

extension CachedMemos {
    package func conditionalRead() async throws {
        #expect(try await table.get(1, unlessVersion: CacheVersion(0)) == .unchanged)
        #expect(try await table.get(2, unlessVersion: CacheVersion(0)) == .unchanged)
        #expect(try await table.get(9, unlessVersion: CacheVersion(0)) == .absent)
        try await table.replace(Memo(id: 2))
        let changed = ConditionalRead.changed(Memo(id: 2, version: 1))
        // Also for versions that no row has, at the ends of what a version can be.
        for other in [0, 2, -1, .min, .max] as [Int64] {
            #expect(try await table.get(2, unlessVersion: CacheVersion(other)) == changed)
        }
        #expect(table.version(of: Memo(id: 1, version: 4)) == CacheVersion(4))
    }

    // MARK: Writing through

    func writeThrough() async throws {
        let memos = repository().versioned()
        _ = try await memos.get(1)
        for version in 0..<3 {
            try await memos.replace(Memo(id: 1, text: "\(version)", version: version))
            let read = try await memos.read(1)
            #expect(read.source == .cache)
            #expect(read.entity == Memo(id: 1, text: "\(version)", version: version + 1))
            #expect(try await table.get(1) == read.entity, "as the table has it")
        }
        try await memos.insert(Memo(id: 3, text: "new", version: 7))
        #expect(try await memos.get(3) == Memo(id: 3, text: "new", version: 7))
        #expect(try await table.get(3) == Memo(id: 3, text: "new", version: 7))
    }

    func conflict() async throws {
        let memos = repository().versioned()
        _ = try await memos.get(1)
        try await writeForeign(1, "foreign")
        #expect(try await memos.get(1)?.text == "a", "nobody has said anything")
        let error = await #expect(throws: StorageError.self) {
            try await memos.replace(Memo(id: 1, text: "mine"))
        }
        #expect(error?.code == .conflict)
        #expect(cache.get(1) == nil, "the conflict has")
        #expect(try await memos.get(1) == Memo(id: 1, text: "foreign", version: 1))
    }

    func unknownVersion() async throws {
        let memos = repository().versioned()
        _ = try await memos.get([1, 2])
        try await memos.upsert(Memo(id: 1, text: "b"))
        try await memos.delete(2)
        #expect(cache.count == 0)
        #expect(try await memos.get(1) == Memo(id: 1, text: "b", version: 1))
        #expect(try await memos.get(2) == nil)
    }

    // MARK: Reading again

    /// A repository whose old entries are answers for an hour while they are read again.
    private var renewing: Repository {
        repository { $0.staleWhileRevalidating = .seconds(3600) }.revalidatingByVersion()
    }

    /// Lets the entries grow old, reads one, and waits until it was read again.
    private func readAgain(_ id: Int, _ memos: Repository) async throws -> Memo? {
        clock.advance(by: .seconds(61))
        let read = try await memos.read(id)
        #expect(read.source == .stale)
        while cache.get(id)?.isStale == true { await Task.yield() }
        return read.entity
    }

    func revalidation() async throws {
        let memos = renewing
        let before = try await memos.get([1, 2])
        for round in 1...3 {
            for id in 1...2 { #expect(try await readAgain(id, memos) == before[id]) }
            #expect(cache.statistics.notModified == 2 * round)
        }
        let read = try await memos.read(2)
        #expect(read.source == .cache && read.entity == before[2])
        // The other one has grown old meanwhile: it is the same in the foreground.
        let waiting = repository { $0.staleIfPrimaryFails = .seconds(3600) }.revalidatingByVersion()
        let again = try await waiting.read(1)
        #expect(again.entity == before[1] && again.source == .primary)
        #expect(cache.statistics.notModified == 7)
    }

    func changed() async throws {
        let memos = renewing
        _ = try await memos.get([1, 2])
        try await writeForeign(1, "foreign")
        #expect(try await readAgain(1, memos)?.text == "a")
        #expect(try await memos.get(1) == Memo(id: 1, text: "foreign", version: 1))
        try await database.execute("DELETE FROM memo WHERE id = 2")
        #expect(try await readAgain(2, memos) == Memo(id: 2))
        #expect(try await memos.get(2) == nil)
        #expect(cache.statistics.notModified == 0)
    }

    func versionedRevalidation() async throws {
        let memos = renewing.versioned()
        _ = try await memos.get(1)
        try await memos.replace(Memo(id: 1, text: "b"))
        let written = Memo(id: 1, text: "b", version: 1)
        #expect(try await memos.read(1).source == .cache)
        #expect(try await readAgain(1, memos) == written)
        #expect(cache.statistics.notModified == 1, "what was written through is known by version")
        #expect(try await memos.get(1) == written)
        try await memos.replace(Memo(id: 1, text: "c", version: 1))
        #expect(try await memos.get(1) == Memo(id: 1, text: "c", version: 2))
    }
}
