import ExampleSupport
import RelationalBackend
import StorageKit
import StorageKitTesting

/// What the rules of a cache do, on a clock that is moved and a database that fails when it is told
/// to.
struct PolicyScenes<Database: TodoDatabase> {
    let database: Database
    let terminal: Terminal

    private let clock = ManualClock()

    init(_ database: Database, terminal: Terminal) {
        self.database = database
        self.terminal = terminal
    }

    func play() async throws {
        terminal.title(
            "Rules: 60 s fresh, read again in the last 10, an hour old if need be",
            "on a clock that is moved, and a database that fails when it is told to")
        let first = try await Todos.lastID(in: database) + 1
        try await age(first)
        try await absence(first + 1_000_000)
        try await transaction(first + 1)
        try await tags(first + 3)
        try await strictWrites()
    }

    private typealias Failing = FaultInjectingRepository<TableRepository<Database, Todo>>

    private var table: TableRepository<Database, Todo> {
        TableRepository(Todos.name, of: Todo.self, in: database)
    }

    private func repository<Primary: Repository<Todo, Int>>(
        over primary: Primary
    ) -> CachedRepository<Primary, InMemoryCache<Int, Todo>> {
        CachedRepository(
            primary: primary, cache: InMemoryCache(capacity: 100, clock: clock), policy: .patient)
    }

    /// Due, then stale, then new again.
    private func age(_ id: Int) async throws {
        let failing = Failing(table)
        let todos = repository(over: failing)
        try await todos.insert(Todo(id: id, title: "Grow old", done: false))
        try await expect(todos, id, .primary, "asked the database")

        clock.advance(by: .seconds(55))
        try await expect(todos, id, .cache, "55 s old: at once, and read again behind the reader")
        try await waitForRefresh(todos.cache)

        clock.advance(by: .seconds(300))
        failing.inject(.failBefore(.unavailable), into: .get)
        try await expect(
            todos, id, .stale, "300 s old, and the database is gone: better than an error")
        try await expect(todos, id, .primary, "it is back")
    }

    private func waitForRefresh(_ cache: InMemoryCache<Int, Todo>) async throws {
        let start = ContinuousClock.now
        while cache.statistics.published < 2 {
            try Unexpected.unless(
                ContinuousClock.now - start < .seconds(10), "the task was not read again")
            await Task.yield()
        }
    }

    private func absence(_ id: Int) async throws {
        let failing = Failing(table)
        let todos = repository(over: failing)
        for source in [CachedRead<Todo>.Source.primary, .cache] {
            let read = try await todos.read(id)
            try Unexpected.unless(
                read.entity == nil && read.source == source,
                "that there is no task \(id) came from the \(read.source)")
        }
        terminal.step("get an id without task, twice", .gone, nil, "the database was asked once")
    }

    private func transaction(_ id: Int) async throws {
        let todos = repository(over: table)
        for id in [id, id + 1] {
            try await todos.insert(Todo(id: id, title: "Both or none", done: false))
            _ = try await todos.get(id)
        }
        do {
            try await todos.complete([id, id + 1, id + 2])
            throw Unexpected(what: "a task that is not there was completed")
        } catch let error as Missing where error == Missing(id: id + 2) {
            try await expectDone(todos, [id, id + 1], false)
        }
        terminal.step("complete two and one missing", .gone, nil, "rolled back: both are open")
        try await todos.complete([id, id + 1])
        try await expectDone(todos, [id, id + 1], true)
        terminal.step("complete two", .done, nil, "committed, then invalidated: both are done")
    }

    /// A statement past the repository, whose rows nobody has counted.
    private func tags(_ id: Int) async throws {
        let todos = repository(over: table).tagged { [$0.done ? "done" : "open"] }
        for id in [id, id + 1] {
            try await todos.insert(Todo(id: id, title: "Together", done: false))
        }
        try await expectDone(todos, [id, id + 1], false)
        try await todos.completeAll(id...(id + 1), in: database)
        try await expectDone(todos, [id, id + 1], true)
        terminal.step("complete a range by SQL", .done, nil, "the tag of open tasks is invalidated")
    }

    /// In a database of its own: the list knows no versions.
    private func strictWrites() async throws {
        let bank = SQLiteDatabase(.memory)
        try await Accounts.create(in: bank)
        let cache = InMemoryCache<String, Account>(capacity: 100, clock: clock)
        let accounts = Accounts.cached(in: bank, cache: cache)
        var account = Account(id: 1, balance: 100)
        try await accounts.insert(account)
        account.balance = 70
        try await accounts.replace(account)
        let read = try await accounts.read(1)
        try Unexpected.unless(
            read.source == .cache && read.entity == Account(id: 1, balance: 70, version: 1),
            "the cache does not have what was written")
        terminal.step(
            "pay 30 and get the account", .hit, nil,
            "behind a barrier, which left the new balance")
        await bank.close()
    }

    private func expectDone<Primary: Repository<Todo, Int>>(
        _ todos: CachedRepository<Primary, InMemoryCache<Int, Todo>>, _ ids: [Int], _ done: Bool
    ) async throws {
        let found = try await todos.get(ids)
        try Unexpected.unless(
            found.count == ids.count && found.values.allSatisfy { $0.done == done },
            "the tasks \(ids) are not what the transaction left")
    }

    private func expect<Primary: Repository<Todo, Int>>(
        _ todos: CachedRepository<Primary, InMemoryCache<Int, Todo>>, _ id: Int,
        _ source: CachedRead<Todo>.Source, _ remark: String
    ) async throws {
        let read = try await todos.read(id)
        try Unexpected.unless(
            read.source == source && read.entity?.id == id,
            "task \(id) came from the \(read.source), not \(source)")
        terminal.step("get task \(id)", source == .primary ? .miss : .hit, nil, remark)
    }
}
