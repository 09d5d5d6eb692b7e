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
}

/// A storage in which every key is being loaded, and that nobody may listen to.
private final class UnheardStorage: SharedCacheStorage {
    private let count = Atomic(0)

    let names = SharedCacheNames(namespace: "test")

    var openings: Int { count.load(ordering: .relaxed) }

    func signals() async throws(StorageError) -> SharedCacheSignals? {
        count.add(1, ordering: .relaxed)
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

    func invalidate(tags: [CacheTag]) async throws(StorageError) { throw readOnly }

    func tell(_ message: SharedCacheMessage) async throws(StorageError) { throw readOnly }

    private var readOnly: StorageError {
        StorageError(code: .permissionDenied, message: "no permission to write")
    }
}
