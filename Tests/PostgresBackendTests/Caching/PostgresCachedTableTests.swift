import Foundation
import PostgresBackend
import StorageKit
import StorageKitTesting
import TestSupport
import Testing

@Suite(
    "A cached PostgreSQL table",
    .enabled(if: TestServer.postgres.isExpected, TestServer.remedy), .timeLimit(.minutes(5)))
struct PostgresCachedTableTests {
    @Test("as on every relational store", arguments: CachedTableCase.allCases)
    func table(scene: CachedTableCase) async throws {
        try await PostgresWorld.with { try await scene.run(on: $0) }
    }

    @Test(
        "is read by version whatever the type of its integers",
        arguments: ["SMALLINT", "INTEGER", "BIGINT"])
    func integers(type: String) async throws {
        try await PostgresWorld.with { database in
            let memos = try await CachedMemos(on: database, integer: SQL(verbatim: type))
            try await memos.conditionalRead()
        }
    }

    /// A memo under another type of key.
    struct Leaf<Key: SQLConvertible & Hashable & Codable & Sendable>: Codable, VersionedEntity,
        Equatable
    {
        var id: Key
        var text: String?
        var version = 0
    }

    private func readsByVersion<Key: SQLConvertible & Hashable & Codable & Sendable>(
        _ key: Key, _ type: SQL
    ) async throws {
        try await PostgresWorld.with { database in
            try await database.execute(
                """
                CREATE TABLE leaf (id \(type) PRIMARY KEY, text TEXT, version INTEGER NOT NULL)
                """)
            let table = TableRepository("leaf", of: Leaf<Key>.self, in: database)
            try await table.insert(Leaf(id: key))
            #expect(try await table.get(key, unlessVersion: CacheVersion(0)) == .unchanged)
            try await table.replace(Leaf(id: key, text: "b"))
            #expect(
                try await table.get(key, unlessVersion: CacheVersion(0))
                    == .changed(Leaf(id: key, text: "b", version: 1)))
            try await table.delete(key)
            #expect(try await table.get(key, unlessVersion: CacheVersion(1)) == .absent)
        }
    }

    @Test("is read by version whatever the type of its key")
    func keys() async throws {
        try await readsByVersion("a key", "TEXT")
        try await readsByVersion(UUID(), "UUID")
        try await readsByVersion(-1, "BIGINT")
    }

    @Test("whose commit is of unknown outcome is read past the cache for a while, then kept again")
    func unknownCommit() async throws {
        let server = try await PostgresServerProcess.start()
        let proxy = try TCPProxy(to: server.port)
        let database = try PostgresDatabase(server.url(port: proxy.port))
        let memos = try await CachedMemos(on: database)
        let repository = memos.repository { $0.unknownWriteTime = .seconds(30) }
        _ = try await repository.get([1, 2])
        let error = await #expect(throws: StorageError.self) {
            try await repository.withTransaction { inner, _ in
                try await inner.replace(Memo(id: 1, text: "b"))
                proxy.cut(.resetting, after: 0, .fromServer)
            }
        }
        #expect(error?.mayHaveBeenApplied == true)
        let written = Memo(id: 1, text: "b", version: 1)
        for _ in 0..<2 {
            let read = try await repository.read(1)
            #expect(read.entity == written && read.source == .primary)
        }
        #expect(try await repository.read(2).source == .cache)
        memos.clock.advance(by: .seconds(30))
        // By a reader or in the background it is invalidated once more, and then kept.
        try await reached {
            let read = try await repository.read(1)
            return read.entity == written && read.source == .cache
        }
        // Entries of a minute: the other one is still there.
        #expect(try await repository.read(2).source == .cache)
        await database.close()
        server.kill()
    }

    @Test("keeps out what a standby that lags has, and has the new version once it is there")
    func laggingStandby() async throws {
        let world = try await ReplicaWorld(commit: "local")
        let onPrimary = try await CachedMemos(on: world.database)
        try await reached {
            try await world.onStandby.first(
                "SELECT count(*) FROM pg_class WHERE relname = 'memo'", as: Int.self) == 1
        }
        let primary = ReadingElsewhere(
            writing: onPrimary.table, reading: onPrimary.table.on(world.database.reading))
        try await reached { try await primary.get([1, 2]).count == 2 }
        var policy = CachePolicy(timeToLive: .seconds(60))
        policy.replicaLag = .seconds(10)
        let memos = CachedRepository(
            primary: primary, cache: onPrimary.cache, policy: policy
        ).versioned()
        #expect(try await memos.get(1)?.text == "a")
        try await world.onStandby.execute("SELECT pg_wal_replay_pause()")
        try await reached {
            try await world.onStandby.first(
                "SELECT pg_get_wal_replay_pause_state()", as: String.self)
                == "paused"
        }
        let new = Memo(id: 1, text: "b", version: 1)
        try await memos.replace(Memo(id: 1, text: "b"))
        #expect(try await memos.read(1) == CachedRead(entity: new, source: .cache))
        // Evicted: the standby's old version must not take its place.
        memos.cache.invalidate([1])
        #expect(try await memos.get(1)?.text == "a", "who asks the standby is given what it has")
        #expect(memos.cache.get(1) == nil && memos.cache.statistics.rejectedFills == 1)
        try await world.onStandby.execute("SELECT pg_wal_replay_resume()")
        try await reached { try await memos.get(1) == new }
        #expect(try await memos.read(1) == CachedRead(entity: new, source: .cache))
        await world.end()
    }
}

/// A table that is written at the primary and read at a standby.
private struct ReadingElsewhere<Database: UpsertQuerying, Standby: UpsertQuerying>: Repository {
    let writing: TableRepository<Database, Memo>
    let reading: TableRepository<Standby, Memo>

    var limits: RepositoryLimits { writing.limits }

    func get(_ id: Int) async throws(StorageError) -> Memo? { try await reading.get(id) }

    func get(_ ids: [Int]) async throws(StorageError) -> [Int: Memo] { try await reading.get(ids) }

    func insert(_ memo: Memo) async throws(StorageError) { try await writing.insert(memo) }

    func replace(_ memo: Memo) async throws(StorageError) { try await writing.replace(memo) }

    func upsert(_ memo: Memo) async throws(StorageError) { try await writing.upsert(memo) }

    func delete(_ id: Int) async throws(StorageError) -> Bool { try await writing.delete(id) }

    func scan(after id: Int?, limit: Int) async throws(StorageError) -> Page<Memo, Int> {
        try await reading.scan(after: id, limit: limit)
    }
}
