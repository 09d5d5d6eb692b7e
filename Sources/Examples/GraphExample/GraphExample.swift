import ArgumentParser
import ExampleSupport
import GraphInMemory
import StorageKit

/// What graph databases are for: who knows whom, what belongs together, how to get there.
@main
struct GraphExample: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "graph-example",
        abstract: "A social network, a fraud ring, and routes between airports, as one graph.",
        discussion: """
            Runs on the graph engine in this process. With --database the graph is kept in a \
            folder, and a second run with the same folder finds it there. Every step is checked: \
            the exit code is 0 only if all of it happened. The airports and routes are from \
            OpenFlights (openflights.org), under the Open Database License.
            """)

    @Option(help: "A folder that the graph is kept in; made if it is not there.")
    var database: String?

    @Option(help: "A file that the map of the routes is written to, as SVG.")
    var svg: String?

    @Flag(help: "No colours.")
    var plain = false

    func run() async throws {
        let terminal = Terminal(program: "graph-example", plain: plain)
        do {
            let graph = try await open()
            let scenes = Scenes(graph: graph, terminal: terminal)
            try await scenes.load()
            try await scenes.socialNetwork()
            try await scenes.fraudRing()
            try await scenes.routes(map: svg)
            await graph.close()
        } catch {
            terminal.failure((error as? Unexpected)?.what ?? "\(error)")
            throw ExitCode.failure
        }
    }

    private func open() async throws(StorageError) -> GraphInMemory {
        guard let database else { return GraphInMemory() }
        return try await GraphInMemory(at: database)
    }
}
