import CBaseline

/// The C program of the postgres suite, on a connection of its own.
// @unchecked Sendable: the runner calls one side at a time.
final class PostgresBaseline: @unchecked Sendable {
    private let pointer: OpaquePointer

    init(address: String) throws {
        guard let opened = postgres_baseline_open(address) else {
            throw BenchmarkError.baselineFailed("cannot connect")
        }
        pointer = opened
    }

    deinit { postgres_baseline_close(pointer) }

    func run(_ sql: String) throws {
        guard postgres_baseline_run(pointer, sql) == 0 else {
            throw BenchmarkError.baselineFailed("the server refuses \(sql)")
        }
    }

    /// The one value that a statement gives.
    func value(_ sql: String) throws -> String {
        let size = 64
        return try withUnsafeTemporaryAllocation(of: CChar.self, capacity: size) { buffer in
            guard let start = buffer.baseAddress,
                postgres_baseline_value(pointer, sql, start, Int32(size)) == 0
            else { throw BenchmarkError.baselineFailed("the server refuses \(sql)") }
            return String(cString: start)
        }
    }

    /// Prepares the statements of the functions below.
    func prepare() throws {
        guard postgres_baseline_prepare(pointer) == 0 else {
            throw BenchmarkError.baselineFailed("the server refuses to prepare")
        }
    }

    func select(_ keys: [Int64]) -> Int64 {
        postgres_baseline_select(pointer, keys, Int32(keys.count))
    }

    func stream() -> Int64 { postgres_baseline_stream(pointer) }

    func insert(_ titles: CStringArray, count: Int, depth: Int) -> Int64 {
        postgres_baseline_insert_pipelined(pointer, titles.pointers, Int32(count), Int32(depth))
    }

    func copyIn(_ titles: CStringArray) -> Int64 {
        postgres_baseline_copy_in(pointer, titles.pointers, Int32(titles.pointers.count))
    }
}
