import Synchronization
import Testing

@testable import StorageKit

@Suite("A subscription's place in its hub", .timeLimit(.minutes(1)))
struct SubscriptionLeaseTests {
    /// A hub that counts how often a place is given up.
    private final class Hub: Sendable {
        let buffer = SubscriptionBuffer<ChannelEvent>(limit: 4, operation: "subscribe")
        let givenUp = Atomic(0)

        func lease() -> SubscriptionLease<ChannelEvent> {
            SubscriptionLease(buffer) { self.givenUp.add(1, ordering: .relaxed) }
        }

        var isGivenUp: Bool { givenUp.load(ordering: .relaxed) > 0 }
    }

    @Test("is given up when nobody holds it")
    func released() {
        let hub = Hub()
        do {
            let lease = hub.lease()
            #expect(!hub.isGivenUp)
            withExtendedLifetime(lease) {}
        }
        #expect(hub.isGivenUp)
    }

    @Test("is kept when the subscription comes into force, until the end is read")
    func read() async throws {
        let hub = Hub()
        let lease = hub.lease()
        hub.buffer.started(.success(()))
        try await lease.waitForStart(within: .seconds(60)) { .cancelled() }
        hub.buffer.put(.dropped(1))
        hub.buffer.end(.success(nil))
        #expect(try await lease.next() == .dropped(1))
        #expect(!hub.isGivenUp)
        #expect(try await lease.next() == nil)
        #expect(hub.isGivenUp)
    }

    @Test("is given up when the subscription does not come into force in time, and says why")
    func late() async {
        let hub = Hub()
        let lease = hub.lease()
        let cause = StorageError(code: .unavailable, message: "refused")
        await expectCode(.unavailable) {
            try await lease.waitForStart(within: .zero) { .subscriptionTimedOut(cause: cause) }
        }
        #expect(hub.isGivenUp)
        #expect(StorageError.subscriptionTimedOut(cause: nil).code == .timedOut)
    }
}
