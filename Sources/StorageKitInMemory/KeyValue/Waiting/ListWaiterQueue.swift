internal import StorageKit

/// Who waits for one list, in the order they came.
///
/// A wait that is over stays in the queue until it is met or until half of the queue may be such;
/// so leaving takes constant time, amortised, and no more than twice the room is used.
struct ListWaiterQueue: Sendable {
    private var waiters = RingBuffer<ListWaiter>()
    private var departures = 0

    var isEmpty: Bool { waiters.isEmpty }

    /// How many are queued, those included that are over; for tests.
    var count: Int { waiters.count }

    /// The lists that they want values moved to.
    var targets: [HashedKey<ByteString>] {
        (0..<waiters.count).compactMap { waiters[$0].target?.key }
    }

    mutating func append(_ waiter: ListWaiter) { waiters.append(waiter) }

    /// Removes and claims the first whose wait is not over.
    mutating func claimFirst() -> ListWaiter? {
        while let waiter = waiters.popFirst() {
            if waiter.claim() { return waiter }
        }
        return nil
    }

    /// Notes that one of the waits, which may have been removed already, is over.
    mutating func noteDeparture() {
        departures += 1
        guard 2 * departures >= waiters.count else { return }
        _ = waiters.remove { $0.isClaimed }
        departures = 0
    }
}
