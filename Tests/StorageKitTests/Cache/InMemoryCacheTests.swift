import StorageKitTesting
import Synchronization
import Testing

@testable import StorageKit

@Suite("InMemoryCache")
struct InMemoryCacheTests {
    private let clock = ManualClock()

    private func makeCache(
        capacity: Int = 10, timeToLive: Duration? = nil
    ) -> InMemoryCache<Int, String> {
        InMemoryCache(capacity: capacity, timeToLive: timeToLive, clock: clock)
    }

    @Test("holds what was published with a registered ticket")
    func publish() async throws {
        let cache = makeCache()
        #expect(try await cache.fill(1, "one"))
        #expect(cache.get(1) == CacheEntry("one"))
        #expect(cache.get([1, 2]) == [1: CacheEntry("one")])
        #expect(cache.count == 1 && cache.loadCount == 0)
    }

    @Test("finds the entry at the second look instead of registering a load")
    func secondLook() async throws {
        let cache = makeCache()
        try await cache.fill(1, "one")
        guard case .hit(let entry) = try await cache.beginLoad(1) else {
            return #expect(Bool(false), "there is an entry")
        }
        #expect(entry.value == "one")
    }

    @Test("registers one load per key at a time")
    func oneLoad() async throws {
        let cache = makeCache()
        let ticket = try await cache.ticket(1)
        #expect(try await cache.beginLoad(1).bypass != nil)
        #expect(try await cache.ticket(2) != nil, "another key has its own")
        try await cache.abandonLoad(1, ticket: #require(ticket))
        #expect(try await cache.ticket(1) != nil)
    }

    @Test("never stores with a ticket from before an invalidation, not even for the same reader")
    func ticketsAreUnique() async throws {
        let cache = makeCache()
        let old = try #require(try await cache.ticket(1))
        cache.invalidate([1])
        let new = try #require(try await cache.ticket(1))
        #expect(try await !cache.publish("old", for: 1, ticket: old))
        #expect(try await cache.publish("new", for: 1, ticket: new))
        #expect(try await !cache.publish("again", for: 1, ticket: new), "a ticket is used once")
        #expect(cache.get(1)?.value == "new")
        #expect(cache.statistics.rejectedFills == 2)
    }

    @Test("lets a load be taken over whose owner vanished a minute ago")
    func lease() async throws {
        let cache = makeCache()
        let lost = try #require(try await cache.ticket(1))
        clock.advance(by: .seconds(60) - .nanoseconds(1))
        #expect(try await cache.beginLoad(1).bypass != nil)
        clock.advance(by: .nanoseconds(1))
        let ticket = try #require(try await cache.ticket(1))
        #expect(try await !cache.publish("late", for: 1, ticket: lost))
        #expect(try await cache.publish("in time", for: 1, ticket: ticket))
    }

    @Test("sweeps the registrations of vanished owners, so that they do not pile up")
    func sweep() async throws {
        let cache = makeCache()
        for key in 0..<1000 {
            _ = cache.beginLoads([key])
            clock.advance(by: .seconds(1))
        }
        #expect(cache.loadCount <= 2 * 64)
    }

    @Test("has an entry before its time to live has passed, and not at that moment")
    func expiry() async throws {
        let cache = makeCache(timeToLive: .seconds(10))
        try await cache.fill(1, "default")
        try await cache.fill(2, "own", timeToLive: .seconds(20))
        clock.advance(by: .seconds(10) - .nanoseconds(1))
        #expect(cache.get(1) == CacheEntry("default", timeToLive: .nanoseconds(1)))
        clock.advance(by: .nanoseconds(1))
        #expect(cache.get(1) == nil)
        #expect(cache.get(2) == CacheEntry("own", timeToLive: .seconds(10)))
        #expect(cache.count == 1, "the expired one was removed when it was found")
        #expect(cache.statistics.expirations == 1)
    }

    @Test("counts the time to live from the publication, not from the beginning of the load")
    func expiryBegins() async throws {
        let cache = makeCache(timeToLive: .seconds(10))
        let ticket = try #require(try await cache.ticket(1))
        clock.advance(by: .seconds(30))
        try await cache.publish("slow", for: 1, ticket: ticket)
        clock.advance(by: .seconds(9))
        #expect(cache.get(1) != nil)
    }

    @Test(
        "never holds more than its capacity, and exactly that when it is small",
        arguments: [1, 2, 3, 7, 64, 1023])
    func smallCapacity(capacity: Int) async throws {
        let cache = makeCache(capacity: capacity)
        for key in 0..<(2 * capacity) {
            try await cache.fill(key, "value")
            #expect(cache.count == min(key + 1, capacity))
        }
        #expect(cache.statistics.evictions == capacity)
    }

    @Test(
        "never holds more than its capacity in many stripes, and not much less",
        arguments: [1024, 1025, 5000])
    func largeCapacity(capacity: Int) async throws {
        let cache = makeCache(capacity: capacity)
        for key in 0..<(4 * capacity) { try await cache.fill(key, "value") }
        #expect(cache.count == capacity)
    }

    @Test("of capacity 0 keeps nothing and registers nothing")
    func noCapacity() async throws {
        let cache = makeCache(capacity: 0)
        #expect(try await cache.beginLoad(1).bypass != nil)
        #expect(cache.count == 0 && cache.loadCount == 0)
    }

    @Test("forgets what is invalidated and leaves the rest")
    func invalidate() async throws {
        let cache = makeCache()
        for key in 1...3 { try await cache.fill(key, "value") }
        cache.invalidate([1, 2, 9])
        #expect(cache.get([1, 2, 3]).keys.sorted() == [3])
        #expect(cache.statistics.invalidations == 3)
    }

    @Test("forgets everything, running loads included")
    func removeAll() async throws {
        let cache = makeCache()
        try await cache.fill(1, "one")
        let ticket = try #require(try await cache.ticket(2))
        cache.removeAll()
        #expect(cache.count == 0 && cache.loadCount == 0)
        #expect(try await !cache.publish("two", for: 2, ticket: ticket))
    }

    @Test("keeps the knowledge that there is no value like any other entry")
    func absence() async throws {
        let cache = makeCache()
        let ticket = try #require(try await cache.ticket(1))
        cache.publish([CacheFill(key: 1, entry: CacheEntry(nil), ticket: ticket)])
        #expect(cache.get(1) == CacheEntry(nil))
    }

    @Test("destroys what it removes outside its locks: a deinit may use the cache")
    func reentrantDeinit() async throws {
        let cache = InMemoryCache<Int, Bomb>(capacity: 1)
        for key in 1...3 {
            guard case .load(let ticket) = try await cache.beginLoad(key) else { return }
            try await cache.publish(Bomb(cache: cache), for: key, ticket: ticket)
        }
        cache.removeAll()
        #expect(cache.statistics.misses == 3, "each looked up something as it went")
    }

    @Test("removes the entry first and detaches the running load then", arguments: [true, false])
    func orderOfInvalidation(all: Bool) async throws {
        let cache = InMemoryCache<Int, Witness>(capacity: 1)
        let couldJoin = Mutex<Bool?>(nil)
        let flights = cache.coordinator.flights
        try await cache.fill(1, Witness { couldJoin.withLock { $0 = flights.canJoin(1) } })
        let seat = flights.join(1, load: LoadTask())
        if all { cache.removeAll() } else { cache.invalidate([1]) }
        #expect(couldJoin.withLock { $0 } == true, "as the entry went, the load was still there")
        #expect(!flights.canJoin(1))
        flights.leave(seat)
    }

    private final class Witness: Sendable {
        let onRemoval: @Sendable () -> Void
        init(onRemoval: @escaping @Sendable () -> Void) { self.onRemoval = onRemoval }
        deinit { onRemoval() }
    }

    private final class Bomb: Sendable {
        let cache: InMemoryCache<Int, Bomb>
        init(cache: InMemoryCache<Int, Bomb>) { self.cache = cache }
        deinit { _ = cache.get(99) }
    }
}
