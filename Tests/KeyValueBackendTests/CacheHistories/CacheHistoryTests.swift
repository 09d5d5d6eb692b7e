import Foundation
import StorageKitTesting
import TestSupport
import Testing

/// Several processes over one Redis and one primary, while both they and the cache are broken.
///
/// `STORAGEKIT_HISTORIES=50` makes so many of each, from as many seeds, and says what was in them.
@Suite(
    "Histories of several processes",
    .enabled(if: TestServer.redis.isExpected, TestServer.remedy),
    .enabled(if: FileManager.default.fileExists(atPath: "/proc/self/exe"), "needs /proc"),
    .timeLimit(.minutes(60)), .serialized)
struct CacheHistoryTests {
    private static let count =
        ProcessInfo.processInfo.environment["STORAGEKIT_HISTORIES"].flatMap { Int($0) } ?? 1
    private static let seeds = (0..<UInt64(count)).map { transportSeed &+ $0 &* 1000 }

    @Test("without tickets show stale reads, so the check can fail", arguments: seeds)
    func naive(seed: UInt64) async throws {
        let world = try await HistoryWorld(mode: "naive", seed: seed)
        try await world.progress(200_000)
        let history = world.finish()
        let found = CacheStaleness(.acknowledgedInvalidations).violations(in: history.events)
        report("naive", seed, history, found.count)
        #expect(history.otherLines == [])
        #expect(found.count > 0, "seed \(seed): \(history.summary)")
    }

    private func report(
        _ name: String, _ seed: UInt64, _ history: RecordedHistory, _ violations: Int
    ) {
        guard Self.count > 1 else { return }
        print("\(name) \(seed): \(history.summary); \(violations) stale reads")
    }
}
