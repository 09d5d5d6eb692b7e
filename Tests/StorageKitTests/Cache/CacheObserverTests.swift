import StorageKit
import StorageKitTesting
import Synchronization
import Testing

@Suite("What an observer of a cache hears")
struct CacheObserverTests {
    private typealias Primary = FaultInjectingRepository<ModelRepository<Specimen>>

    private let clock = ManualClock()
    private let primary = Primary(
        ModelRepository(limits: RepositoryLimits(maximumBatchSize: 100, maximumPageSize: 100)))
    private let observer = Observer()

    private func makeReaders() -> CachedRepository<Primary, InMemoryCache<Int, Specimen>> {
        let cache = InMemoryCache<Int, Specimen>(capacity: 10, clock: clock)
        cache.coordinator.observe(with: observer)
        return CachedRepository(primary: primary, cache: cache)
    }

    @Test("a miss, its load, its fill and a hit are told in this order")
    func missThenHit() async throws {
        let readers = makeReaders()
        try await primary.insert(Specimen(number: 1, revision: 0))
        primary.inject(.holdAfter { [clock] in clock.advance(by: .seconds(2)) }, into: .get)
        _ = try await readers.get(1)
        _ = try await readers.get(1)
        #expect(
            observer.told == [
                "misses(1)", "began(1)", "around(1)", "ended(1) after 2.0 seconds",
                "filled(1, 0)", "hits(1)",
            ])
    }

    @Test("a load that fails is told with its error, and a write with its invalidation")
    func failedLoadAndWrite() async throws {
        let readers = makeReaders()
        primary.inject(.failBefore(.unavailable), into: .get)
        await #expect(throws: StorageError.self) { try await readers.get(1) }
        try await readers.insert(Specimen(number: 1, revision: 0))
        #expect(
            observer.told == [
                "misses(1)", "began(1)", "around(1)",
                "ended(1) after 0.0 seconds with unavailable", "invalidated(1)",
            ])
    }

    @Test("a fill that came too late is told as rejected")
    func rejectedFill() async throws {
        let readers = makeReaders()
        try await primary.insert(Specimen(number: 1, revision: 0))
        let cache = readers.cache
        primary.inject(.holdAfter { cache.invalidate([1]) }, into: .get)
        _ = try await readers.get(1)
        #expect(observer.told.last == "filled(0, 1)")
    }

    @Test("what is invalidated by a call is told once, as keys, as tags or as everything")
    func invalidations() async throws {
        let readers = makeReaders().tagged { _ in ["a"] }
        try await readers.invalidate(1)
        try await readers.invalidate([1, 2])
        try await readers.invalidate(tags: ["a", "b", "c"])
        try await readers.invalidateAll()
        #expect(
            observer.told == [
                "invalidated(1)", "invalidated(2)", "invalidated tags(3)", "invalidated all",
            ])
    }

    @Test("what could not be invalidated is told as doubted, once as well")
    func doubts() async throws {
        let cache = PlainCache(clock: clock)
        cache.coordinator.observe(with: observer)
        let notes = CachedRepository(primary: GatedPrimary(), cache: cache).tagged { _ in ["a"] }
        cache.fail("invalidate", "invalidateTags", "removeAll")
        await expectCode(.unavailable) { try await notes.invalidate([1, 2]) }
        await expectCode(.unavailable) { try await notes.invalidate(tags: ["a"]) }
        await expectCode(.unavailable) { try await notes.invalidateAll() }
        #expect(observer.told == ["doubted(2)", "doubted tags(1)", "doubted all"])
        #expect(cache.statistics.doubts == 4)
    }

    @Test("an observer that was taken away hears nothing more")
    func takenAway() async throws {
        let readers = makeReaders()
        readers.cache.coordinator.observe(with: nil)
        _ = try await readers.get(1)
        #expect(observer.told.isEmpty)
    }

    /// Writes down what it hears.
    private final class Observer: CacheObserver {
        private let lines = Mutex<[String]>([])

        var told: [String] { lines.withLock { $0 } }

        func observe(_ event: CacheEvent) { write(text(event)) }

        func aroundLoad<Value>(
            ofKeys count: Int, _ body: () async -> Value
        ) async -> Value {
            write("around(\(count))")
            return await body()
        }

        private func write(_ line: String) { lines.withLock { $0.append(line) } }

        private func text(_ event: CacheEvent) -> String {
            switch event {
            case .hits(let count): "hits(\(count))"
            case .staleHits(let count): "stale(\(count))"
            case .misses(let count): "misses(\(count))"
            case .loadBegan(let keys): "began(\(keys))"
            case .loadEnded(let keys, let time, let error):
                "ended(\(keys)) after \(time)" + (error.map { " with \($0.code)" } ?? "")
            case .filled(let stored, let rejected): "filled(\(stored), \(rejected))"
            case .invalidated(let keys): "invalidated(\(keys))"
            case .cacheFailed(let error): "failed with \(error.code)"
            case .invalidatedTags(let count): "invalidated tags(\(count))"
            case .invalidatedAll: "invalidated all"
            case .doubted(let keys): "doubted(\(keys))"
            case .doubtedTags(let count): "doubted tags(\(count))"
            case .doubtedAll: "doubted all"
            }
        }
    }
}
