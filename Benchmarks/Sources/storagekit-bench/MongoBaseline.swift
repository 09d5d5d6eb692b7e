import CBaseline

/// The C program of the mongodb suite, with clients of its own.
// @unchecked Sendable: the runner calls one side at a time, and libmongoc's pool is thread-safe.
final class MongoBaseline: @unchecked Sendable {
    private let pointer: OpaquePointer

    init(address: String, database: String, clients: Int) throws {
        guard let opened = mongodb_baseline_open(address, database, Int32(clients)) else {
            throw BenchmarkError.baselineFailed("the address is none of MongoDB's")
        }
        pointer = opened
    }

    deinit { mongodb_baseline_close(pointer) }

    func find(_ keys: [Int64]) -> Int64 { mongodb_baseline_find(pointer, keys, Int32(keys.count)) }

    func find(_ keys: [Int64], threads: Int) -> Int64 {
        mongodb_baseline_find_threads(pointer, keys, Int32(keys.count), Int32(threads))
    }

    func stream() -> Int64 { mongodb_baseline_stream(pointer) }

    func insert(_ titles: CStringArray, count: Int) -> Int64 {
        mongodb_baseline_insert(pointer, titles.pointers, Int32(count))
    }
}
