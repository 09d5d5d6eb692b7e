import StorageKit
import StorageKitTesting
import Synchronization

/// The contracts of a cache and of its refinements spelled out: one lock, one dictionary, every
/// call written down, and failing when the test says so.
///
/// It is what the rules of the repository are tested on, so that none of them rests on what one of
/// the real caches does besides. Another process is another one of these over the same contents.
final class PlainCache: Cache {
    struct Entry: Sendable {
        var entry: CacheEntry<Note>
        var storedAt: Duration
    }

    struct Contents: Sendable {
        var entries: [Int: Entry] = [:]
        var loads: [Int: Int] = [:]
        var barriers: [Int: [Int: Duration]] = [:]
        var contended: Set<Int> = []
        var floors: [Int: (version: CacheVersion, until: Duration)] = [:]
        var lastNumber = 0
    }

    /// What several of them share.
    final class Server: Sendable {
        let contents = Mutex(Contents())
        let clock: ManualClock

        init(clock: ManualClock) { self.clock = clock }

        var now: Duration { clock.now.offset }
    }

    typealias Ticket = Int

    let server: Server
    let coordinator: CacheCoordinator<Int, Note>
    private let log = Mutex<[String]>([])
    private let failing = Mutex<Set<String>>([])
    private let refused = Mutex<(error: StorageError, call: String?, keys: Set<Int>)?>(nil)
    private let gates = Mutex<[String: Gate]>([:])
    private let others = Mutex<(@Sendable (Int, Duration) async -> Bool)?>(nil)

    init(_ server: Server, isShared: Bool = false) {
        self.server = server
        coordinator = CacheCoordinator(clock: server.clock, isShared: isShared)
    }

    convenience init(clock: ManualClock) { self.init(Server(clock: clock)) }

    var statistics: CacheStatistics { coordinator.statistics }

    // MARK: For the test

    /// What was called, in order.
    var calls: [String] { log.withLock { $0 } }

    /// The calls of these names fail from now on; their effect does not happen.
    func fail(_ names: String...) { failing.withLock { $0 = Set(names) } }

    /// The calls of this name, or the invalidations of these keys, are refused for good.
    func refuse(_ code: StorageError.Code, _ call: String? = nil, keys: Set<Int> = []) {
        let error = StorageError(code: code, message: "refused")
        refused.withLock { $0 = (error, call, keys) }
    }

    /// The next call of this name is held at the gate before it does anything.
    func hold(_ name: String) -> Gate {
        let gate = Gate()
        gates.withLock { $0[name] = gate }
        return gate
    }

    /// What is done in place of waiting for the loads of others.
    func whenWaiting(_ body: @escaping @Sendable (Int, Duration) async -> Bool) {
        others.withLock { $0 = body }
    }

    /// What is stored and not expired, whatever else is there.
    func stored(_ key: Int) -> CacheEntry<Note>? {
        server.contents.withLock { $0.entry(key, now: server.now) }
    }

    var loadCount: Int { server.contents.withLock(\.loads.count) }

    func call<Answer>(
        _ name: String, _ body: (inout Contents) -> Answer
    ) async throws(StorageError) -> Answer {
        log.withLock { $0.append(name) }
        try await gates.withLock { $0.removeValue(forKey: name) }?.pass()
        if Task.isCancelled { throw .cancelled(operation: name) }
        if failing.withLock({ $0.contains(name) }) {
            throw StorageError(code: .unavailable, message: "\(name) fails")
        }
        if let refused = refused.withLock({ $0 }), refused.call == name { throw refused.error }
        return server.contents.withLock { body(&$0) }
    }

    // MARK: Cache

    func get(_ key: Int) async throws(StorageError) -> CacheEntry<Note>? {
        try await call("get") { $0.served(key, now: server.now) }
    }

    func get(_ keys: [Int]) async throws(StorageError) -> [Int: CacheEntry<Note>] {
        try await call("getAll") { contents in
            var found: [Int: CacheEntry<Note>] = [:]
            for key in keys { found[key] = contents.served(key, now: server.now) }
            return found
        }
    }

    func beginLoads(
        _ keys: [Int], unlessFreshFor demanded: Duration?
    ) async throws(StorageError) -> [Int: CacheLookup<Note, Int>] {
        try await call("begin") { contents in
            var found: [Int: CacheLookup<Note, Int>] = [:]
            for key in keys { found[key] = contents.begin(key, demanded, now: server.now) }
            return found
        }
    }

    func loadEnded(of key: Int, within patience: Duration) async -> Bool {
        guard let others = others.withLock({ $0 }) else { return false }
        return await others(key, patience)
    }

    func publish(_ fills: [CacheFill<Int, Note, Int>]) async throws(StorageError) -> Set<Int> {
        let stored = try await call("publish") { contents in
            fills.filter { contents.publish($0, now: server.now) }
        }
        return Set(stored.map(\.key))
    }

    func abandonLoads(_ tickets: [Int: Int]) async throws(StorageError) {
        try await call("abandon") { contents in
            for (key, ticket) in tickets where contents.loads[key] == ticket {
                contents.loads[key] = nil
            }
        }
    }

    func invalidate(_ keys: [Int]) async throws(StorageError) {
        if let refused = refused.withLock({ $0 }), !refused.keys.isDisjoint(with: keys) {
            throw refused.error
        }
        try await call("invalidate") { contents in
            for key in keys { contents.remove(key) }
        }
        coordinator.detachLoads(of: keys)
    }

    func removeAll() async throws(StorageError) {
        try await call("removeAll") { contents in
            contents.entries = [:]
            contents.loads = [:]
        }
        coordinator.detachAllLoads()
    }
}

extension PlainCache: TaggedCache {
    func invalidate(tags: Set<CacheTag>) async throws(StorageError) {
        try await call("invalidateTags") { contents in
            contents.entries = contents.entries.filter {
                $0.value.entry.tags.isDisjoint(with: tags)
            }
            contents.loads = [:]
        }
        coordinator.detachAllLoads()
    }
}

extension PlainCache: BarrierCache {
    func beginWrites(
        _ keys: [Int], lasting duration: Duration
    ) async throws(StorageError) -> [Int: Int] {
        let barriers = try await call("beginWrites") { contents in
            var barriers: [Int: Int] = [:]
            for key in keys {
                contents.remove(key)
                barriers[key] = contents.bar(key, until: server.now + duration, now: server.now)
            }
            return barriers
        }
        coordinator.detachLoads(of: keys)
        return barriers
    }

    func endWrites(_ writes: [CacheWriteEnd<Int, Note, Int>]) async throws(StorageError) {
        try await call("endWrites") { contents in
            for write in writes { contents.end(write, now: server.now) }
        }
    }
}

extension PlainCache: VersionedCache {
    func recordWrites(
        _ writes: [CacheWrite<Int, Note>], refusingOlderFor duration: Duration
    ) async throws(StorageError) {
        try await call("recordWrites") { contents in
            for write in writes { contents.record(write, duration, now: server.now) }
        }
        coordinator.detachLoads(of: writes.map(\.key))
    }
}
