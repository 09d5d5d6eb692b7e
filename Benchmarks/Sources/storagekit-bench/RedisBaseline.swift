import CBaseline

/// The C program of the redis suite, on a connection of its own.
// @unchecked Sendable: the runner calls one side at a time.
final class RedisBaseline: @unchecked Sendable {
    private let pointer: OpaquePointer

    init(_ address: RedisBenchmarkAddress) throws {
        guard let opened = redis_baseline_open(address.host, Int32(address.port)) else {
            throw BenchmarkError.baselineFailed("cannot connect to \(address)")
        }
        pointer = opened
        for command in address.greeting { try run(command) }
    }

    deinit { redis_baseline_close(pointer) }

    private func run(_ command: [String]) throws {
        let arguments = CStringArray(command)
        let count = Int32(command.count)
        guard redis_baseline_run(pointer, arguments.pointers, count) == 0 else {
            throw BenchmarkError.baselineFailed("the server refuses \(command[0])")
        }
    }

    /// Writes the keys that the functions below name by their index.
    func prepare(keys: [String], values: [String]) throws {
        let (cKeys, cValues) = (CStringArray(keys), CStringArray(values))
        let count = Int32(keys.count)
        guard redis_baseline_prepare(pointer, cKeys.pointers, cValues.pointers, count) == 0 else {
            throw BenchmarkError.baselineFailed("cannot write the keys")
        }
    }

    /// Deletes what ``prepare(keys:values:)`` wrote.
    func empty() { _ = redis_baseline_empty(pointer) }

    func get(_ order: [Int32]) -> Int64 {
        redis_baseline_get(pointer, order, Int32(order.count))
    }

    func get(_ order: [Int32], depth: Int) -> Int64 {
        redis_baseline_get_pipelined(pointer, order, Int32(order.count), Int32(depth))
    }

    func set(_ order: [Int32], depth: Int) -> Int64 {
        redis_baseline_set_pipelined(pointer, order, Int32(order.count), Int32(depth))
    }

    func mget(_ order: [Int32], width: Int) -> Int64 {
        redis_baseline_mget(pointer, order, Int32(order.count), Int32(width))
    }
}
