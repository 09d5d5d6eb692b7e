import Foundation
import PostgresBackend
import StorageKit

/// The tables of the postgres suite, on the server for as long as this lives, and the two who use
/// them.
final class PostgresBenchmarkTables: Sendable {
    static let variable = "STORAGEKIT_POSTGRES_URL"
    /// The rows that both sides read.
    static let rows = "storagekit_bench_todo"
    /// What both sides fill.
    static let emptied = "storagekit_bench_emptied"

    let database: PostgresDatabase
    let baseline: PostgresBaseline
    /// The titles as the C program takes them.
    let cTitles = CStringArray(BenchmarkTodo.titles)
    /// What the server promises of a commit.
    let durability: String

    init() throws {
        guard let address = ProcessInfo.processInfo.environment[Self.variable] else {
            throw BenchmarkError.noServer(
                "\(Self.variable) is not set; scripts/bench postgres starts a server and sets it")
        }
        database = try PostgresDatabase(address)
        let baseline = try PostgresBaseline(address: address)
        self.baseline = baseline
        durability = try ["fsync", "synchronous_commit"]
            .map { "\($0)=\(try baseline.value("SHOW \($0)"))" }
            .joined(separator: ", ")
        try makeTables()
    }

    // The server may be the user's own.
    deinit { try? dropTables() }

    private func makeTables() throws {
        try dropTables()
        for table in [Self.rows, Self.emptied] {
            try baseline.run(
                """
                CREATE TABLE \(table) (
                    id bigint PRIMARY KEY, title text NOT NULL, done boolean NOT NULL
                )
                """)
        }
        try fill()
        try baseline.prepare()
    }

    /// The rows that are read are written by the C program, and cleaned up now rather than by the
    /// server in the middle of a run.
    private func fill() throws {
        guard baseline.copyIn(cTitles) == BenchmarkTodo.count else {
            throw BenchmarkError.baselineFailed("cannot fill the table")
        }
        try baseline.run("INSERT INTO \(Self.rows) SELECT * FROM \(Self.emptied)")
        try baseline.run("VACUUM (ANALYZE) \(Self.rows)")
        try empty()
    }

    private func dropTables() throws {
        // Without it the server says that there is nothing to drop, on standard error.
        try baseline.run("SET client_min_messages = warning")
        try baseline.run("DROP TABLE IF EXISTS \(Self.rows), \(Self.emptied)")
    }

    /// Empties the table that is filled.
    func empty() throws { try baseline.run("TRUNCATE \(Self.emptied)") }
}
