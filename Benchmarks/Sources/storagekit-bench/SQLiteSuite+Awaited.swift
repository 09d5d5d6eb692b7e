import RelationalBackend
import StorageKit

// Calls that are awaited one by one, as most programs make them.
extension SQLiteSuite {
    /// Reads by key through a table, each awaited and in a transaction of its own.
    static func awaitedReads(
        _ files: SQLiteBenchmarkFiles, tasks: Int, count: Int
    ) -> BenchmarkCase {
        let keys = BenchmarkTodo.keys(count)
        let parts = (0..<tasks).map { task in
            stride(from: task, to: count, by: tasks).map { Int(keys[$0]) }
        }
        let table = SQLiteTable<BenchmarkTodo>("todo", in: files.database)
        return BenchmarkCase(
            id: tasks == 1 ? "sqlite.point-read.await" : "sqlite.point-read.await\(tasks)",
            summary: "\(count) awaited reads by key into a struct, tasks: \(tasks)",
            operation: "reads", operationCount: count,
            ours: {
                try await sum(of: parts) { keys in
                    var sum: Int64 = 0
                    for key in keys { sum += try await table.get(key)?.checkSum ?? 0 }
                    return sum
                }
            },
            baseline: { files.baseline.autocommitReads(keys) })
    }

    /// Rows written one by one by one task or many, each acknowledged when it is durable.
    static func awaitedWrites(
        _ files: SQLiteBenchmarkFiles, tasks: Int, count: Int
    ) -> BenchmarkCase {
        let parts = (0..<tasks).map { Array(stride(from: $0, to: count, by: tasks)) }
        let table = SQLiteTable<BenchmarkTodo>("todo", in: files.emptied)
        return BenchmarkCase(
            id: tasks == 1 ? "sqlite.write.full.await" : "sqlite.write.full.concurrent\(tasks)",
            summary: "\(count) awaited inserts, tasks: \(tasks), synchronous=FULL; C: autocommit",
            operation: "rows", operationCount: count,
            reset: { try await files.empty() },
            ours: {
                try await sum(of: parts) { indexes in
                    for index in indexes {
                        let todo = BenchmarkTodo(
                            id: index + 1, title: titles[index], done: index.isMultiple(of: 2))
                        try await table.insert(todo)
                    }
                    return Int64(indexes.count)
                }
            },
            baseline: { files.emptiedBaseline.autocommitInserts(files.cTitles, count: count) })
    }
}
