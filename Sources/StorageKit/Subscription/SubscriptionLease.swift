/// A subscription's place in its hub, given up when nobody holds it.
package final class SubscriptionLease<Event: SubscriptionEvent>: Sendable {
    private let buffer: SubscriptionBuffer<Event>
    private let giveUp: @Sendable () -> Void

    /// Holds a place.
    ///
    /// - Parameters:
    ///   - buffer: What the hub puts the events in.
    ///   - giveUp: Gives the place up; nothing when that is done already.
    package init(_ buffer: SubscriptionBuffer<Event>, giveUp: @escaping @Sendable () -> Void) {
        self.buffer = buffer
        self.giveUp = giveUp
    }

    deinit { giveUp() }

    /// Returns when the subscription is in force; one that does not come to that is given up.
    ///
    /// - Parameters:
    ///   - patience: How long to wait.
    ///   - late: What is thrown then.
    /// - Throws: Why it never will be in force; `cancelled` when the task is.
    package func waitForStart(
        within patience: Duration, late: @escaping @Sendable () -> StorageError
    ) async throws(StorageError) {
        let timer = Task { [buffer] in
            try await Task.sleep(for: patience.countable)
            buffer.started(.failure(late()))
        }
        defer { timer.cancel() }
        do throws(StorageError) {
            try await buffer.waitForStart()
        } catch {
            giveUp()
            throw error
        }
    }

    /// The next event; `nil` at the end and when the task is cancelled, which ends it for all.
    ///
    /// - Throws: What ended the subscription, when everything before it is read.
    package func next() async throws(StorageError) -> Event? {
        let event = try await buffer.next()
        if event == nil { giveUp() }
        return event
    }
}
