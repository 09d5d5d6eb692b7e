import StorageKit
import Synchronization

/// One process' side of a cache that it shares with others: the entries are theirs together, the
/// running loads are its own.
final class SharedSide: Cache {
    typealias Ticket = InMemoryCache<Int, Note>.Ticket

    let base: InMemoryCache<Int, Note>
    let coordinator = CacheCoordinator<Int, Note>(isShared: true)
    private let gates = Mutex<(begin: Gate?, publish: Gate?)>((nil, nil))

    init(_ base: InMemoryCache<Int, Note>) { self.base = base }

    var statistics: CacheStatistics { coordinator.statistics }

    /// The next look for an entry to load has its answer, which is held at the gate.
    func holdNextBegin() -> Gate {
        let gate = Gate()
        gates.withLock { $0.begin = gate }
        return gate
    }

    /// The next publication has taken effect, and its answer is held at the gate.
    func holdNextPublication() -> Gate {
        let gate = Gate()
        gates.withLock { $0.publish = gate }
        return gate
    }

    func get(_ key: Int) async throws(StorageError) -> CacheEntry<Note>? { base.get(key) }

    func get(_ keys: [Int]) async throws(StorageError) -> [Int: CacheEntry<Note>] {
        base.get(keys)
    }

    func beginLoads(
        _ keys: [Int], unlessFreshFor demanded: Duration?
    ) async throws(StorageError) -> [Int: CacheLookup<Note, Ticket>] {
        let answer = base.beginLoads(keys, unlessFreshFor: demanded)
        try await gates.withLock { $0.begin.take() }?.pass()
        return answer
    }

    func publish(
        _ fills: [CacheFill<Int, Note, Ticket>]
    ) async throws(StorageError) -> Set<Int> {
        let stored = base.publish(fills)
        try await gates.withLock { $0.publish.take() }?.pass()
        return stored
    }

    func abandonLoads(_ tickets: [Int: Ticket]) async throws(StorageError) {
        base.abandonLoads(tickets)
    }

    func invalidate(_ keys: [Int]) async throws(StorageError) {
        base.invalidate(keys)
        coordinator.detachLoads(of: keys)
    }

    func removeAll() async throws(StorageError) {
        base.removeAll()
        coordinator.detachAllLoads()
    }
}
