import Foundation
import RelationalBackend
import StorageKit

/// SQLite through `RelationalBackend` against libsqlite3 from C, on two files with the same rows.
enum SQLiteSuite: BenchmarkSuite {
    static let name = "sqlite"

    static let rowCount = BenchmarkTodo.count
    static let titles = BenchmarkTodo.titles

    static func cases(isQuick: Bool) async throws -> [BenchmarkCase] {
        let files = try await SQLiteBenchmarkFiles(titles: titles)
        let reads = isQuick ? 100_000 : 200_000
        return [
            pointReads(files, count: reads), awaitedReads(files, tasks: 1, count: reads / 4),
            awaitedReads(files, tasks: 8, count: reads / 4), scanCodable(files), scanTuple(files),
            insert(files), awaitedWrites(files, tasks: 1, count: isQuick ? 320 : 640),
            awaitedWrites(files, tasks: 64, count: isQuick ? 1280 : 2560),
        ]
    }

    private static func pointReads(_ files: SQLiteBenchmarkFiles, count: Int) -> BenchmarkCase {
        let keys = BenchmarkTodo.keys(count)
        return BenchmarkCase(
            id: "sqlite.point-read.transaction",
            summary: "prepared read by key into a struct, \(count) in one read transaction",
            operation: "reads", operationCount: count,
            ours: {
                try await files.database.read { connection in
                    let find = try connection.prepare(
                        "SELECT id, title, done FROM todo WHERE id = \(SQL.placeholder)")
                    var sum: Int64 = 0
                    for key in keys {
                        sum += try find.first(as: BenchmarkTodo.self, key)?.checkSum ?? 0
                    }
                    return sum
                }
            },
            baseline: { files.baseline.pointReads(keys) })
    }

    private static func scanCodable(_ files: SQLiteBenchmarkFiles) -> BenchmarkCase {
        BenchmarkCase(
            id: "sqlite.scan.codable",
            summary: "\(rowCount) rows of three columns to Codable structs",
            operation: "rows", operationCount: rowCount,
            ours: {
                try await files.database.read { connection in
                    var sum: Int64 = 0
                    try connection.forEach(
                        "SELECT id, title, done FROM todo", as: BenchmarkTodo.self
                    ) {
                        sum += $0.checkSum
                    }
                    return sum
                }
            },
            baseline: { files.baseline.scan() })
    }

    private static func scanTuple(_ files: SQLiteBenchmarkFiles) -> BenchmarkCase {
        BenchmarkCase(
            id: "sqlite.scan.tuple",
            summary: "\(rowCount) rows of three columns to tuples",
            operation: "rows", operationCount: rowCount,
            ours: {
                try await files.database.read { connection in
                    var sum: Int64 = 0
                    try connection.forEach(
                        "SELECT id, title, done FROM todo", as: (Int, String, Bool).self
                    ) { id, title, done in
                        sum += BenchmarkTodo(id: id, title: title, done: done).checkSum
                    }
                    return sum
                }
            },
            baseline: { files.baseline.scan() })
    }

    private static func insert(_ files: SQLiteBenchmarkFiles) -> BenchmarkCase {
        BenchmarkCase(
            id: "sqlite.insert.transaction",
            summary: "\(rowCount) rows in one transaction, synchronous=FULL",
            operation: "rows", operationCount: rowCount,
            reset: { try await files.empty() },
            ours: { try await insertAll(into: files.emptied) },
            baseline: { files.emptiedBaseline.insert(files.cTitles) })
    }

    /// Inserts a row for each title, in one transaction.
    static func insertAll(into database: SQLiteDatabase) async throws -> Int64 {
        try await database.write { connection in
            let insert = try connection.prepare(
                """
                INSERT INTO todo (id, title, done) VALUES \
                (\(SQL.placeholder), \(SQL.placeholder), \(SQL.placeholder))
                """)
            for (index, title) in titles.enumerated() {
                try insert.execute(index + 1, title, index % 2 == 0)
            }
        }
        return Int64(rowCount)
    }
}
