import ExampleSupport
import StorageKit
import StorageKitInMemory
import StorageKitTesting

extension RaceScene {
    /// The race within one process, whose caches have a clock that the scene moves.
    static func inMemory<Database: RelationalStore & UpsertQuerying>(
        _ list: TodoList<Database>, databaseName: String, _ terminal: Terminal
    ) async throws -> RaceScene {
        terminal.title("A race, in \(databaseName) behind a cache in process memory")
        let (table, todo) = try await prepare(list)
        let clock = ManualClock()
        let store = InMemoryKeyValueStore(clock: clock)
        let cache = InMemoryCache<String, Todo>(capacity: 100, clock: clock)
        return RaceScene(
            todo: todo,
            naive: .naive(table, readers: store, writer: store),
            ours: .ours(table, readers: cache, writer: cache),
            afterwards: .passing(clock),
            reset: { () throws(StorageError) in try await table.upsert(todo) })
    }

    /// The table, and a task that nobody has seen yet.
    private static func prepare<Database: RelationalStore & UpsertQuerying>(
        _ list: TodoList<Database>
    ) async throws -> (TableRepository<Database, Todo>, Todo) {
        try await list.prepare()
        let table = TableRepository(Todos.name, of: Todo.self, in: list.database)
        let id = try await list.lastID().addingReportingOverflow(1)
        try Unexpected.unless(!id.overflow, "the ids in this database leave no room for another")
        return (table, Todo(id: id.partialValue, title: "Everybody wants this", done: false))
    }
}
