import PostgresBackend
import StorageKit

/// PostgreSQL through `PostgresDatabase` against libpq from C, on the server of
/// `STORAGEKIT_POSTGRES_URL`.
///
/// C has one connection; ours opens what it likes of the usual ten.
enum PostgresSuite: BenchmarkSuite {
    static let name = "postgres"

    static func cases(isQuick: Bool) async throws -> [BenchmarkCase] {
        let tables = try PostgresBenchmarkTables()
        let reads = isQuick ? 5_000 : 10_000
        return [
            select(tables, tasks: 1, count: reads), select(tables, tasks: 50, count: reads * 2),
            select(tables, tasks: 64, count: reads * 2), stream(tables),
            insert(tables, depth: 1_000, count: isQuick ? 10_000 : 20_000), copyIn(tables),
        ]
    }

    private static func select(
        _ tables: PostgresBenchmarkTables, tasks: Int, count: Int
    ) -> BenchmarkCase {
        let keys = BenchmarkTodo.keys(count)
        let parts = (0..<tasks).map { task in
            stride(from: task, to: count, by: tasks).map { keys[$0] }
        }
        return BenchmarkCase(
            id: tasks == 1 ? "postgres.select.await" : "postgres.select.concurrent\(tasks)",
            summary: "\(count) awaited reads by key into a struct, tasks: \(tasks), against "
                + "PQexecPrepared in a loop",
            operation: "reads", operationCount: count,
            ours: { try await sum(of: parts) { try await find($0, in: tables.database) } },
            baseline: { tables.baseline.select(keys) })
    }

    private static func find(_ keys: [Int64], in database: PostgresDatabase) async throws -> Int64 {
        var sum: Int64 = 0
        for key in keys {
            let todo = try await database.first(
                "SELECT id, title, done FROM storagekit_bench_todo WHERE id = \(key)",
                as: BenchmarkTodo.self)
            sum += todo?.checkSum ?? 0
        }
        return sum
    }

    private static func stream(_ tables: PostgresBenchmarkTables) -> BenchmarkCase {
        BenchmarkCase(
            id: "postgres.rows.stream",
            summary: "\(BenchmarkTodo.count) rows of three columns to tuples, one by one, against "
                + "libpq's single-row mode",
            operation: "rows", operationCount: BenchmarkTodo.count,
            ours: {
                var sum: Int64 = 0
                let rows = tables.database.query(
                    "SELECT id, title, done FROM storagekit_bench_todo",
                    as: (Int, String, Bool).self)
                for try await (id, title, done) in rows {
                    sum += BenchmarkTodo(id: id, title: title, done: done).checkSum
                }
                return sum
            },
            baseline: { tables.baseline.stream() })
    }

    private static func insert(
        _ tables: PostgresBenchmarkTables, depth: Int, count: Int
    ) -> BenchmarkCase {
        let rows = zip(1...count, BenchmarkTodo.titles).map { ($0, $1, $0 % 2 == 1) }
        let parts = stride(from: 0, to: count, by: depth).map { rows[$0..<$0 + depth] }
        return BenchmarkCase(
            id: "postgres.insert.pipeline\(depth)",
            summary: "pipelines of \(depth) inserts, each pipeline a transaction; "
                + tables.durability,
            operation: "rows", operationCount: count,
            reset: { try tables.empty() },
            ours: {
                var sum = 0
                for part in parts {
                    sum += try await tables.database.execute(
                        """
                        INSERT INTO storagekit_bench_emptied (id, title, done) VALUES \
                        (\(SQL.placeholder), \(SQL.placeholder), \(SQL.placeholder))
                        """,
                        withEach: part
                    ).reduce(0, +)
                }
                return Int64(sum)
            },
            baseline: { tables.baseline.insert(tables.cTitles, count: count, depth: depth) })
    }

    private static func copyIn(_ tables: PostgresBenchmarkTables) -> BenchmarkCase {
        BenchmarkCase(
            id: "postgres.copy.in",
            summary: "\(BenchmarkTodo.count) rows by COPY in binary form, against PQputCopyData; "
                + tables.durability,
            operation: "rows", operationCount: BenchmarkTodo.count,
            reset: { try tables.empty() },
            ours: {
                let rows = zip(1..., BenchmarkTodo.titles).lazy.map { ($0, $1, $0 % 2 == 1) }
                return Int64(
                    try await tables.database.insert(
                        rows, into: PostgresBenchmarkTables.emptied,
                        columns: ["id", "title", "done"]))
            },
            baseline: { tables.baseline.copyIn(tables.cTitles) })
    }
}
