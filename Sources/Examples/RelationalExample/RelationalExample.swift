import ArgumentParser
import ExampleSupport
import StorageKit

/// What relational databases are for: a ledger whose total never changes.
@main
struct RelationalExample: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "relational-example",
        abstract: "A ledger: transactions, constraints, joins, pages, a query plan.",
        discussion: """
            Runs on a SQLite file, a temporary one unless --file names one, or with --url on a \
            PostgreSQL server. The tables account and transfer are made there, or emptied where \
            an earlier run has made them. Every step is checked: the exit code is 0 only if all \
            of it happened.
            """)

    @Option(help: "The SQLite file; made when it is missing.")
    var file: String?

    @Option(help: "The PostgreSQL database, for example postgresql://app@127.0.0.1/shop.")
    var url: String?

    @Flag(help: "No colours.")
    var plain = false

    func validate() throws {
        guard file == nil || url == nil else {
            throw ValidationError("--file and --url exclude each other.")
        }
    }

    func run() async throws {
        let terminal = Terminal(program: "relational-example", plain: plain)
        do {
            if let url {
                try await runOnPostgres(url, terminal)
            } else {
                try await runOnSQLite(terminal)
            }
        } catch {
            terminal.failure((error as? Unexpected)?.what ?? "\(error)")
            throw ExitCode.failure
        }
    }
}
