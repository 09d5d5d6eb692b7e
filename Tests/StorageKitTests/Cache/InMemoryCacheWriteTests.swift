import StorageKitTesting
import Testing

@testable import StorageKit

@Suite("InMemoryCache, told of writes")
struct InMemoryCacheWriteTests {
    private let clock = ManualClock()
    private let cache: InMemoryCache<Int, String>

    init() { cache = InMemoryCache(capacity: 10, clock: clock) }

    private func entry(_ value: String, _ version: Int64?, _ tags: Set<CacheTag> = [])
        -> CacheEntry<String>
    {
        CacheEntry(value, version: version.map { CacheVersion($0) }, tags: tags)
    }

    private func record(
        _ version: Int64, _ value: String?, lag: Duration = .zero, tags: Set<CacheTag> = []
    ) {
        let left = value.map { entry($0, version, tags) }
        let write = CacheWrite(key: 1, version: CacheVersion(version), entry: left)
        cache.recordWrites([write], refusingOlderFor: lag)
    }

    // MARK: Barriers

    @Test("serves nothing and registers nothing while a barrier is held, then what it leaves")
    func barrier() async throws {
        try await cache.fill(1, "old")
        let ticket = try #require(try await cache.ticket(1, unlessFreshFor: nil))
        let barrier = try #require(cache.beginWrites([1, 1], lasting: .seconds(5))[1])
        #expect(cache.get(1) == nil)
        #expect(try await cache.beginLoad(1).bypass == .writing)
        #expect(try await !cache.publish("old", for: 1, ticket: ticket))
        cache.endWrites([CacheWriteEnd(key: 1, barrier: barrier, entry: CacheEntry("new"))])
        #expect(cache.get(1)?.value == "new")
    }

    @Test("keeps nothing of two writers at once, and is free when the last has ended")
    func contention() async throws {
        let first = try #require(cache.beginWrites([1], lasting: .seconds(5))[1])
        let second = try #require(cache.beginWrites([1], lasting: .seconds(5))[1])
        cache.endWrites([CacheWriteEnd(key: 1, barrier: second, entry: CacheEntry("second"))])
        #expect(try await cache.beginLoad(1).bypass == .writing)
        cache.endWrites([CacheWriteEnd(key: 1, barrier: first, entry: CacheEntry("first"))])
        #expect(cache.get(1) == nil)
        #expect(try await cache.ticket(1) != nil)
    }

    @Test("keeps nothing of a writer whose key was invalidated meanwhile", arguments: [0, 1, 2])
    func contendedByInvalidation(way: Int) async throws {
        let barrier = try #require(cache.beginWrites([1], lasting: .seconds(5))[1])
        switch way {
        case 0: cache.invalidate([1])
        case 1: cache.removeAll()
        default: cache.invalidate(tags: ["t"])
        }
        #expect(try await cache.beginLoad(1).bypass == .writing, "the barrier is still there")
        let left = CacheEntry("own", tags: ["t"])
        cache.endWrites([CacheWriteEnd(key: 1, barrier: barrier, entry: left)])
        #expect(cache.get(1) == nil)
    }

    @Test(
        "lets a barrier end by itself, and then its writer leaves nothing and removes what is there"
    )
    func lateWriter() async throws {
        let barrier = try #require(cache.beginWrites([1], lasting: .seconds(5))[1])
        clock.advance(by: .seconds(5) - .nanoseconds(1))
        #expect(try await cache.beginLoad(1).bypass == .writing)
        clock.advance(by: .nanoseconds(1))
        try await cache.fill(1, "between")
        cache.endWrites([CacheWriteEnd(key: 1, barrier: barrier, entry: CacheEntry("late"))])
        #expect(cache.get(1) == nil)
    }

    @Test("lets nobody join, after a write, a load that began during it")
    func joining() throws {
        let barrier = try #require(cache.beginWrites([1], lasting: .seconds(5))[1])
        let seat = cache.coordinator.flights.join(1, load: LoadTask())
        cache.endWrites([CacheWriteEnd(key: 1, barrier: barrier)])
        #expect(!cache.coordinator.flights.canJoin(1))
        cache.coordinator.flights.leave(seat)
    }

    // MARK: Versions

    @Test("of two entries keeps the one with the newer version, whichever comes later")
    func newestWins() async throws {
        #expect(try await cache.fill(1, entry("two", 2)))
        #expect(try await !cache.fill(1, entry("one", 1)))
        #expect(cache.get(1) == entry("two", 2))
        #expect(try await cache.fill(1, entry("three", 3)))
        #expect(cache.get(1)?.value == "three")
        #expect(cache.statistics.rejectedFills == 1)
    }

    @Test("replaces an older entry by a write, keeps a newer one, and puts none where none was")
    func recording() async throws {
        record(1, "one")
        #expect(cache.get(1) == nil)
        try await cache.fill(1, entry("two", 2))
        record(3, "three")
        #expect(cache.get(1) == entry("three", 3))
        record(2, "late")
        #expect(cache.get(1)?.value == "three")
        record(4, nil)
        #expect(cache.get(1) == nil)
        try await cache.fill(1, "without")
        record(5, "five")
        #expect(cache.get(1) == nil, "an entry without a version may be newer than the write")
    }

    @Test("refuses older fills for as long as it was told, and those without a version")
    func floor() async throws {
        record(5, nil, lag: .seconds(10))
        record(4, nil, lag: .seconds(1))
        #expect(try await !cache.fill(1, entry("lagging", 4)))
        #expect(try await !cache.fill(1, "unversioned"))
        cache.invalidate([1])
        #expect(try await !cache.fill(1, entry("lagging", 4)), "invalidation forgets no floor")
        #expect(try await cache.fill(1, entry("current", 5)))
        cache.invalidate([1])
        clock.advance(by: .seconds(10))
        #expect(try await cache.fill(1, entry("lagging", 4)))
    }

    @Test("is not filled for a while when there are more versions than it remembers")
    func manyFloors() async throws {
        let writes = (0...4096).map { CacheWrite<Int, String>(key: $0, version: .init(1)) }
        cache.recordWrites(writes, refusingOlderFor: .seconds(10))
        #expect(try await cache.beginLoad(9000).bypass == .closed)
        clock.advance(by: .seconds(10))
        #expect(try await cache.fill(9000, "again"))
    }

    @Test("does not bring back by a write what was cleared by tag")
    func recordingTags() async throws {
        try await cache.fill(1, entry("one", 1, ["a"]))
        cache.invalidate(tags: ["b"])
        record(2, "two", tags: ["b"])
        #expect(cache.get(1) == nil)
    }
}
