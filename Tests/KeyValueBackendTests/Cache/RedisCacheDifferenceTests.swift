import StorageKit
import TestSupport
import Testing

@testable import KeyValueBackend

@Suite(
    "The scripts of the cache in Redis",
    .enabled(if: TestServer.redis.isExpected, TestServer.remedy)
)
struct RedisCacheDifferenceTests {
    @Test("answer and store what the record's functions do, whatever others do to the keys")
    func difference() async throws {
        let redis = try await RedisWorld()
        defer { redis.keep() }
        for seed in testSeed..<testSeed + 20 {
            try await redis.store.rawCommand("FLUSHALL")
            var world = CacheDifferenceWorld(redis, seed: seed)
            var program: [String] = []
            for _ in 0..<150 {
                program.append(try await world.call())
                let calls = program.suffix(12).joined(separator: ", ")
                try await world.compare("\(calls), seed \(seed)")
            }
        }
    }
}
