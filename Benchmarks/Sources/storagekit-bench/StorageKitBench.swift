import ArgumentParser
import Foundation

@main
struct StorageKitBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "storagekit-bench",
        abstract: "Measures StorageKit against the raw C libraries, by turns in one process.")

    @Argument(
        help: """
            The suites to run; all when none is named. There is: bson, cachedrepository, graph, \
            inmemory, mongodb, postgres, redis, sqlite.
            """)
    var suites: [String] = []

    @Option(help: "Also write the figures to this file, as JSON.")
    var json: String?

    @Option(help: "Run only the operations whose id contains this text.")
    var filter: String?

    @Flag(help: "Fewer rounds: five in place of eleven.")
    var quick = false

    private static let suites: [any BenchmarkSuite.Type] =
        [
            BSONSuite.self, CachedRepositorySuite.self, GraphSuite.self, InMemorySuite.self,
            MongoSuite.self, PostgresSuite.self, RedisSuite.self, SQLiteSuite.self,
        ] + peers

    /// Those that compare with other Swift libraries, built when scripts/bench is asked for one.
    private static var peers: [any BenchmarkSuite.Type] {
        #if PEERS
        [SQLitePeersSuite.self]
        #else
        []
        #endif
    }

    func validate() throws {
        for name in suites where !Self.suites.contains(where: { $0.name == name }) {
            throw ValidationError(
                "there is no suite \"\(name)\"; there is: "
                    + Self.suites.map { $0.name }.joined(separator: ", "))
        }
    }

    func run() async throws {
        let runner = BenchmarkRunner(rounds: quick ? 5 : 11)
        var results: [BenchmarkResult] = []
        var measures: [BenchmarkMeasureResult] = []
        for suite in Self.suites where suites.isEmpty || suites.contains(suite.name) {
            for benchmark in try await suite.cases(isQuick: quick) where isWanted(benchmark.id) {
                print("\(benchmark.id): \(benchmark.summary)")
                results.append(try await runner.run(benchmark))
            }
            for measure in try await suite.measures(isQuick: quick) where isWanted(measure.id) {
                print("\(measure.id): \(measure.summary)")
                measures.append(try await runner.run(measure))
            }
        }
        let report = BenchmarkReport(results: results, measures: measures)
        show(report, rounds: runner.rounds)
        if let json { try report.json.write(to: URL(fileURLWithPath: json)) }
    }

    private func isWanted(_ id: String) -> Bool { filter.map(id.contains) ?? true }

    private func show(_ report: BenchmarkReport, rounds: Int) {
        if !report.results.isEmpty {
            print("\nMedians of \(rounds) rounds; ratio is ours / baseline, higher is better.")
            print("CPU is what this process took of a processor, in ns for one operation.\n")
            print(report.table)
        }
        if !report.measures.isEmpty { print("\n" + report.measuresTable) }
        let megabytes = ProcessUsage().peakResidentBytes / 1_000_000
        print("\nPeak resident memory of the process: \(megabytes) MB")
    }
}
