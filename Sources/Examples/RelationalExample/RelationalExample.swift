import ArgumentParser
import ExampleSupport
import Foundation
import RelationalBackend
import StorageKit

/// What relational databases are for: a ledger whose total never changes.
@main
struct RelationalExample: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "relational-example",
        abstract: "A ledger: transactions, constraints, joins, pages, a query plan.",
        discussion: """
            Runs on a SQLite file, a temporary one unless --file names one, in which the tables \
            account and transfer are emptied. Every step is checked: the exit code is 0 only if \
            all of it happened.
            """)

    @Option(help: "The database file; made when it is missing.")
    var file: String?

    @Flag(help: "No colours.")
    var plain = false

    func run() async throws {
        let terminal = Terminal(program: "relational-example", plain: plain)
        let path =
            file
            ?? FileManager.default.temporaryDirectory
            .appendingPathComponent("storagekit-ledger-\(UUID().uuidString).db").path
        defer { if file == nil { try? FileManager.default.removeItem(atPath: path) } }
        let database = SQLiteDatabase(.file(path))
        do {
            try await Scenes(ledger: Ledger(store: database), terminal: terminal).all()
            await database.close()
        } catch {
            await database.close()
            terminal.failure((error as? Unexpected)?.what ?? "\(error)")
            throw ExitCode.failure
        }
    }
}
