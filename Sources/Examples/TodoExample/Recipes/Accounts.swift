import StorageKit

/// An account whose balance nobody may see going back.
struct Account: Codable, Equatable, Sendable, VersionedEntity {
    var id: Int
    var balance: Int
    var version = 0
}

enum Accounts {
    /// Makes the table where it is missing.
    static func create(in database: some RelationalStore) async throws(StorageError) {
        try await database.execute(
            """
            CREATE TABLE IF NOT EXISTS account (
                id BIGINT PRIMARY KEY, balance BIGINT NOT NULL, version BIGINT NOT NULL
            )
            """)
    }

    /// The accounts of a database, read through a cache that knows barriers and versions.
    static func cached<Database, Store>(
        in database: Database, cache: Store
    ) -> CachedRepository<TableRepository<Database, Account>, Store>
    where
        Database: RelationalStore & UpsertQuerying, Store: BarrierCache & VersionedCache,
        Store.Key == String, Store.Value == Account
    {
        var policy = CachePolicy(timeToLive: .seconds(300))
        policy.barrierTime = .seconds(10)  // longer than any write takes
        return CachedRepository(
            primary: TableRepository("account", of: Account.self, in: database), cache: cache,
            namespace: "account", policy: policy
        ).versioned().strict()
    }
}
