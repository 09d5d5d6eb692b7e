import StorageKit

/// The in-memory key-value store against a dictionary behind a mutex, which is what one writes when
/// there is no such store.
enum InMemorySuite: BenchmarkSuite {
    static let name = "inmemory"

    private static let keyCount = 10_000

    static func cases(isQuick: Bool) async throws -> [BenchmarkCase] {
        let keys = (0..<keyCount).map { ByteString("bench:key:\($0)") }
        return [get(keys)]
    }

    private static func get(_ keys: [ByteString]) -> BenchmarkCase {
        let baseline = LockedDictionary(keys: keys)
        let rounds = 200
        return BenchmarkCase(
            id: "inmemory.get",
            summary: "get of 64 bytes on one thread, against Mutex<Dictionary>",
            operation: "gets", operationCount: rounds * keyCount,
            baseline: { baseline.get(keys, rounds: rounds) })
    }
}
