package import StorageKit
package import StorageKitTesting

/// What the tables of ``CachedTableCase`` hold.
package struct Memo: Codable, VersionedEntity, Hashable, Sendable {
    package var id: Int
    package var text: String?
    package var version: Int

    package init(id: Int, text: String? = nil, version: Int = 0) {
        self.id = id
        self.text = text
        self.version = version
    }
}

/// Two memos in a table, behind a cache of this process.
package struct CachedMemos<Database: RelationalStore & UpsertQuerying>: Sendable
where Database.Connection: UpsertQuerying {
    package typealias Repository = CachedRepository<
        TableRepository<Database, Memo>, InMemoryCache<Int, Memo>
    >

    package let database: Database
    package let clock: ManualClock
    package let table: TableRepository<Database, Memo>
    package let cache: InMemoryCache<Int, Memo>

    /// Makes the table and its rows: 1 with a text, 2 without one.
    ///
    /// - Parameter integer: The type of its columns of integers.
    package init(on database: Database, integer: SQL = "INTEGER") async throws {
        let clock = ManualClock()
        self.database = database
        self.clock = clock
        table = TableRepository("memo", in: database)
        cache = InMemoryCache(capacity: 100, clock: clock)
        try await database.execute(
            """
            CREATE TABLE memo (
                id \(integer) PRIMARY KEY, text TEXT, version \(integer) NOT NULL
            )
            """)
        try await table.insert(Memo(id: 1, text: "a"))
        try await table.insert(Memo(id: 2))
    }

    /// A repository whose entries live for a minute.
    package func repository(_ change: (inout CachePolicy) -> Void = { _ in }) -> Repository {
        var policy = CachePolicy(timeToLive: .seconds(60))
        change(&policy)
        return Repository(primary: table, cache: cache, policy: policy)
    }

    /// Changes a text past the cache and, as every foreign writer should, counts the version up.
    package func writeForeign(_ id: Int, _ text: String) async throws {
        try await database.execute(
            "UPDATE memo SET text = \(text), version = version + 1 WHERE id = \(id)")
    }
}
