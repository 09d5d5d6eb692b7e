import StorageKit
import StorageKitTesting
import Synchronization

/// A cache in memory whose calls are noted, and held or refused when the test says so.
final class SpyCache: Cache {
    /// A call of the protocol.
    enum Call: String, Sendable {
        case get, beginLoads, publish, abandonLoads, invalidate, removeAll
        case beginWrites, endWrites, recordWrites, invalidateTags
    }

    typealias Ticket = InMemoryCache<Int, Note>.Ticket

    private struct State {
        var calls: [Call] = []
        var keys: [[Int]] = []
        var gates: [Call: (gate: Gate, isAfter: Bool)] = [:]
        var refused: Set<Call> = []
    }

    let base: InMemoryCache<Int, Note>
    private let state = Mutex(State())
    private let log: @Sendable (Call) -> Void

    init(
        _ base: InMemoryCache<Int, Note> = InMemoryCache(capacity: 100, clock: ManualClock()),
        log: @escaping @Sendable (Call) -> Void = { _ in }
    ) {
        self.base = base
        self.log = log
    }

    // MARK: For the test

    /// The calls so far.
    var calls: [Call] { state.withLock(\.calls) }
    /// What they asked for.
    var keys: [[Int]] { state.withLock(\.keys) }

    func forget() { state.withLock { ($0.calls, $0.keys) = ([], []) } }

    /// The next call of this kind is held at the gate, before it does anything or after.
    func hold(_ call: Call, after isAfter: Bool = false) -> Gate {
        let gate = Gate()
        state.withLock { $0.gates[call] = (gate, isAfter) }
        return gate
    }

    func refuse(_ calls: Set<Call>) { state.withLock { $0.refused = calls } }

    // MARK: Cache

    var coordinator: CacheCoordinator<Int, Note> { base.coordinator }
    var statistics: CacheStatistics { base.statistics }

    func get(_ key: Int) async throws(StorageError) -> CacheEntry<Note>? {
        try await passing(.get, [key]) { base.get(key) }
    }

    func get(_ keys: [Int]) async throws(StorageError) -> [Int: CacheEntry<Note>] {
        try await passing(.get, keys) { base.get(keys) }
    }

    func beginLoads(
        _ keys: [Int], unlessFreshFor demanded: Duration?
    ) async throws(StorageError) -> [Int: CacheLookup<Note, Ticket>] {
        try await passing(.beginLoads, keys) { base.beginLoads(keys, unlessFreshFor: demanded) }
    }

    func publish(
        _ fills: [CacheFill<Int, Note, Ticket>]
    ) async throws(StorageError) -> Set<Int> {
        try await passing(.publish, fills.map(\.key)) { base.publish(fills) }
    }

    func abandonLoads(_ tickets: [Int: Ticket]) async throws(StorageError) {
        try await passing(.abandonLoads, Array(tickets.keys)) { base.abandonLoads(tickets) }
    }

    func invalidate(_ keys: [Int]) async throws(StorageError) {
        try await passing(.invalidate, keys) { base.invalidate(keys) }
    }

    func removeAll() async throws(StorageError) {
        try await passing(.removeAll, []) { base.removeAll() }
    }

    func passing<Answer>(
        _ call: Call, _ keys: [Int], _ body: () -> Answer
    ) async throws(StorageError) -> Answer {
        let (gate, isRefused) = state.withLock { state in
            state.calls.append(call)
            state.keys.append(keys.sorted())
            return (state.gates.removeValue(forKey: call), state.refused.contains(call))
        }
        log(call)
        if isRefused { throw StorageError(code: .unavailable, message: "the cache is down") }
        if let gate, !gate.isAfter { await gate.gate.passAnyhow() }
        let answer = body()
        if let gate, gate.isAfter { await gate.gate.passAnyhow() }
        return answer
    }
}

extension Gate {
    /// As ``pass()``, without heeding a cancellation: like a call that cannot be taken back.
    func passAnyhow() async { await Task { try? await pass() }.value }
}
