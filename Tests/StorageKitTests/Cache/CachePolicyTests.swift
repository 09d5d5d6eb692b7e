import StorageKitTesting
import Testing

@testable import StorageKit

@Suite("A cache policy")
struct CachePolicyTests {
    private func codes(
        _ surroundings: CachePolicy.Surroundings = .init(),
        _ change: (inout CachePolicy) -> Void
    ) -> [String] {
        var policy = CachePolicy(timeToLive: .seconds(60))
        change(&policy)
        return policy.advice(in: surroundings).map(\.code)
    }

    @Test("that makes sense needs no advice, with and without its rules")
    func sensible() {
        #expect(codes { _ in } == [])
        #expect(
            codes(.init(isShared: true, isStrict: true, isVersioned: true)) {
                $0.jitter = 0.1
                $0.negativeTimeToLive = .seconds(5)
                $0.refreshAhead = .seconds(10)
                $0.staleWhileRevalidating = .seconds(5)
                $0.staleIfPrimaryFails = .seconds(600)
                $0.softTimeout = .seconds(1)
                $0.hardTimeout = .seconds(10)
                $0.patience = .milliseconds(500)
                $0.replicaLag = .seconds(1)
            } == [])
    }

    @Test("that contradicts itself is told so, each contradiction by its own code")
    func contradictions() {
        #expect(codes { $0.timeToLive = .zero } == ["time-to-live-zero"])
        #expect(
            codes(.init(isShared: true)) { $0.timeToLive = nil } == ["shared-without-time-to-live"])
        #expect(codes { $0.negativeTimeToLive = .seconds(61) } == ["negative-outlives-positive"])
        #expect(
            codes {
                $0.timeToLive = nil
                $0.jitter = 0.5
            } == ["jitter-without-time-to-live"])
        #expect(
            codes { $0.refreshAhead = .seconds(60) } == ["refresh-ahead-exceeds-time-to-live"])
        #expect(
            codes {
                $0.timeToLive = nil
                $0.staleIfPrimaryFails = .seconds(1)
            } == ["stale-without-time-to-live"])
        #expect(
            codes {
                $0.staleWhileRevalidating = .seconds(2)
                $0.staleIfPrimaryFails = .seconds(1)
            } == ["stale-rescue-shorter"])
        #expect(codes { $0.softTimeout = .seconds(1) } == ["soft-timeout-without-stale"])
        #expect(
            codes {
                $0.staleIfPrimaryFails = .seconds(1)
                $0.softTimeout = .seconds(2)
                $0.hardTimeout = .seconds(2)
            } == ["soft-timeout-exceeds-hard"])
        #expect(codes { $0.hardTimeout = .zero } == ["timeout-zero"])
        #expect(
            codes(.init(isShared: true)) {
                $0.patience = .seconds(2)
                $0.hardTimeout = .seconds(2)
            } == ["patience-exceeds-timeout"])
        #expect(codes { $0.patience = .seconds(1) } == ["patience-without-sharing"])
        #expect(
            codes(.init(isStrict: true)) { $0.hardTimeout = .seconds(31) }
                == ["barrier-shorter-than-timeout"])
        #expect(codes(.init(isStrict: true)) { $0.barrierTime = .zero } == ["barrier-zero"])
        #expect(codes { $0.replicaLag = .seconds(1) } == ["lag-without-versions"])
    }

    @Test("with a value that can never be right is a mistake, and others are none")
    func mistakes() {
        var policy = CachePolicy(timeToLive: .zero)
        #expect(policy.mistake == nil)
        policy.jitter = 1
        #expect(policy.mistake?.contains("jitter") == true)
        policy.jitter = 0
        policy.softTimeout = .seconds(-1)
        #expect(policy.mistake == "softTimeout is negative")
        #expect(CachePolicy(timeToLive: .seconds(-1)).mistake == "timeToLive is negative")
    }

    @Test("is judged where it is used")
    func advice() {
        let world = PolicyWorld(isShared: true)
        let notes = world.notes {
            $0.replicaLag = .seconds(1)
            $0.barrierTime = .zero
        }
        #expect(notes.advice.map(\.code) == ["lag-without-versions"])
        #expect(notes.strict().advice.map(\.code) == ["barrier-zero", "lag-without-versions"])
    }

    @Test("of two layers applies to each: what is stale above is read from the layer below")
    func layers() async throws {
        let world = PolicyWorld()
        let below = world.notes()
        var policy = CachePolicy(timeToLive: .seconds(10))
        policy.staleWhileRevalidating = .seconds(5)
        let above = CachedRepository(
            primary: below, cache: PlainCache(clock: world.clock), policy: policy)
        _ = try await above.get(1)
        world.clock.advance(by: .seconds(11))
        #expect(try await above.read(1).source == .stale)
        await eventually { above.cache.statistics.refreshes == 1 }
        await eventually { above.cache.coordinator.flights.isIdle }
        #expect(world.primary.reads.count == 1)
        try await above.replace(Note(id: 1, version: 1))
        #expect(try await above.get(1)?.version == 1)
        #expect(try await below.get(1)?.version == 1)
    }
}
