import RelationalBackend
import StorageKit

/// The to-do list: SQLite has the truth, a cache in this process remembers what was read.
///
/// This is all the code that the classic assignment needs. The keys in the cache are `todo:<id>`,
/// an entry lives for 60 seconds, and every write invalidates: `CachedRepository` does both.
struct TodoList: Sendable {
    let database: SQLiteDatabase
    let todos:
        CachedRepository<
            CountingRepository<SQLiteTable<Todo>>, InMemoryCache<String, Todo>
        >

    init(path: String) {
        database = SQLiteDatabase(.file(path))
        let table = SQLiteTable<Todo>("todo", in: database)
        todos = CachedRepository(
            primary: CountingRepository(table), cache: InMemoryCache(capacity: 10_000),
            namespace: "todo", timeToLive: .seconds(60))
    }

    /// How often the database was asked for tasks by their ids.
    var databaseReads: Int { todos.primary.reads }

    /// Makes the table where it is missing.
    func prepare() async throws(StorageError) {
        try await database.execute(
            script: """
                CREATE TABLE IF NOT EXISTS todo (
                    id INTEGER PRIMARY KEY, title TEXT NOT NULL, done INTEGER NOT NULL
                ) STRICT
                """)
    }

    /// The largest id in use, 0 in an empty list.
    func lastID() async throws(StorageError) -> Int {
        try await database.first("SELECT coalesce(max(id), 0) FROM todo", as: Int.self) ?? 0
    }

    /// Adds tasks that are not done, all in one transaction.
    ///
    /// New tasks cannot be in the cache, so this goes past it, straight to the table.
    func add(ids: Range<Int>, title: @escaping @Sendable (Int) -> String) async throws {
        try await database.write { connection in
            let insert = try connection.prepare(
                """
                INSERT INTO todo (id, title, done) \
                VALUES (\(SQL.placeholder), \(SQL.placeholder), \(false))
                """)
            for id in ids { try insert.execute(id, title(id)) }
        }
    }

    func close() async { await database.close() }
}
