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

    /// Sends a command that does nothing but to be seen.
    func say(_ text: String) throws { try run(["ECHO", text]) }

    /// Begins to watch what the server is sent; good for nothing else afterwards.
    func watch() throws {
        guard redis_baseline_watch(pointer) == 0 else {
            throw BenchmarkError.baselineFailed("the server does not let itself be watched")
        }
    }

    /// The names of the commands that the server was sent until one had the marker.
    func watched(until marker: String) throws -> [String] {
        var names = [CChar](repeating: 0, count: 4096)
        guard redis_baseline_watched(pointer, marker, &names, Int32(names.count)) >= 0 else {
            throw BenchmarkError.baselineFailed("the connection that watches was lost")
        }
        let bytes = names.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
        return String(decoding: bytes, as: UTF8.self).split(separator: " ").map(String.init)
    }

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
