import StorageKit
import StorageKitTesting
import Testing

/// Processes that share a cache: each has a tiered one, all on one channel and one clock.
struct TwoTiers: Sendable {
    typealias Tiered = TieredCache<InMemoryCache<Int, Note>, SpyCache>

    static let bound = Duration.seconds(2)

    let clock = ManualClock()
    let channel = TestChannel()
    let shared: SpyCache

    init() {
        shared = SpyCache(InMemoryCache(capacity: 100, timeToLive: .seconds(3600), clock: clock))
    }

    /// What was told on the channel, but for beats.
    var told: [CacheMessage<Int>.Content] {
        channel.sent.map(\.content).filter { if case .beat = $0 { false } else { true } }
    }

    func make() -> Tiered {
        TieredCache(
            local: InMemoryCache(capacity: 100, clock: clock), shared: shared, channel: channel,
            bound: Self.bound, clock: clock)
    }

    func make(timeToLive: Duration?) -> Tiered {
        TieredCache(
            local: InMemoryCache(capacity: 100, clock: clock), shared: shared, channel: channel,
            bound: Self.bound, timeToLive: timeToLive, clock: clock)
    }

    /// A cache whose local tier is believed, until the clock has moved by the bound.
    func trustedCache() async throws -> Tiered {
        let cache = make()
        _ = try await cache.get(0)
        await trusted(cache)
        return cache
    }

    func trusted(_ cache: Tiered) async { await eventually { cache.isLocalTrusted } }

    func fill(
        _ cache: Tiered, _ id: Int, version: Int, timeToLive: Duration = .seconds(60)
    ) async throws {
        guard case .load(let ticket) = try await cache.beginLoad(id, unlessFreshFor: nil) else {
            return
        }
        try await cache.publish(
            Note(id: id, version: version), for: id, ticket: ticket, timeToLive: timeToLive)
    }
}
