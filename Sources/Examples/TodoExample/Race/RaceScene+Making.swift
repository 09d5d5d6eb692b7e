import ExampleSupport
import KeyValueBackend
import StorageKit
import StorageKitInMemory
import StorageKitTesting

extension RaceScene {
    /// The race within one process, whose caches have a clock that the scene moves.
    static func inMemory(
        in database: some RelationalStore & UpsertQuerying, databaseName: String,
        _ terminal: Terminal
    ) async throws -> RaceScene {
        terminal.title("A race, in \(databaseName) behind a cache in process memory")
        let (table, todo) = try await prepare(database)
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

    /// The race between two processes that share a Redis: Ben's, and everybody else's.
    static func play(
        in database: some RelationalStore & UpsertQuerying, _ databaseName: String,
        on redis: RedisPair, _ terminal: Terminal
    ) async throws {
        terminal.title("A race of two processes, in \(databaseName) behind a cache in Redis")
        let (table, todo) = try await prepare(database)
        let stores = [redis.first, redis.second].map { $0.namespace("todo-example-naive:") }
        let caches = [redis.first, redis.second].map { TwoTiers.makeShared(redis: $0) }
        let forget: @Sendable () async throws(StorageError) -> Void = {
            () async throws(StorageError) in
            try await stores[0].delete("todo:\(todo.id)")
            try await caches[0].removeAll()
        }
        try await forget()
        let scene = RaceScene(
            todo: todo,
            naive: .naive(table, readers: stores[0], writer: stores[1]),
            ours: .ours(table, readers: caches[0], writer: caches[1]),
            afterwards: .asking { id throws(StorageError) in
                try await stores[0].timeToLive(of: "todo:\(id)")
            },
            reset: { () throws(StorageError) in try await table.upsert(todo) })
        try await scene.play(terminal)
        try await forget()
    }

    /// The table, and a task that nobody has seen yet.
    private static func prepare<Database: RelationalStore & UpsertQuerying>(
        _ database: Database
    ) async throws -> (TableRepository<Database, Todo>, Todo) {
        try await Todos.create(in: database)
        let id = try await Todos.lastID(in: database).addingReportingOverflow(1)
        try Unexpected.unless(!id.overflow, "the ids in this database leave no room for another")
        let table = TableRepository(Todos.name, of: Todo.self, in: database)
        return (table, Todo(id: id.partialValue, title: "Everybody wants this", done: false))
    }
}
