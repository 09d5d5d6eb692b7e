import StorageKit

/// The to-do list: a database has the truth, a cache in this process remembers what was read.
///
/// This is all the code that the classic assignment needs. The keys in the cache are `todo:<id>`,
/// an entry lives for 60 seconds, and every write invalidates: `CachedRepository` does both. It
/// says nothing of which database it is.
struct TodoList<Database: RelationalStore & UpsertQuerying>: Sendable {
    let database: Database
    let todos:
        CachedRepository<
            CountingRepository<TableRepository<Database, Todo>>, InMemoryCache<String, Todo>
        >

    init(_ database: Database) {
        self.database = database
        let table = TableRepository(Todos.name, of: Todo.self, in: database)
        todos = CachedRepository(
            primary: CountingRepository(table), cache: InMemoryCache(capacity: 10_000),
            namespace: "todo", timeToLive: .seconds(60))
    }

    /// How often the database was asked for tasks by their ids.
    var databaseReads: Int { todos.primary.reads }

    /// Makes the table where it is missing.
    func prepare() async throws(StorageError) {
        try await database.execute(
            """
            CREATE TABLE IF NOT EXISTS todo (
                id BIGINT PRIMARY KEY, title TEXT NOT NULL, done BOOLEAN NOT NULL
            )
            """)
    }

    /// The largest id in use, 0 in an empty list.
    func lastID() async throws(StorageError) -> Int {
        try await database.first("SELECT coalesce(max(id), 0) FROM todo", as: Int.self) ?? 0
    }

    /// Adds tasks that are not done, all or none.
    ///
    /// New tasks cannot be in the cache, so this goes past it, straight to the table.
    func add(ids: Range<Int>, title: (Int) -> String) async throws(StorageError) {
        let tasks = ids.map { Todo(id: $0, title: title($0), done: false) }
        try await database.execute(Todos.insert(tasks))
    }

    func close() async { await database.close() }
}
