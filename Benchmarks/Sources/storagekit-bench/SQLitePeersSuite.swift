#if PEERS
import Foundation
import GRDB
import RelationalBackend
import StorageKit

/// SQLite through `RelationalBackend` against the same work through GRDB, each as its documentation
/// recommends: the baseline of this suite is GRDB, and a ratio above 1 says that ours is faster.
enum SQLitePeersSuite: BenchmarkSuite {
    static let name = "sqlite-peers"

    static func cases(isQuick: Bool) async throws -> [BenchmarkCase] {
        let files = try await SQLiteBenchmarkFiles(titles: SQLiteSuite.titles)
        let reader = try pool(files.rowsPath)
        let writer = try pool(files.baselinePath)
        return [
            awaitedReads(files, reader, count: isQuick ? 10_000 : 20_000), scan(files, reader),
            insert(files, writer), awaitedWrites(files, writer, count: isQuick ? 320 : 640),
        ]
    }

    /// A pool with the durability of ours; GRDB's own choice is `NORMAL`.
    private static func pool(_ path: String) throws -> DatabasePool {
        let pool = try DatabasePool(path: path)
        try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
        return pool
    }

    private static func awaitedReads(
        _ files: SQLiteBenchmarkFiles, _ pool: DatabasePool, count: Int
    ) -> BenchmarkCase {
        let keys = (0..<count).map { $0 &* 7919 % SQLiteSuite.rowCount + 1 }
        let table = SQLiteTable<BenchmarkTodo>("todo", in: files.database)
        return BenchmarkCase(
            id: "sqlite-peers.point-read.await",
            summary: "\(count) awaited reads by key into a struct; baseline: GRDB's pool",
            operation: "reads", operationCount: count,
            ours: {
                var sum: Int64 = 0
                for key in keys { sum += try await table.get(key)?.checkSum ?? 0 }
                return sum
            },
            baseline: {
                var sum: Int64 = 0
                for key in keys {
                    let todo = try await pool.read { try BenchmarkTodo.fetchOne($0, key: key) }
                    sum += todo?.checkSum ?? 0
                }
                return sum
            })
    }

    private static func scan(_ files: SQLiteBenchmarkFiles, _ pool: DatabasePool) -> BenchmarkCase {
        BenchmarkCase(
            id: "sqlite-peers.scan.codable",
            summary: "\(SQLiteSuite.rowCount) rows to Codable structs; baseline: GRDB's cursor",
            operation: "rows", operationCount: SQLiteSuite.rowCount,
            ours: {
                try await files.database.read { connection in
                    var sum: Int64 = 0
                    try connection.forEach(
                        "SELECT id, title, done FROM todo", as: BenchmarkTodo.self
                    ) { sum += $0.checkSum }
                    return sum
                }
            },
            baseline: {
                try await pool.read { database in
                    var sum: Int64 = 0
                    let todos = try BenchmarkTodo.fetchCursor(
                        database, sql: "SELECT id, title, done FROM todo")
                    while let todo = try todos.next() { sum += todo.checkSum }
                    return sum
                }
            })
    }

    private static func insert(
        _ files: SQLiteBenchmarkFiles, _ pool: DatabasePool
    ) -> BenchmarkCase {
        let sql = "INSERT INTO todo (id, title, done) VALUES (?, ?, ?)"
        return BenchmarkCase(
            id: "sqlite-peers.insert.transaction",
            summary: "\(SQLiteSuite.rowCount) rows in one transaction, synchronous=FULL; "
                + "baseline: GRDB's statement",
            operation: "rows", operationCount: SQLiteSuite.rowCount,
            reset: { try await files.empty() },
            ours: { try await SQLiteSuite.insertAll(into: files.emptied) },
            baseline: {
                try await pool.write { database in
                    let insert = try database.makeStatement(sql: sql)
                    for (index, title) in SQLiteSuite.titles.enumerated() {
                        try insert.execute(arguments: [index + 1, title, index % 2 == 0])
                    }
                }
                return Int64(SQLiteSuite.rowCount)
            })
    }

    private static func awaitedWrites(
        _ files: SQLiteBenchmarkFiles, _ pool: DatabasePool, count: Int
    ) -> BenchmarkCase {
        let todos = SQLiteSuite.titles.prefix(count).enumerated().map { index, title in
            BenchmarkTodo(id: index + 1, title: title, done: index.isMultiple(of: 2))
        }
        let table = SQLiteTable<BenchmarkTodo>("todo", in: files.emptied)
        return BenchmarkCase(
            id: "sqlite-peers.write.full.await",
            summary: "\(count) awaited inserts, synchronous=FULL; baseline: GRDB's pool",
            operation: "rows", operationCount: count,
            reset: { try await files.empty() },
            ours: {
                for todo in todos { try await table.insert(todo) }
                return Int64(todos.count)
            },
            baseline: {
                for todo in todos { try await pool.write { try todo.insert($0) } }
                return Int64(todos.count)
            })
    }
}

extension BenchmarkTodo: FetchableRecord, PersistableRecord {
    static let databaseTableName = "todo"
}
#endif
