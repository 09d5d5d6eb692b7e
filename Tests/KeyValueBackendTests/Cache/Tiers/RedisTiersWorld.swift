import KeyValueBackend
import StorageKit
import StorageKitTesting
import TestSupport
import Testing

/// Processes with two tiers each: a cache in memory in front of a ``KeyValueBackend/RedisCache``,
/// which tells of its invalidations itself.
///
/// Each process has a relay of its own to the server. Their clock is the test's.
struct RedisTiersWorld: Sendable {
    typealias Shared = RedisCache<String, StringCodec>
    typealias Tiered = TieredCache<InMemoryCache<String, String>, Shared>

    struct Process: Sendable {
        let proxy: TCPProxy
        let cache: Tiered
    }

    static let bound = Duration.seconds(2)

    let server: RedisServerProcess
    let clock = ManualClock()

    init(_ options: RedisServerOptions = RedisServerOptions()) async throws {
        server = try await RedisServerProcess.start(options)
    }

    /// A process whose local tier is believed.
    func process() async throws -> Process {
        let proxy = try TCPProxy(to: server.port)
        let store = try RedisStore(
            url: server.url(port: proxy.port), configuration: .patient)
        let cache = Tiered(
            local: InMemoryCache(capacity: 1000, clock: clock),
            shared: Shared(store, namespace: "tiers", keys: .string, values: .string),
            bound: Self.bound, clock: clock)
        _ = try await cache.get("first")
        try await reached { cache.isLocalTrusted }
        return Process(proxy: proxy, cache: cache)
    }

    /// Two processes with the same entries in their local tiers: each has its key for a tag, and
    /// the first version.
    func warm(_ keys: [String]) async throws -> (here: Process, there: Process) {
        let (here, there) = (try await process(), try await process())
        for key in keys { try await fill(key, "old", by: here) }
        let found = try await there.cache.get(keys)
        #expect(found.count == keys.count)
        for key in keys { #expect(there.cache.local.get(key)?.value == "old") }
        return (here, there)
    }

    @discardableResult
    func fill(
        _ key: String, _ value: String, version: Int64 = 1, by process: Process
    ) async throws -> Bool {
        guard case .load(let ticket) = try await process.cache.beginLoad(key) else { return false }
        let entry = CacheEntry(
            value, timeToLive: .seconds(3600), version: CacheVersion(version),
            tags: [CacheTag(key)])
        let fill = CacheFill(key: key, entry: entry, ticket: ticket)
        return try await process.cache.publish([fill]) == [key]
    }

    /// Waits until the process has none of the keys in its local tier.
    func forgotten(_ keys: String..., by process: Process) async throws {
        try await reached { keys.allSatisfy { process.cache.local.get($0) == nil } }
    }

    /// Lets time pass until the local tier is believed, a quarter of the bound at a time, which is
    /// a beat: one that needs longer than four of them to come back would prove nothing.
    func trusted(_ process: Process) async throws {
        var nextStep = ContinuousClock.now
        try await reached {
            if process.cache.isLocalTrusted { return true }
            if nextStep <= .now {
                clock.advance(by: Self.bound / 4)
                nextStep = .now + .milliseconds(100)
            }
            return false
        }
    }
}
