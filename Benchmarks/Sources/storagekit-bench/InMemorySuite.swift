import StorageKit
import StorageKitInMemory

/// The in-memory key-value store against a dictionary behind a mutex, which is what one writes when
/// there is no such store, and against itself on one thread.
enum InMemorySuite: BenchmarkSuite {
    static let name = "inmemory"

    private static let keyCount = 10_000

    static func cases(isQuick: Bool) async throws -> [BenchmarkCase] {
        let keys = (0..<keyCount).map { ByteString("bench:key:\($0)") }
        let store = InMemoryKeyValueStore()
        for key in keys { try await store.set(key, to: LockedDictionary.value(of: key)) }
        return [get(store, keys), getByTwoThreads(store, keys)]
    }

    private static func get(
        _ store: InMemoryKeyValueStore, _ keys: [ByteString]
    ) -> BenchmarkCase {
        let baseline = LockedDictionary(keys: keys)
        let rounds = 200
        return BenchmarkCase(
            id: "inmemory.get",
            summary: "get of 64 bytes on one thread, against Mutex<Dictionary>",
            operation: "gets", operationCount: rounds * keyCount,
            ours: { try await get(store, keys, rounds: rounds) },
            baseline: { baseline.get(keys, rounds: rounds) })
    }

    private static func getByTwoThreads(
        _ store: InMemoryKeyValueStore, _ keys: [ByteString]
    ) -> BenchmarkCase {
        let rounds = 200
        // As threads do that make their keys themselves: a key that two of them hold has its
        // count of references taken from one processor's cache to the other's at each use.
        let (keys, otherKeys) = (keys.map(copy), keys.reversed().map(copy))
        return BenchmarkCase(
            id: "inmemory.get.two-threads",
            summary: "the same gets shared by two threads, against one thread of ours",
            operation: "gets", operationCount: rounds * keyCount,
            ours: {
                async let half = get(store, keys, rounds: rounds / 2)
                async let otherHalf = get(store, otherKeys, rounds: rounds / 2)
                return try await half + otherHalf
            },
            baseline: { try await get(store, keys, rounds: rounds) })
    }

    /// The same bytes in memory of their own.
    private static func copy(_ key: ByteString) -> ByteString {
        ByteString(bytes: key.bytes.lazy.map { $0 })
    }

    /// Reads all keys so many times, and adds up the lengths of what it reads.
    private static func get(
        _ store: InMemoryKeyValueStore, _ keys: [ByteString], rounds: Int
    ) async throws -> Int64 {
        var sum: Int64 = 0
        for _ in 0..<rounds {
            for key in keys { sum += Int64(try await store.get(key)?.count ?? -64) }
        }
        return sum
    }
}
