import StorageKit
import StorageKitTesting
import Synchronization

/// A cache that fails when the test says so, and always in a cancelled task, as one on a network
/// does.
final class FaultyCache: Cache {
    /// What fails.
    enum Fault: Sendable {
        case nothing
        case everything
        case invalidation
        case publishing
    }

    typealias Ticket = InMemoryCache<Int, Note>.Ticket

    /// On a clock that stands still: only readers settle doubts.
    let base = InMemoryCache<Int, Note>(capacity: 100, clock: ManualClock())
    private let state: Mutex<Fault>
    private let gate = Mutex<Gate?>(nil)
    private let invalidationCalls = Atomic(0)

    init(_ fault: Fault = .nothing) { state = Mutex(fault) }

    func fail(_ fault: Fault) { state.withLock { $0 = fault } }

    /// The next invalidation is held at the gate before it does anything.
    func holdNextInvalidation() -> Gate {
        let gate = Gate()
        self.gate.withLock { $0 = gate }
        return gate
    }

    /// How often an invalidation was attempted.
    var invalidationAttempts: Int { invalidationCalls.load(ordering: .relaxed) }

    var coordinator: CacheCoordinator<Int, Note> { base.coordinator }
    var statistics: CacheStatistics { base.statistics }

    func get(_ key: Int) async throws(StorageError) -> CacheEntry<Note>? {
        try check(.everything)
        return base.get(key)
    }

    func get(_ keys: [Int]) async throws(StorageError) -> [Int: CacheEntry<Note>] {
        try check(.everything)
        return base.get(keys)
    }

    func beginLoads(
        _ keys: [Int], unlessFreshFor demanded: Duration?
    ) async throws(StorageError) -> [Int: CacheLookup<Note, Ticket>] {
        try check(.everything)
        return base.beginLoads(keys, unlessFreshFor: demanded)
    }

    func publish(
        _ fills: [CacheFill<Int, Note, Ticket>]
    ) async throws(StorageError) -> Set<Int> {
        try check(.publishing)
        return base.publish(fills)
    }

    func abandonLoads(_ tickets: [Int: Ticket]) async throws(StorageError) {
        try check(.everything)
        base.abandonLoads(tickets)
    }

    func invalidate(_ keys: [Int]) async throws(StorageError) {
        invalidationCalls.add(1, ordering: .relaxed)
        try await gate.withLock { $0.take() }?.pass()
        try check(.invalidation)
        base.invalidate(keys)
    }

    func removeAll() async throws(StorageError) {
        try check(.invalidation)
        base.removeAll()
    }

    private func check(_ kind: Fault) throws(StorageError) {
        if Task.isCancelled { throw .cancelled(operation: "cache") }
        let fault = state.withLock { $0 }
        guard fault == .everything || fault == kind else { return }
        throw StorageError(code: .unavailable, message: "the cache is down")
    }
}
