import Testing

@testable import StorageKit

/// A load that runs here when another process invalidates, and no message of that arrives.
@Suite("A load of two tiers, when the channel is silent", .timeLimit(.minutes(5)))
struct TieredFlightTests {
    /// A channel that cannot be opened.
    private struct SilentChannel: CacheInvalidationChannel {
        func listen() async throws(StorageError) -> AsyncThrowingNever {
            throw StorageError(code: .unavailable, message: "nobody is there")
        }

        func send(_ message: CacheMessage<Int>) async throws(StorageError) {}
    }

    private struct AsyncThrowingNever: AsyncSequence, AsyncIteratorProtocol, Sendable {
        func makeAsyncIterator() -> Self { self }

        mutating func next(
            isolation actor: isolated (any Actor)?
        ) async throws(StorageError) -> CacheChannelEvent<Int>? { nil }
    }

    @Test("is not given to who asked after the other's invalidation")
    func joinedLater() async throws {
        let base = InMemoryCache<Int, Note>(capacity: 10)
        let primary = GatedPrimary([Note(id: 1, version: 0)])
        let tiers = TieredCache(
            local: InMemoryCache<Int, Note>(capacity: 10), shared: SharedSide(base),
            channel: SilentChannel())
        let here = CachedRepository(primary: primary, cache: tiers)
        let there = CachedRepository(primary: primary, cache: SharedSide(base))

        let gate = primary.holdNextRead()
        let first = Task { try await here.get(1) }
        await gate.waitForArrivals()
        try await there.replace(Note(id: 1, version: 1))
        let second = Task { try await here.get(1) }
        await eventually { tiers.statistics.joined == 1 }
        gate.open()
        #expect(try await first.value?.version == 0, "it asked before the write")
        #expect(try await second.value?.version == 1)
    }
}
