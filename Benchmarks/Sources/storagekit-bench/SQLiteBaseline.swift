import CBaseline

/// The C program of the sqlite suite, on a connection of its own.
// @unchecked Sendable: the runner calls one side at a time.
final class SQLiteBaseline: @unchecked Sendable {
    private let pointer: OpaquePointer

    init(path: String) throws {
        guard let opened = sqlite_baseline_open(path, 1) else {
            throw BenchmarkError.baselineFailed("cannot open \(path)")
        }
        pointer = opened
    }

    deinit { sqlite_baseline_close(pointer) }

    func pointReads(_ keys: [Int64]) -> Int64 {
        sqlite_baseline_point_reads(pointer, keys, Int32(keys.count))
    }

    func autocommitReads(_ keys: [Int64]) -> Int64 {
        sqlite_baseline_autocommit_reads(pointer, keys, Int32(keys.count))
    }

    /// Reads every row, as a Swift program does that calls libsqlite3 itself.
    ///
    /// Not in C, since a Swift program has use for a title only when it is a `String`.
    func scan() -> Int64 {
        let handle = sqlite_baseline_handle(pointer)
        guard sqlite3_exec(handle, "BEGIN", nil, nil, nil) == SQLITE_OK else { return -1 }
        var statement: OpaquePointer?
        let sql = "SELECT id, title, done FROM todo"
        guard sqlite3_prepare_v2(handle, sql, -1, &statement, nil) == SQLITE_OK else { return -1 }
        var sum: Int64 = 0
        while sqlite3_step(statement) == SQLITE_ROW {
            let todo = BenchmarkTodo(
                id: Int(sqlite3_column_int64(statement, 0)),
                title: String(cString: sqlite3_column_text(statement, 1)),
                done: sqlite3_column_int(statement, 2) != 0)
            sum += todo.checkSum
        }
        sqlite3_finalize(statement)
        return sqlite3_exec(handle, "COMMIT", nil, nil, nil) == SQLITE_OK ? sum : -1
    }

    func empty() throws {
        guard sqlite_baseline_empty(pointer) == 0 else {
            throw BenchmarkError.baselineFailed("cannot empty the table")
        }
    }

    func insert(_ titles: CStringArray) -> Int64 {
        sqlite_baseline_insert(pointer, titles.pointers, Int32(titles.pointers.count))
    }

    func autocommitInserts(_ titles: CStringArray, count: Int) -> Int64 {
        sqlite_baseline_autocommit_inserts(pointer, titles.pointers, Int32(count))
    }
}
