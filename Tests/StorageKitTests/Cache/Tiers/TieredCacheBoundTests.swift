import StorageKitTesting
import Testing

@testable import StorageKit

@Suite("The bound of two tiers", .timeLimit(.minutes(5)))
struct TieredCacheBoundTests {
    private let world = TwoTiers()
    private let bound = TwoTiers.bound

    /// Here writes, there has the old entry and has not heard.
    private func unheardOf() async throws -> (here: TwoTiers.Tiered, there: TwoTiers.Tiered) {
        let (here, there) = (try await world.trustedCache(), try await world.trustedCache())
        try await world.fill(here, 1, version: 1)
        _ = try await there.get(1)
        world.channel.hold()
        try await here.invalidate(1)
        return (here, there)
    }

    @Test("is how long an entry outlives its invalidation when messages are late, and no longer")
    func late() async throws {
        let (_, there) = try await unheardOf()
        world.clock.advance(by: bound - .nanoseconds(1))
        #expect(try await there.get(1)?.value?.version == 1, "still within the bound")
        world.clock.advance(by: .nanoseconds(1))
        #expect(!there.isLocalTrusted)
        #expect(try await there.get(1) == nil)
        #expect(there.local.get(1) != nil, "it is there, and not believed")
        world.channel.release()
        await eventually { there.local.get(1) == nil }
    }

    @Test("holds when messages are lost: the interruption empties the local tier")
    func lost() async throws {
        let (_, there) = try await unheardOf()
        world.channel.cut()
        world.clock.advance(by: bound)
        #expect(try await there.get(1) == nil)
        world.channel.heal()
        await eventually { there.local.get(1) == nil }
        await beat(until: { there.isLocalTrusted })
        #expect(try await there.get(1) == nil)
        #expect(world.channel.openings == 2)
    }

    @Test("holds when the subscription breaks: not believed at once, emptied when it is back")
    func broken() async throws {
        let (here, there) = try await unheardOf()
        world.channel.cut()
        world.channel.breakDown()
        await eventually { !there.isLocalTrusted && !here.isLocalTrusted }
        #expect(try await there.get(1) == nil)
        world.channel.heal()
        world.channel.reopen()
        await beat(until: { there.isLocalTrusted })
        #expect(there.local.get(1) == nil)
        try await world.fill(there, 1, version: 2)
        #expect(there.local.get(1)?.value?.version == 2, "and in use again")
    }

    @Test("ends the trust of a process that cannot send, though it hears everything")
    func mute() async throws {
        let cache = try await world.trustedCache()
        world.channel.refuseSending(true)
        world.clock.advance(by: bound)
        #expect(!cache.isLocalTrusted)
        world.channel.refuseSending(false)
        await beat(until: { cache.isLocalTrusted })
    }

    @Test("is the local time to live where a writer died before he told of what he had removed")
    func untold() async throws {
        let (here, there) = (try await world.trustedCache(), try await world.trustedCache())
        try await world.fill(here, 1, version: 1, timeToLive: .seconds(3600))
        #expect(try await there.get(1)?.value?.version == 1)
        // As far as he came.
        try await here.shared.invalidate(1)
        #expect(try await there.get(1)?.value?.version == 1, "nobody has told")
        world.clock.advance(by: .seconds(60))
        await beat(until: { there.isLocalTrusted })
        #expect(try await there.get(1) == nil)
    }

    /// Lets a quarter of the bound pass again and again, each time when all are asleep.
    private func beat(until isReached: () -> Bool) async {
        for _ in 0..<200 where !isReached() {
            world.clock.advance(by: bound / 4)
            for _ in 0..<200 where !isReached() { await Task.yield() }
        }
        #expect(isReached())
    }
}
