internal import StorageKit

/// A subscription's place in its hub, given up when nobody holds it.
final class SubscriptionLease: Sendable {
    let buffer: SubscriptionBuffer
    private let hub: SubscriptionHub
    private let id: SubscriptionHub.ID

    init(hub: SubscriptionHub, id: SubscriptionHub.ID, buffer: SubscriptionBuffer) {
        self.hub = hub
        self.id = id
        self.buffer = buffer
    }

    deinit { hub.remove(id) }

    /// Ends the subscription now.
    func cancel() { hub.remove(id) }
}
