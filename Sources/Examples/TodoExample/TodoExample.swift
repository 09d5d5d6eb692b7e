import ArgumentParser
import ExampleSupport
import KeyValueBackend
import PostgresBackend
import RelationalBackend
import StorageKit

/// A to-do list in a database behind a cache: miss, hit, invalidation, and a stampede that does not
/// happen.
@main
struct TodoExample: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "todo-example",
        abstract: "A to-do list in SQLite or PostgreSQL that is read through a cache.",
        discussion: """
            Adds tasks, reads one twice (miss, then hit), completes it (the next read is a miss \
            with the new value), deletes it, lets 1,000 tasks ask for the same id at once, and \
            prints what the cache did. Every step is checked: the exit code is 0 only if all of \
            it happened.
            """)

    @Option(help: "The SQLite file; it is kept. Without it a temporary file is used and removed.")
    var database: String?

    @Option(
        help: """
            A PostgreSQL database in place of a file, for example postgresql://app@127.0.0.1/shop; \
            the tasks stay in its table todo.
            """)
    var url: String?

    @Option(
        help: """
            A Redis as a second tier of the cache, which other processes share, for example \
            redis://127.0.0.1:6379; what is in it under todo-example is forgotten.
            """)
    var redis: String?

    @Option(parsing: .unconditional, help: "How many tasks to add, at least 1.")
    var count = 1000

    @Flag(
        help: """
            Only the race between a reader who is held up and a writer: how cache-aside by hand \
            loses it, and CachedRepository does not, side by side.
            """)
    var race = false

    @Flag(help: "No colours and no progress bar.")
    var plain = false

    func validate() throws {
        guard count >= 1 else { throw ValidationError("--count is at least 1.") }
        guard database != "" else { throw ValidationError("--database needs a path.") }
        guard database == nil || url == nil else {
            throw ValidationError("--database and --url exclude each other.")
        }
    }

    func run() async throws {
        let terminal = Terminal(program: "todo-example", plain: plain)
        do {
            if let url {
                try await play(in: PostgresDatabase(url), "PostgreSQL", terminal)
            } else {
                try await playInFile(terminal)
            }
        } catch {
            terminal.failure((error as? Unexpected)?.what ?? "\(error)")
            throw ExitCode.failure
        }
    }

    private func playInFile(_ terminal: Terminal) async throws {
        let file = try DatabaseFile(path: database)
        defer { file.remove() }
        try await play(in: SQLiteDatabase(.file(file.path)), "SQLite", terminal)
        if let database { terminal.note("The tasks are in \(database).") }
    }

    /// Plays in a database, and closes it.
    private func play(
        in database: some TodoDatabase, _ name: String, _ terminal: Terminal
    ) async throws {
        do {
            try await playScenes(in: database, name, terminal)
        } catch {
            await database.close()
            throw error
        }
        await database.close()
    }

    private func playScenes(
        in database: some TodoDatabase, _ name: String, _ terminal: Terminal
    ) async throws {
        if let redis {
            let pair = try RedisPair(url: redis)
            do {
                try await playScenes(in: database, name, on: pair, terminal)
            } catch {
                await pair.close()
                throw error
            }
            return await pair.close()
        }
        guard !race else {
            let scene = try await RaceScene.inMemory(in: database, databaseName: name, terminal)
            return try await scene.play(terminal)
        }
        let cache = InMemoryCache<String, Todo>(capacity: 10_000)
        let scenes = Scenes(
            list: TodoList(database, cache: cache), names: (name, "a cache in process memory"),
            count: count, terminal: terminal)
        try await scenes.play()
        try await PolicyScenes(database, terminal: terminal).play()
    }

    private func playScenes(
        in database: some TodoDatabase, _ name: String, on redis: RedisPair,
        _ terminal: Terminal
    ) async throws {
        guard !race else {
            return try await RaceScene.play(in: database, name, on: redis, terminal)
        }
        let (ours, others) = (TwoTiers.make(redis: redis.first), TwoTiers.make(redis: redis.second))
        // Of another run, perhaps over another database, whose tasks have the same ids.
        try await ours.removeAll()
        let scenes = Scenes(
            list: TodoList(database, cache: ours),
            neighbour: Neighbour(list: TodoList(database, cache: others)) {
                others.local.statistics.hits
            },
            names: (name, "a cache in process memory and one in Redis"), count: count,
            terminal: terminal)
        try await scenes.play()
        try await ours.removeAll()
    }
}
