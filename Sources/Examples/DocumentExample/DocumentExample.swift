import ArgumentParser
import ExampleSupport
import StorageKit

/// What document databases are for: users with all that belongs to them, whatever their shape.
@main
struct DocumentExample: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "document-example",
        abstract: "Users with posts: paths, arrays, two shapes, sums, an index, a change feed.",
        discussion: """
            Runs on the document store in this process's memory, or with --url on a MongoDB \
            server, a replica set of one member at least. The collection users is made there, and \
            removed first where an earlier run has left it. Every step is checked: the exit code \
            is 0 only if all of it happened.
            """)

    @Option(help: "The MongoDB server, for example mongodb://127.0.0.1:27017/?replicaSet=rs0.")
    var url: String?

    @Option(help: "The database on the server.")
    var database = "storagekit_example"

    @Flag(help: "No colours.")
    var plain = false

    func run() async throws {
        let terminal = Terminal(program: "document-example", plain: plain)
        do {
            if let url {
                try await runOnMongoDB(url, terminal)
            } else {
                try await runInMemory(terminal)
            }
        } catch {
            terminal.failure((error as? Unexpected)?.what ?? "\(error)")
            throw ExitCode.failure
        }
    }
}
