import StorageKitTesting
import Synchronization
import Testing

@testable import StorageKit

@Suite("Listening for other processes' loads", .timeLimit(.minutes(5)))
struct SharedCacheListenerTests {
    @Test("a storage that refuses to be listened to lets nobody wait, and nobody ask in circles")
    func refused() async {
        let storage = UnheardStorage()
        let listener = SharedCacheListener(
            storage: storage, clock: MonotonicReading(ManualClock()), leaseTime: .seconds(10))
        #expect(await !listener.loadEnded(of: "k", within: .seconds(5)))
        #expect(await !listener.loadEnded(of: "k", within: .seconds(5)))
        #expect(listener.waiting == 0)
        #expect(storage.openings == 2, "the next who waits tries again")
    }

    @Test("a subscription that breaks at once is left alone, each time for longer")
    func breaking() async {
        let clock = ManualClock()
        let storage = UnheardStorage(isBreaking: true)
        let listener = SharedCacheListener(
            storage: storage, clock: MonotonicReading(clock), leaseTime: .seconds(600))
        #expect(await listener.loadEnded(of: "k", within: .seconds(500)), "woken to look again")
        for (opening, pause) in [100, 200, 400, 800].enumerated() {
            let waiting = Task { await listener.loadEnded(of: "k", within: .seconds(500)) }
            // Whoever waits, and who is about to open.
            await clock.waitForSleepers(2)
            clock.advance(by: .milliseconds(pause) - .nanoseconds(1))
            #expect(storage.openings == opening + 1)
            clock.advance(by: .nanoseconds(1))
            #expect(await waiting.value)
            #expect(storage.openings == opening + 2)
        }
    }

    @Test("whoever waits for a subscription to be opened again waits no longer than he would")
    func patience() async {
        let clock = ManualClock()
        let storage = UnheardStorage(isBreaking: true)
        let listener = SharedCacheListener(
            storage: storage, clock: MonotonicReading(clock), leaseTime: .seconds(600))
        #expect(await listener.loadEnded(of: "k", within: .seconds(500)))
        let waiting = Task { await listener.loadEnded(of: "k", within: .milliseconds(50)) }
        await clock.waitForSleepers(2)
        clock.advance(by: .milliseconds(50))
        #expect(await !waiting.value)
        #expect(storage.openings == 1)
    }

    @Test("a load that seems to go on for ever holds nobody up for longer than a lease")
    func lastingLoad() async {
        let clock = ManualClock()
        let listener = SharedCacheListener(
            storage: UnheardStorage(isSilent: true), clock: MonotonicReading(clock),
            leaseTime: .seconds(10))
        let waiting = Task { await listener.loadEnded(of: "k", within: .seconds(500)) }
        await clock.waitForSleepers()
        clock.advance(by: .seconds(10))
        #expect(await waiting.value, "to look again, and to take over a load that is over")
    }
}

/// A storage in which every key is being loaded, and of which nobody hears anything.
private final class UnheardStorage: SharedCacheStorage {
    private let count = Atomic(0)
    private let isBreaking: Bool
    private let isSilent: Bool

    /// - Parameters:
    ///   - isBreaking: That a subscription ends as soon as it begins.
    ///   - isSilent: That a subscription lasts, and nothing is told; otherwise it is refused.
    init(isBreaking: Bool = false, isSilent: Bool = false) {
        self.isBreaking = isBreaking
        self.isSilent = isSilent
    }

    let names = SharedCacheNames(namespace: "test")

    var openings: Int { count.load(ordering: .relaxed) }

    func signals() async throws(StorageError) -> PublishedCacheEvents? {
        count.add(1, ordering: .relaxed)
        if isBreaking { return PublishedCacheEvents(Silence(isOver: true)) }
        if isSilent { return PublishedCacheEvents(Silence(isOver: false)) }
        throw StorageError(code: .permissionDenied, message: "no permission to subscribe")
    }

    func lookUp(_ keys: [ByteString]) async throws(StorageError) -> [SharedCacheFinding] {
        keys.map { _ in .nothing(.loading) }
    }

    func lookUp(
        leasing claims: [SharedCacheClaim], lasting leaseTime: Duration
    ) async throws(StorageError) -> [SharedCacheFinding] {
        try await lookUp(claims.map { $0.key })
    }

    func beginLoads(
        _ claims: [SharedCacheClaim], lasting leaseTime: Duration,
        unlessFreshFor demanded: Duration?
    ) async throws(StorageError) -> [SharedCacheFinding] {
        try await lookUp(claims.map { $0.key })
    }

    func endLoads(_ endings: [SharedCacheEnding]) async throws(StorageError) -> [Bool] {
        endings.map { _ in false }
    }

    func invalidate(_ keys: [ByteString]) async throws(StorageError) { throw readOnly }

    func beginWrites(
        _ claims: [SharedCacheClaim], lasting duration: Duration
    ) async throws(StorageError) { throw readOnly }

    func endWrites(_ endings: [SharedCacheEnding]) async throws(StorageError) { throw readOnly }

    func recordWrites(
        _ commits: [SharedCacheCommit], refusingOlderFor duration: Duration
    ) async throws(StorageError) { throw readOnly }

    func removeAll() async throws(StorageError) { throw readOnly }

    func removeOutdated() async throws(StorageError) -> Int { throw readOnly }

    func invalidate(tags: [CacheTag]) async throws(StorageError) { throw readOnly }

    func tell(_ message: CacheMessage<ByteString>) async throws(StorageError) { throw readOnly }

    private var readOnly: StorageError {
        StorageError(code: .permissionDenied, message: "no permission to write")
    }
}

/// A subscription on which nothing is heard.
private struct Silence: AsyncSequence, AsyncIteratorProtocol, Sendable {
    typealias Failure = StorageError
    let isOver: Bool

    func makeAsyncIterator() -> Self { self }

    mutating func next(
        isolation actor: isolated (any Actor)? = #isolation
    ) async throws(StorageError) -> ChannelEvent? {
        guard !isOver else { return nil }
        // Until its task is cancelled.
        let (silence, speaker) = AsyncStream<Never>.makeStream()
        for await _ in silence {}
        speaker.finish()
        return nil
    }
}
