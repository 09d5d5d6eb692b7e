import ArgumentParser
import ExampleSupport
import StorageKit

/// What key-value stores are for, in process memory or on a server: the same code for both.
@main
struct KeyValueExample: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "key-value-example",
        abstract: "Values, hashes, expiry, counters, sessions, limits, queues and locks.",
        discussion: """
            Without --url it runs in the memory of this process and moves the clock by itself, so \
            that keys can be seen to vanish. With --url the same code runs on a Redis or Valkey \
            server. All keys begin with key-value-example: and are deleted before and after. Every \
            step is checked: the exit code is 0 only if all of it happened.
            """)

    @Option(help: "The server, for example redis://127.0.0.1:6379. Without it none is needed.")
    var url: String?

    @Flag(help: "No colours.")
    var plain = false

    func run() async throws {
        let terminal = Terminal(program: "key-value-example", plain: plain)
        do {
            if let url {
                try await runOnServer(url, terminal)
            } else {
                try await runInMemory(terminal)
            }
        } catch let error as StorageError {
            terminal.failure("\(error)\(advice(for: error))")
            throw ExitCode.failure
        } catch let error as Unexpected {
            terminal.failure(error.what)
            throw ExitCode.failure
        }
    }

    /// What to do about an error, where it is not in its message.
    private func advice(for error: StorageError) -> String {
        guard error.code == .unavailable || error.code == .timedOut else { return "" }
        return " - is the server there? scripts/servers start redis starts one; "
            + "without --url none is needed"
    }
}
