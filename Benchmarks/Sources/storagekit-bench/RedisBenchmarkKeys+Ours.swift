import KeyValueBackend
import StorageKit

// Our side of the redis suite, by the public interface alone: what a program would write. Each
// returns what the function of the C program with the same name does.
extension RedisBenchmarkKeys {
    func get(_ order: some Sequence<Int32>) async throws -> Int64 {
        var sum: Int64 = 0
        for index in order { sum += Self.checkSum(try await store.get(keys[Int(index)])) }
        return sum
    }

    func get(_ order: [Int32], tasks: Int) async throws -> Int64 {
        try await inParallel(order, tasks: tasks) { try await self.get($0) }
    }

    func set(_ order: [Int32], tasks: Int) async throws -> Int64 {
        try await inParallel(order, tasks: tasks) { part in
            for index in part {
                try await self.store.set(self.keys[Int(index)], to: self.values[Int(index)])
            }
            return Int64(part.count)
        }
    }

    func pipeline(_ order: [Int32], depth: Int) async throws -> Int64 {
        var sum: Int64 = 0
        for part in Self.parts(of: order, length: depth) {
            let results = try await store.pipeline { command in
                part.map { command.get(keys[Int($0)]) }
            }
            for result in results { sum += Self.checkSum(try result.get()) }
        }
        return sum
    }

    func mget(_ order: [Int32], width: Int) async throws -> Int64 {
        var sum: Int64 = 0
        for part in Self.parts(of: order, length: width) {
            for value in try await store.get(part.map { keys[Int($0)] }) {
                sum += Self.checkSum(value)
            }
        }
        return sum
    }

    /// Gives each task as much of the work, and adds up what they return.
    private func inParallel(
        _ order: [Int32], tasks: Int,
        _ work: @escaping @Sendable (ArraySlice<Int32>) async throws -> Int64
    ) async throws -> Int64 {
        try await withThrowingTaskGroup { group in
            for part in Self.parts(of: order, length: order.count / tasks) {
                group.addTask { try await work(part) }
            }
            return try await group.reduce(0, +)
        }
    }

    private static func parts(of order: [Int32], length: Int) -> [ArraySlice<Int32>] {
        stride(from: 0, to: order.count, by: length).map { start in
            order[start..<min(start + length, order.count)]
        }
    }
}
