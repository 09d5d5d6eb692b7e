import ArgumentParser
import ExampleSupport
import RelationalBackend
import StorageKit

/// A to-do list in SQLite behind a cache: miss, hit, invalidation, and a stampede that does not
/// happen.
@main
struct TodoExample: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "todo-example",
        abstract: "A to-do list in SQLite that is read through a cache.",
        discussion: """
            Adds tasks, reads one twice (miss, then hit), completes it (the next read is a miss \
            with the new value), deletes it, lets 1,000 tasks ask for the same id at once, and \
            prints what the cache did. Every step is checked: the exit code is 0 only if all of \
            it happened.
            """)

    @Option(help: "The SQLite file; it is kept. Without it a temporary file is used and removed.")
    var database: String?

    @Option(parsing: .unconditional, help: "How many tasks to add, at least 1.")
    var count = 1000

    @Flag(help: "No colours and no progress bar.")
    var plain = false

    func validate() throws {
        guard count >= 1 else { throw ValidationError("--count is at least 1.") }
        guard database != "" else { throw ValidationError("--database needs a path.") }
    }

    func run() async throws {
        let terminal = Terminal(program: "todo-example", plain: plain)
        let file = try DatabaseFile(path: database)
        defer { file.remove() }
        let list = TodoList(path: file.path)
        do {
            try await Scenes(list: list, count: count, terminal: terminal).play()
        } catch let error as StorageError {
            await list.close()
            terminal.failure("\(error)")
            throw ExitCode.failure
        } catch let error as Unexpected {
            await list.close()
            terminal.failure(error.what)
            throw ExitCode.failure
        }
        await list.close()
        if let database { terminal.note("The tasks are in \(database).") }
    }
}
