import ExampleSupport
import StorageKit

/// The same list in another process, where the cache is one that processes share.
struct Neighbour<Database: RelationalStore & UpsertQuerying, Store: Cache<String, Todo>> {
    let list: TodoList<Database, Store>
    /// How often what it asked for was in its own memory.
    let hitsInMemory: @Sendable () -> Int
}

// What only a cache that processes share can show.
extension Scenes {
    /// Another process reads what this one has read, and hears of what this one writes.
    func meet(_ neighbour: Neighbour<Database, Store>, at id: Int) async throws {
        terminal.title("Another process, with a connection and a memory of its own")
        let todo = Todo(id: id, title: "Tell the neighbours", done: false)
        try await list.todos.insert(todo)
        try await read(id, expecting: .primary, todo, "this process asked the database")
        let reads = neighbour.list.databaseReads
        let time = try await repeating("get the task") { try await neighbour.get(id) == todo }
        terminal.step("it gets task \(id)", .hit, time, "it was in Redis")
        let local = try await timeInMemory(neighbour, id)
        terminal.step("and again", .hit, local, "it was in its memory, no round trip")
        try Unexpected.unless(
            neighbour.list.databaseReads == reads, "the other process asked the database")
        let completed = Todo(id: id, title: todo.title, done: true)
        try await list.todos.replace(completed)
        terminal.step("complete task \(id)", .done, nil, "here; the other process is told")
        let heard = try await repeating("hear of it") { try await neighbour.get(id) == completed }
        terminal.step("it has the new value", .done, heard, "a second is the bound")
    }

    /// The time of a read that needs no round trip: until the process is sure that it hears of what
    /// others write, it asks Redis.
    private func timeInMemory(
        _ neighbour: Neighbour<Database, Store>, _ id: Int
    ) async throws -> Duration {
        var time = Duration.zero
        _ = try await repeating("have the task in its memory") {
            let (hits, start) = (neighbour.hitsInMemory(), ContinuousClock.now)
            _ = try await neighbour.get(id)
            time = ContinuousClock.now - start
            return neighbour.hitsInMemory() > hits
        }
        return time
    }

    /// How long it takes until the body says yes.
    private func repeating(
        _ what: String, until body: () async throws -> Bool
    ) async throws -> Duration {
        let start = ContinuousClock.now
        while try await !body() {
            try Unexpected.unless(
                ContinuousClock.now - start < .seconds(10),
                "after ten seconds the other process did not \(what)")
            await Task.yield()
        }
        return ContinuousClock.now - start
    }
}

extension Neighbour {
    fileprivate func get(_ id: Int) async throws(StorageError) -> Todo? {
        try await list.todos.get(id)
    }
}
