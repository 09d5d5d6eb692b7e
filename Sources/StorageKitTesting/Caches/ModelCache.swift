public import StorageKit
import Synchronization

/// The cache that the laws are written down in: every refinement, one lock, no cleverness.
///
/// It compares with other caches in ``CacheLaws`` and is what ``BrokenCache`` breaks. Its keys are
/// numbers, and so are its tickets and barriers.
public final class ModelCache: TaggedCache, BarrierCache, VersionedCache {
    /// The number of a load.
    public typealias Ticket = Int
    /// The number of a write.
    public typealias Barrier = Int

    /// What the readers of this cache share.
    public let coordinator: CacheCoordinator<Int, Specimen>

    let state: Mutex<ModelCacheState>
    private let reading: @Sendable () -> Duration

    /// Creates an empty cache.
    ///
    /// - Parameters:
    ///   - leaseTime: After which time a load that did not end keeps others away no longer.
    ///   - capacity: The largest number of entries; `nil` for as many as come.
    ///   - clock: What time is read from.
    public init(
        leaseTime: Duration = .seconds(60), capacity: Int? = nil, clock: some Clock<Duration>
    ) {
        let origin = clock.now
        reading = { origin.duration(to: clock.now) }
        coordinator = CacheCoordinator(clock: clock)
        state = Mutex(ModelCacheState(leaseTime: leaseTime, capacity: capacity))
    }

    var now: Duration { reading() }

    /// What has happened so far.
    public var statistics: CacheStatistics {
        var statistics = coordinator.statistics
        let own = state.withLock(\.statistics)
        statistics.hits = own.hits
        statistics.misses = own.misses
        statistics.published = own.published
        statistics.rejectedFills = own.rejectedFills
        statistics.evictions = own.evictions
        statistics.invalidations = own.invalidations
        return statistics
    }

    /// The entry under the key.
    public func get(_ key: Int) -> CacheEntry<Specimen>? {
        state.withLock { $0.get(key, now) }
    }

    /// The entries that exist under the keys.
    public func get(_ keys: [Int]) -> [Int: CacheEntry<Specimen>] {
        var found: [Int: CacheEntry<Specimen>] = [:]
        for key in keys { found[key] = get(key) }
        return found
    }

    /// Looks each key up once more and registers a load of it if there is no entry fresh enough.
    public func beginLoads(
        _ keys: [Int], unlessFreshFor demanded: Duration?
    ) -> [Int: CacheLookup<Specimen, Int>] {
        var lookups: [Int: CacheLookup<Specimen, Int>] = [:]
        for key in keys where lookups[key] == nil {
            lookups[key] = state.withLock { $0.beginLoad(key, demanded, now) }
        }
        return lookups
    }

    /// Stores each entry whose ticket is still the registered one, and ends those loads.
    @discardableResult
    public func publish(_ fills: [CacheFill<Int, Specimen, Int>]) -> Set<Int> {
        Set(fills.filter { fill in state.withLock { $0.publish(fill, now) } }.map(\.key))
    }

    /// Ends loads that found nothing to publish, as far as they are still registered.
    public func abandonLoads(_ tickets: [Int: Int]) {
        for (key, ticket) in tickets { state.withLock { $0.abandon(key, ticket, now) } }
    }

    /// Removes the entries and the registered loads of the keys, then detaches their running loads.
    public func invalidate(_ keys: [Int]) {
        for key in keys { state.withLock { $0.invalidate(key) } }
        coordinator.detachLoads(of: keys)
    }

    /// Removes every entry and registered load, then detaches every running load.
    public func removeAll() {
        state.withLock { $0.removeAll() }
        coordinator.detachAllLoads()
    }

    /// Invalidates every entry that carries one of the tags, then detaches every running load.
    public func invalidate(tags: Set<CacheTag>) {
        state.withLock { $0.invalidate(tags: tags) }
        coordinator.detachAllLoads()
    }

    /// Sets a barrier for each of the keys and detaches their running loads.
    public func beginWrites(_ keys: [Int], lasting duration: Duration) -> [Int: Int] {
        var barriers: [Int: Int] = [:]
        for key in keys where barriers[key] == nil {
            barriers[key] = state.withLock { $0.beginWrite(key, lasting: duration, now) }
        }
        coordinator.detachLoads(of: keys)
        return barriers
    }

    /// Ends barriers, and leaves entries behind where that is safe.
    public func endWrites(_ writes: [CacheWriteEnd<Int, Specimen, Int>]) {
        for write in writes { state.withLock { $0.endWrite(write, now) } }
        coordinator.detachLoads(of: writes.map(\.key))
    }

    /// Remembers the versions that were written and replaces entries where that is safe.
    public func recordWrites(
        _ writes: [CacheWrite<Int, Specimen>], refusingOlderFor duration: Duration
    ) {
        for write in writes {
            state.withLock { $0.recordWrite(write, refusingOlderFor: duration, now) }
        }
        coordinator.detachLoads(of: writes.map(\.key))
    }
}
