import StorageKit

// What is due is read again in no reader's way.
extension CachedRepositorySuite {
    /// What a hit costs that begins a refresh; fails when readers wait for the loads.
    static func refresh() -> BenchmarkMeasure {
        let id = "cachedrepository.refresh"
        let (count, load) = (1_000, Duration.milliseconds(50))
        return BenchmarkMeasure(
            id: id, summary: "\(count) awaited hits, each of which begins a refresh of 50 ms",
            unit: "ns", rounds: 5
        ) {
            let todos = makeDue(loadsTaking: load)
            _ = try await todos.get(Array(1...count))
            let start = ContinuousClock.now
            for key in 1...count {
                guard try await todos.read(key).source == .cache else {
                    throw BenchmarkError.notAsPromised(id, "a reader was given what was loaded")
                }
            }
            let time = ContinuousClock.now - start
            // Had they waited it would be all of it.
            guard time < load * count / 2 else {
                throw BenchmarkError.notAsPromised(id, "\(count) hits took \(time)")
            }
            while todos.cache.statistics.refreshes < count { try await Task.sleep(for: load) }
            return .init(
                value: time / .nanoseconds(1) / Double(count), remark: "\(count) refreshes")
        }
    }

    /// A repository in which every entry is due from the beginning.
    private static func makeDue(loadsTaking load: Duration) -> InMemory {
        var policy = CachePolicy(timeToLive: .seconds(3600))
        policy.refreshAhead = .seconds(3600)
        return CachedRepository(
            primary: BenchmarkRepository(delay: load),
            cache: InMemoryCache(capacity: 2 * keyCount), policy: policy)
    }
}
