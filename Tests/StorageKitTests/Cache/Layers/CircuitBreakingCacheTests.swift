import StorageKitTesting
import Testing

@testable import StorageKit

@Suite("A cache with a circuit breaker", .timeLimit(.minutes(5)))
struct CircuitBreakingCacheTests {
    private let clock = ManualClock()
    private let spy = SpyCache()
    private let primary = GatedPrimary((1...100).map { Note(id: $0, version: 0) })
    private let cache: CircuitBreakingCache<SpyCache>

    private static let everything: Set<SpyCache.Call> = [
        .get, .beginLoads, .publish, .abandonLoads, .invalidate, .removeAll,
    ]

    init() {
        var policy = CircuitBreakerPolicy()
        policy.callTimeout = .milliseconds(50)
        policy.minimumCalls = 5
        policy.pause = .seconds(1)
        cache = CircuitBreakingCache(spy, policy: policy, clock: clock)
    }

    private var notes: CachedRepository<GatedPrimary, CircuitBreakingCache<SpyCache>> {
        CachedRepository(primary: primary, cache: cache)
    }

    private func breakDown() async throws {
        spy.refuse(Self.everything)
        while cache.isClosed { _ = try await notes.get(99) }
        spy.forget()
    }

    @Test("is not asked any more when it fails, and readers get what the primary has")
    func open() async throws {
        try await breakDown()
        for id in 1...20 { #expect(try await notes.get(id)?.version == 0) }
        #expect(spy.calls.isEmpty)
        await expectCode(.unavailable) { _ = try await cache.get(1) }
        #expect(await !cache.loadEnded(of: 1, within: .seconds(600)))
    }

    @Test("serves nothing that was written while it was not asked, when it returns")
    func resynchronisation() async throws {
        for id in 1...3 { _ = try await notes.get(id) }
        try await breakDown()
        try await notes.replace(Note(id: 1, version: 1))
        try await notes.replace(Note(id: 2, version: 1))
        #expect(spy.base.get(1)?.value?.version == 0, "the old entry is still there")
        spy.refuse([])
        #expect(try await notes.get(1)?.version == 1, "still not asked")
        clock.advance(by: .seconds(1))
        for id in 1...2 { #expect(try await notes.get(id)?.version == 1) }
        while cache.coordinator.hasDoubts { _ = try await notes.get(2) }
        #expect(cache.isClosed)
        #expect(try await notes.read(3).source == .cache, "what nobody wrote is still good")
        #expect(try await notes.get(1)?.version == 1)
        #expect(spy.base.get(1)?.value?.version == 1)
    }

    @Test("is cleared when it returns after more writes than can be remembered one by one")
    func clearing() async throws {
        _ = try await notes.get(3)
        try await breakDown()
        for id in 1...5000 { try await notes.upsert(Note(id: 1000 + id, version: 1)) }
        spy.refuse([])
        clock.advance(by: .seconds(1))
        #expect(try await notes.read(3).source == .primary)
        #expect(spy.calls.contains(.removeAll))
    }

    @Test("costs a reader no more than the timeout when it is silent")
    func silence() async throws {
        let gate = spy.hold(.get)
        let read = Task { [cache] in try await cache.get(1) }
        await gate.waitForArrivals()
        await clock.waitForSleepers()
        clock.advance(by: .milliseconds(50))
        await expectCode(.timedOut) { _ = try await read.value }
        gate.open()
    }

    @Test("has loads abandoned that were registered too late")
    func lateLoad() async throws {
        let gate = spy.hold(.beginLoads)
        let load = Task { [cache] in try await cache.beginLoads([1]) }
        await gate.waitForArrivals()
        await clock.waitForSleepers()
        clock.advance(by: .milliseconds(50))
        await expectCode(.timedOut) { _ = try await load.value }
        gate.open()
        await eventually { spy.calls.contains(.abandonLoads) && spy.base.loadCount == 0 }
    }

    @Test("says of a late invalidation that it may have happened")
    func lateInvalidation() async throws {
        let gate = spy.hold(.invalidate)
        let invalidation = Task { [cache] in try await cache.invalidate(1) }
        await gate.waitForArrivals()
        await clock.waitForSleepers()
        clock.advance(by: .milliseconds(50))
        let error = await #expect(throws: StorageError.self) { try await invalidation.value }
        #expect(error?.code == .timedOut && error?.mayHaveBeenApplied == true)
        gate.open()
    }

    @Test("lets go of a cancelled caller at once, and does not count that as a failure")
    func cancellation() async throws {
        for _ in 0..<10 {
            let gate = spy.hold(.get)
            let read = Task { [cache] in try await cache.get(1) }
            await gate.waitForArrivals()
            read.cancel()
            await expectCode(.cancelled) { _ = try await read.value }
            gate.open()
        }
        #expect(cache.isClosed)
    }

    @Test("counts slow answers as failures when it is told to, and gives them all the same")
    func slowAnswers() async throws {
        var policy = CircuitBreakerPolicy()
        policy.slowCallTime = .milliseconds(20)
        policy.minimumCalls = 3
        let cache = CircuitBreakingCache(spy, policy: policy, clock: clock)
        for _ in 0..<3 {
            let gate = spy.hold(.get)
            let read = Task { try await cache.get(1) }
            await gate.waitForArrivals()
            clock.advance(by: .milliseconds(20))
            gate.open()
            #expect(try await read.value == nil)
        }
        #expect(!cache.isClosed)
    }

    @Test("leaves no timer behind a call that was in time")
    func timers() async throws {
        for _ in 0..<20 { _ = try await cache.get(1) }
        await eventually { clock.sleepers == 0 }
    }
}
