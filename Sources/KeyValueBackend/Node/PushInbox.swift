import StorageKit
internal import Synchronization

/// The events of a push connection that nobody has taken yet.
final class PushInbox: PushSink {
    typealias Event = RedisPushConnection.Event

    private struct State {
        var events = RingBuffer(vacant: Event.established)
        var waiter: CheckedContinuation<Event?, Never>?
        var isClosed = false
        /// Whether the connection was told to stop reading.
        var isFull = false

        var endsWithLinkEvent: Bool {
            guard !events.isEmpty else { return false }
            if case .reply = events[events.count - 1] { return false }
            return true
        }
    }

    private let limit: Int
    private let state = Mutex(State())

    init(limit: Int) { self.limit = limit }

    // MARK: The event thread puts in

    func established() { put(.established) }

    func received(_ replies: [RedisReply]) -> Bool {
        for reply in replies { put(.reply(reply)) }
        return state.withLock { state in
            state.isFull = state.events.count >= limit
            return !state.isFull
        }
    }

    func lost(_ error: StorageError) {
        state.withLock { state in
            state.isFull = false
            // Of a link that comes and goes while nobody looks, one event is left.
            while state.endsWithLinkEvent { state.events.removeLast() }
        }
        put(.lost(error))
    }

    func closed() {
        let waiter = state.withLock { state in
            state.isClosed = true
            return state.waiter.take()
        }
        waiter?.resume(returning: nil)
    }

    private func put(_ event: Event) {
        let waiter = state.withLock { state -> CheckedContinuation<Event?, Never>? in
            if let waiter = state.waiter.take() { return waiter }
            state.events.append(event)
            return nil
        }
        waiter?.resume(returning: event)
    }

    // MARK: A task takes out

    /// The next event, and whether the connection may read again.
    func next() async -> (Event?, mayRead: Bool) {
        let event = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in wait(continuation) }
        } onCancel: {
            let waiter = state.withLock { $0.waiter.take() }
            waiter?.resume(returning: nil)
        }
        return (event, mayRead())
    }

    private func wait(_ continuation: CheckedContinuation<Event?, Never>) {
        let (event, isOver) = state.withLock { state -> (Event?, Bool) in
            if !state.events.isEmpty { return (state.events.removeFirst(), true) }
            precondition(state.waiter == nil, "one task at a time takes events")
            // A cancellation that comes later finds the waiter; one that came before is seen here.
            guard !state.isClosed, !Task.isCancelled else { return (nil, true) }
            state.waiter = continuation
            return (nil, false)
        }
        if isOver { continuation.resume(returning: event) }
    }

    /// Once half of a full inbox is taken.
    private func mayRead() -> Bool {
        state.withLock { state in
            guard state.isFull, state.events.count <= limit / 2 else { return false }
            state.isFull = false
            return true
        }
    }
}
