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

    @Test(
        "find a rule out that is turned off, so the check can fail",
        arguments: HistoryScenario.broken, seeds)
    func brokenRules(scenario: HistoryScenario, seed: UInt64) async throws {
        // What goes wrong once in a while need not go wrong in the first of them.
        for attempt in UInt64(0)..<40 {
            let world = try await HistoryWorld(mode: scenario.mode, seed: seed &+ attempt)
            try await world.progress(300_000)
            let history = world.finish()
            let found = CacheStaleness(scenario.promise, lag: scenario.lag)
                .violations(in: history.events)
            report(scenario.testDescription, seed &+ attempt, history, found.count)
            #expect(history.otherLines == [])
            if found.count > 0 { return }
        }
        Issue.record("seed \(seed): forty histories without a stale read")
    }

    @Test("keep what was promised, whatever breaks", arguments: HistoryScenario.all, seeds)
    func promises(scenario: HistoryScenario, seed: UInt64) async throws {
        let database = scenario.isOnPostgres ? try await PostgresServerProcess.start() : nil
        defer { database?.kill() }
        let world = try await HistoryWorld(
            mode: scenario.mode, primary: database?.url, seed: seed)
        try await world.progress(20_000)
        for _ in 0..<6 { try await world.harm(scenario.faults) }
        let peace = HistoryClock.now
        try await world.progress(50_000)
        let history = world.finish()
        let found = CacheStaleness(scenario.promise, lag: scenario.lag)
            .violations(in: history.events)
        report(scenario.testDescription, seed, history, found.count)
        #expect(found.prefix(5).map(\.description) == [], "seed \(seed): \(history.summary)")
        let unexpected = history.otherLines.filter { !scenario.mayFail($0) }
        #expect(unexpected.prefix(5) == [], "seed \(seed)")
        #expect(history.hits(after: peace) > 0, "seed \(seed): the cache did not come back")
        #expect(history.count(.write) > 20, "seed \(seed): \(history.summary)")
    }

    private func report(
        _ name: String, _ seed: UInt64, _ history: RecordedHistory, _ violations: Int
    ) {
        guard Self.count > 1 else { return }
        print("\(name) \(seed): \(history.summary); \(violations) stale reads")
    }
}
