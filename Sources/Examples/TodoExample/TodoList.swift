import StorageKit

/// The to-do list: a database has the truth, a cache remembers what was read.
///
/// This is all the code that the classic assignment needs. The keys in the cache are `todo:<id>`,
/// an entry lives for 60 seconds, and every write invalidates: `CachedRepository` does both. It
/// says nothing of which database it is, and nothing of where the cache is.
struct TodoList<Database: RelationalStore & UpsertQuerying, Store: Cache<String, Todo>>: Sendable {
    let database: Database
    let todos: CachedRepository<CountingRepository<TableRepository<Database, Todo>>, Store>

    init(_ database: Database, cache: Store) {
        self.database = database
        let table = TableRepository(Todos.name, of: Todo.self, in: database)
        todos = CachedRepository(
            primary: CountingRepository(table), cache: cache, namespace: "todo",
            timeToLive: .seconds(60))
    }

    /// How often the database was asked for tasks by their ids.
    var databaseReads: Int { todos.primary.reads }

    /// Adds tasks that are not done, all or none.
    ///
    /// New tasks cannot be in the cache, so this goes past it, straight to the table.
    func add(ids: Range<Int>, title: (Int) -> String) async throws(StorageError) {
        let tasks = ids.map { Todo(id: $0, title: title($0), done: false) }
        try await database.execute(Todos.insert(tasks))
    }
}
