import CBaseline
import StorageKit
import StorageKitBSON

/// `StorageKitBSON` against libbson from C: the user document, struct to bytes and back.
enum BSONSuite: BenchmarkSuite {
    static let name = "bson"

    static func cases(isQuick: Bool) async throws -> [BenchmarkCase] {
        let count = isQuick ? 50_000 : 100_000
        let bytes = try BSONEncoder().encode(BenchmarkUser.sample)
        return [encode(count, bytes.count), decode(count, bytes)]
    }

    private static func encode(_ count: Int, _ size: Int) -> BenchmarkCase {
        BenchmarkCase(
            id: "bson.encode",
            summary: "the user document of \(size) bytes, a struct to bytes",
            operation: "documents", operationCount: count,
            ours: {
                let encoder = BSONEncoder()
                var user = BenchmarkUser.sample
                var sum: Int64 = 0
                for index in 0..<count {
                    user.age = index % 90
                    let bytes = try encoder.encode(user)
                    sum += Int64(bytes.count) + Int64(bytes[bytes.count / 2]) + Int64(bytes[25])
                }
                return sum
            },
            baseline: { bson_baseline_encode(Int32(count)) })
    }

    private static func decode(_ count: Int, _ bytes: [UInt8]) -> BenchmarkCase {
        BenchmarkCase(
            id: "bson.decode",
            summary: "the user document of \(bytes.count) bytes to a struct, strings copied",
            operation: "documents", operationCount: count,
            ours: {
                let decoder = BSONDecoder()
                var sum: Int64 = 0
                for _ in 0..<count {
                    sum += try decoder.decode(BenchmarkUser.self, from: bytes).checkSum
                }
                return sum
            },
            baseline: { bson_baseline_decode(bytes, Int32(bytes.count), Int32(count)) })
    }
}
