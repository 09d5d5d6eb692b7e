import StorageKitTesting
import Testing

@testable import StorageKit

/// A primary with three notes, a plain cache, and a clock that the test moves.
struct PolicyWorld: Sendable {
    typealias Notes = CachedRepository<GatedPrimary, PlainCache>

    let primary = GatedPrimary((1...3).map { Note(id: $0, version: 0) })
    let clock: ManualClock
    let cache: PlainCache

    init(isShared: Bool = false) {
        let clock = ManualClock()
        self.clock = clock
        cache = PlainCache(PlainCache.Server(clock: clock), isShared: isShared)
    }

    /// A repository with entries of a minute, but for what the body changes.
    func notes(_ change: (inout CachePolicy) -> Void = { _ in }) -> Notes {
        var policy = CachePolicy(timeToLive: .seconds(60))
        change(&policy)
        return Notes(primary: primary, cache: cache, policy: policy)
    }

    /// Waits until no load is under way.
    func settle() async { await eventually { cache.coordinator.flights.isIdle } }

    /// Waits until so many refreshes have ended.
    func refreshes(_ count: Int) async {
        await eventually { cache.statistics.refreshes >= count }
        await settle()
    }
}

extension StorageError {
    /// The primary cannot be reached.
    static var primaryIsDown: StorageError {
        StorageError(code: .unavailable, message: "the primary is down")
    }
}
