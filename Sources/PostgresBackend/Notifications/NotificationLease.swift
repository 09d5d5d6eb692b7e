internal import StorageKit

/// A subscription's place in its hub, given up when nobody holds it.
final class NotificationLease: Sendable {
    let buffer: NotificationBuffer
    private let hub: NotificationHub
    private let id: NotificationTable.ID

    init(hub: NotificationHub, id: NotificationTable.ID, buffer: NotificationBuffer) {
        self.hub = hub
        self.id = id
        self.buffer = buffer
    }

    deinit { hub.remove(id) }

    /// Ends the subscription now.
    func cancel() { hub.remove(id) }
}
