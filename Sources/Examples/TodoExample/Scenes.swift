import ExampleSupport
import StorageKit

/// The steps of the example, each checked.
struct Scenes<Database: RelationalStore & UpsertQuerying, Store: Cache<String, Todo>> {
    let list: TodoList<Database, Store>
    /// The same list in another process, where the cache is one that processes share.
    var neighbour: Neighbour<Database, Store>?
    /// What the database and the caches are called.
    let names: (database: String, cache: String)
    let count: Int
    let terminal: Terminal

    func play() async throws {
        try await Todos.create(in: list.database)
        let first = try await addTasks()
        try await readTwice(first)
        try await complete(first)
        try await delete(first)
        try await stampede()
        if let neighbour {
            try await meet(neighbour, at: Todos.lastID(in: list.database) + 1)
        }
        printStatistics()
    }

    // MARK: The scenes

    /// Adds the tasks in pages of one transaction each; returns the first new id.
    private func addTasks() async throws -> Int {
        terminal.title("A to-do list in \(names.database), read through \(names.cache)")
        let (first, overflows) = try await Todos.lastID(in: list.database).addingReportingOverflow(
            1)
        // Two more than `count`: the last scenes add tasks as well.
        try check(
            !overflows && first.addingReportingOverflow(count + 1).overflow == false,
            "the ids in this database leave no room for \(count.grouped) more")
        let start = ContinuousClock.now
        let page = 1000
        for offset in stride(from: 0, to: count, by: page) {
            let ids = (first + offset)..<(first + min(offset + page, count))
            try await list.add(ids: ids, title: Self.title)
            if count > 10_000 { terminal.progress(ids.upperBound - first, of: count) }
        }
        terminal.step("add \(count.grouped) tasks", .done, ContinuousClock.now - start, "committed")
        return first
    }

    private func readTwice(_ id: Int) async throws {
        let todo = Todo(id: id, title: Self.title(of: id), done: false)
        try await read(id, expecting: .primary, todo, "asked the database")
        try await read(id, expecting: .cache, todo, "todo:\(id) was in the cache")
    }

    private func complete(_ id: Int) async throws {
        let todo = Todo(id: id, title: Self.title(of: id), done: true)
        let start = ContinuousClock.now
        try await list.todos.replace(todo)
        terminal.step(
            "complete task \(id)", .done, ContinuousClock.now - start, "todo:\(id) invalidated")
        try await read(id, expecting: .primary, todo, "the new value: done")
        try await read(id, expecting: .cache, todo, "and in the cache again")
    }

    private func delete(_ id: Int) async throws {
        let start = ContinuousClock.now
        try check(await list.todos.delete(id), "task \(id) was not there to be deleted")
        terminal.step(
            "delete task \(id)", .done, ContinuousClock.now - start, "todo:\(id) invalidated")
        let read = try await list.todos.read(id)
        try check(read.entity == nil, "task \(id) is still there after it was deleted")
        terminal.step("get task \(id)", .gone, nil, "neither in the cache nor in the database")
    }

    /// A thousand tasks ask for one id that nobody has read yet.
    ///
    /// It is added past the cache. Of two tiers the local one would still hear of a write, and a
    /// load that is under way then is begun anew.
    private func stampede() async throws {
        let readers = 1000
        let title = "Everybody wants this"
        let id = try await Todos.lastID(in: list.database) + 1
        try await list.add(ids: id..<(id + 1)) { _ in title }
        let todo = Todo(id: id, title: title, done: false)
        let readsBefore = list.databaseReads
        let todos = list.todos
        let start = ContinuousClock.now
        let found = try await withThrowingTaskGroup { group in
            for _ in 0..<readers { group.addTask { try await todos.get(todo.id) } }
            return try await group.reduce(into: 0) { count, found in
                if found == todo { count += 1 }
            }
        }
        let time = ContinuousClock.now - start
        let reads = list.databaseReads - readsBefore
        try check(found == readers, "\(readers - found) of \(readers) readers got a wrong answer")
        try check(reads == 1, "\(readers) readers asked the database \(reads) times, not once")
        terminal.step(
            "\(readers.grouped) gets of a cold id", .done, time, "the database was asked once")
    }

    private func printStatistics() {
        let statistics = list.todos.cache.statistics
        terminal.title("What the cache did")
        terminal.table([
            ("hits", statistics.hits.grouped),
            ("misses", statistics.misses.grouped),
            ("  of them joined a load", statistics.joined.grouped),
            ("loads from the database", statistics.loads.grouped),
            ("average load", Terminal.milliseconds(statistics.averageLoadTime)),
            ("invalidations", statistics.invalidations.grouped),
        ])
    }

    // MARK: Checks

    func read(
        _ id: Int, expecting source: CachedRead<Todo>.Source, _ todo: Todo, _ remark: String
    ) async throws {
        let start = ContinuousClock.now
        let read = try await list.todos.read(id)
        let time = ContinuousClock.now - start
        try check(read.entity == todo, "task \(id) did not come back as it was written")
        try check(read.source == source, "task \(id) came from the \(read.source), not \(source)")
        terminal.step("get task \(id)", source == .cache ? .hit : .miss, time, remark)
    }

    private func check(_ holds: Bool, _ what: String) throws {
        try Unexpected.unless(holds, what)
    }

    // MARK: Data

    private static func title(of id: Int) -> String {
        let titles = ["Water the plants", "Write to Ada", "Mend the bicycle", "Read the manual"]
        return titles[Int(id.magnitude % UInt(titles.count))]
    }
}
