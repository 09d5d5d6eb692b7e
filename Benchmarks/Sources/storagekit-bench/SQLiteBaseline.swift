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

    func scan() -> Int64 { sqlite_baseline_scan(pointer) }

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
