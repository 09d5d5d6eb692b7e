import StorageKitTesting
import Testing

@testable import StorageKit

/// What tags, versions and barriers do through a circuit breaker.
@Suite("A circuit breaker around a cache that can do more", .timeLimit(.minutes(5)))
struct CircuitBreakingRefinementTests {
    typealias Breaking = CircuitBreakingCache<SpyCache>
    typealias Call = SpyCache.Call

    private let clock = ManualClock()
    private let spy: SpyCache
    private let primary = GatedPrimary((1...9).map { Note(id: $0, version: 0) })
    private let cache: Breaking

    private static let refinements: [Call] = [
        .invalidateTags, .recordWrites, .beginWrites, .endWrites,
    ]

    init() {
        spy = SpyCache(InMemoryCache(capacity: 100, clock: clock))
        var policy = CircuitBreakerPolicy()
        policy.callTimeout = .milliseconds(50)
        policy.minimumCalls = 4
        policy.pause = .seconds(1)
        cache = Breaking(spy, policy: policy, clock: clock)
    }

    private var notes: CachedRepository<GatedPrimary, Breaking> {
        CachedRepository(primary: primary, cache: cache)
    }

    private var versioned: CachedRepository<GatedPrimary, Breaking> {
        notes.versioned(by: { CacheVersion(Int64($0.version)) }) { note, _ in note }
    }

    /// Makes the call by itself, with whatever it needs from before.
    private func make(_ call: Call) async throws {
        switch call {
        case .invalidateTags: try await cache.invalidate(tags: ["a"])
        case .recordWrites:
            let write = CacheWrite<Int, Note>(key: 1, version: CacheVersion(1))
            try await cache.recordWrites([write], refusingOlderFor: .zero)
        case .beginWrites: _ = try await cache.beginWrites([1], lasting: .seconds(1))
        case .endWrites:
            let barriers = spy.base.beginWrites([1], lasting: .seconds(1))
            try await cache.endWrites(barriers.map { .init(key: $0, barrier: $1) })
        default: break
        }
    }

    private func breakDown() async throws {
        spy.refuse(Set(Self.refinements + [.get, .beginLoads, .publish, .invalidate, .removeAll]))
        while cache.isClosed { _ = try await notes.get(9) }
        spy.forget()
    }

    private func restore() {
        spy.refuse([])
        clock.advance(by: .seconds(1))
    }

    @Test("passes each call on, counts its failures, and then refuses it", arguments: refinements)
    func failures(call: Call) async throws {
        try await make(call)
        #expect(spy.calls == [call])
        spy.refuse([call])
        for _ in 0..<20 where cache.isClosed {
            await expectCode(.unavailable) { try await make(call) }
        }
        #expect(!cache.isClosed)
        spy.forget()
        await expectCode(.unavailable) { try await make(call) }
        #expect(spy.calls == [], "it was not asked")
        restore()
        try await make(call)
        #expect(spy.calls == [call] && cache.isClosed, "one that succeeds closes it")
    }

    @Test("gives each call up in time, and says that it may have happened", arguments: refinements)
    func silence(call: Call) async throws {
        let gate = spy.hold(call)
        let error = Task { await storageError { try await make(call) } }
        await gate.waitForArrivals()
        await clock.waitForSleepers()
        clock.advance(by: .milliseconds(50))
        let found = await error.value
        #expect(found?.code == .timedOut && found?.mayHaveBeenApplied == true)
        gate.open()
    }

    @Test("has a barrier ended that was set too late, for its write is not made")
    func lateBarrier() async throws {
        let gate = spy.hold(.beginWrites)
        let write = Task { [notes] in try await notes.strict().replace(Note(id: 1, version: 1)) }
        await gate.waitForArrivals()
        await clock.waitForSleepers()
        clock.advance(by: .milliseconds(50))
        await expectCode(.unavailable) { try await write.value }
        #expect(primary.note(1)?.version == 0, "nothing was sent")
        gate.open()
        await eventually { spy.calls.contains(.endWrites) }
        // Under a barrier nothing would be kept.
        while try await notes.read(1).source != .cache { try Task.checkCancellation() }
    }

    @Test("refuses a strict write at once while the cache is not asked, and lets it go on later")
    func strictWrites() async throws {
        let strict = notes.strict()
        _ = try await strict.get(1)
        try await breakDown()
        await expectCode(.unavailable) { try await strict.replace(Note(id: 1, version: 1)) }
        #expect(spy.calls == [] && primary.note(1)?.version == 0)
        #expect(cache.statistics.strictRefusals == 1)
        restore()
        try await strict.replace(Note(id: 1, version: 1))
        #expect(spy.calls == [.beginWrites, .endWrites])
        #expect(try await strict.get(1)?.version == 1)
    }

    @Test("leaves the barrier to its time when it cannot be ended")
    func barrierLeft() async throws {
        let strict = notes.strict()
        _ = try await strict.get(1)
        spy.refuse([.endWrites])
        try await strict.replace(Note(id: 1, version: 1))
        #expect(primary.note(1)?.version == 1, "the write is what the primary says it is")
        #expect(cache.statistics.failedInvalidations == 1)
        spy.refuse([])
        for _ in 0..<2 {
            let read = try await strict.read(1)
            #expect(read.entity?.version == 1 && read.source == .primary)
        }
        clock.advance(by: strict.policy.barrierTime)
        _ = try await strict.get(1)
        #expect(try await strict.read(1).source == .cache)
    }

    @Test("serves nothing old when a version could not be recorded, and nothing but it afterwards")
    func versions() async throws {
        _ = try await versioned.get([1, 2])
        try await breakDown()
        try await versioned.replace(Note(id: 1, version: 1))
        #expect(spy.calls == [])
        #expect(spy.base.get(1)?.value?.version == 0, "the old entry is still there")
        #expect(try await versioned.get(1)?.version == 1)
        restore()
        // This reader settles the doubt, or the task does that the clock has woken.
        while cache.coordinator.hasDoubts { _ = try await versioned.get(1) }
        #expect(try await versioned.get(1)?.version == 1)
        #expect(cache.isClosed)
        #expect(try await versioned.read(2).source == .cache)
        try await versioned.replace(Note(id: 1, version: 2))
        let read = try await versioned.read(1)
        #expect(read.entity?.version == 2 && read.source == .cache)
    }

    @Test("says so when tags cannot be invalidated, and invalidates them when asked again")
    func tags() async throws {
        let tagged = notes.tagged { [$0.id < 5 ? "low" : "high"] }
        _ = try await tagged.get([1, 2, 8])
        try await breakDown()
        await expectCode(.unavailable) { try await tagged.invalidate(tags: ["low"]) }
        #expect(spy.calls == [])
        restore()
        try await tagged.invalidate(tags: ["low"])
        #expect(spy.base.get(1) == nil && spy.base.get(2) == nil && spy.base.get(8) != nil)
    }
}

/// The error that a call throws.
private func storageError(_ call: () async throws -> Void) async -> StorageError? {
    do {
        try await call()
        return nil
    } catch {
        return error as? StorageError
    }
}
