internal import Synchronization

/// The events of one subscription that its reader has not taken yet, and who waits for them.
///
/// It never grows beyond its limit: when an event finds it full the oldest goes, and the reader is
/// told how many went before it is given the next. That the connection was made anew is never
/// forgotten.
///
/// What wakes a task comes twice: with ``SubscriptionWakes``, for who holds a lock of his own, and
/// without, for who holds none.
package final class SubscriptionBuffer<Event: SubscriptionEvent>: Sendable {
    /// What a reader gets: `nil` at the end.
    package typealias Outcome = Result<Event?, StorageError>
    /// What who waits for the beginning gets.
    package typealias Start = Result<Void, StorageError>
    typealias Reader = CheckedContinuation<Outcome, Never>
    typealias Starter = CheckedContinuation<Start, Never>

    private struct State {
        var events = FIFO<Event>()
        var dropped = 0
        /// What a reader gets when there are no events any more.
        var end: Outcome?
        var readers: [(number: UInt64, reader: Reader)] = []
        var lastNumber: UInt64 = 0
        /// Who waits for the subscription to come into force, and how that ended.
        var starter: Starter?
        var start: Start?
    }

    private let limit: Int
    private let operation: String
    private let state = Mutex(State())

    /// Creates a buffer of a subscription that is not in force yet.
    ///
    /// - Parameters:
    ///   - limit: How many events wait for a reader, one at least.
    ///   - operation: The subscribing in errors.
    package init(limit: Int, operation: String) {
        self.limit = max(1, limit)
        self.operation = operation
    }

    // MARK: The hub puts in

    /// Gives an event to the reader that has waited longest, or keeps it for the next.
    ///
    /// Nothing when the subscription has ended.
    package func put(_ event: Event, _ wakes: inout SubscriptionWakes<Event>) {
        let reader = state.withLock { state -> Reader? in
            guard state.end == nil else { return nil }
            if !state.readers.isEmpty { return state.readers.removeFirst().reader }
            if state.events.count >= limit { Self.makeRoom(&state) }
            state.events.append(event)
            return nil
        }
        if let reader { wakes.add(reader, .success(event)) }
    }

    /// Ends the subscription; what came before is still there to be read.
    package func end(_ end: Outcome, _ wakes: inout SubscriptionWakes<Event>) {
        let readers = state.withLock { state in
            if state.end == nil { state.end = end }
            defer { state.readers = [] }
            return state.readers
        }
        for (_, reader) in readers { wakes.add(reader, end) }
        started(end.flatMap { _ in .failure(.cancelled(operation: operation)) }, &wakes)
    }

    /// The subscription is in force, or never will be; the first word counts.
    package func started(_ start: Start, _ wakes: inout SubscriptionWakes<Event>) {
        let starter = state.withLock { state in
            if state.start == nil { state.start = start }
            return state.starter.take()
        }
        if let starter { wakes.add(starter, start) }
    }

    /// The oldest event goes; the mark of a new connection, before it or behind it, stays.
    private static func makeRoom(_ state: inout State) {
        var hasMark = false
        while state.events.first == .resubscribed {
            _ = state.events.popFirst()
            hasMark = true
        }
        if state.events.popFirst() != nil { state.dropped += 1 }
        if hasMark { state.events.prepend(.resubscribed) }
    }

    // MARK: A reader takes out

    /// Returns when the subscription is in force.
    ///
    /// One task at a time.
    ///
    /// - Throws: Why it never will be; `cancelled` when the task is.
    package func waitForStart() async throws(StorageError) {
        let start = await withTaskCancellationHandler {
            await withCheckedContinuation { starter in
                let start = state.withLock { state -> Start? in
                    if let start = state.start { return start }
                    state.starter = starter
                    return nil
                }
                if let start { starter.resume(returning: start) }
            }
        } onCancel: {
            started(.failure(.cancelled(operation: operation)))
        }
        try start.get()
    }

    /// The next event; `nil` at the end, and when the task is cancelled.
    ///
    /// - Throws: What ended the subscription, when everything before it is read.
    package func next() async throws(StorageError) -> Event? {
        let number = state.withLock { state in
            state.lastNumber += 1
            return state.lastNumber
        }
        let outcome = await withTaskCancellationHandler {
            await withCheckedContinuation { reader in
                let outcome = state.withLock { Self.take(&$0, number, reader) }
                if let outcome { reader.resume(returning: outcome) }
            }
        } onCancel: {
            cancel(number)
        }
        return try outcome.get()
    }

    /// What the reader gets at once; `nil` when it waits.
    private static func take(
        _ state: inout State, _ number: UInt64, _ reader: Reader
    ) -> Outcome? {
        // A cancellation that comes later finds the reader; one that came before is seen here.
        if Task.isCancelled { return .success(nil) }
        if state.dropped > 0 {
            defer { state.dropped = 0 }
            return .success(.dropped(state.dropped))
        }
        if let event = state.events.popFirst() { return .success(event) }
        if let end = state.end { return end }
        state.readers.append((number, reader))
        return nil
    }

    private func cancel(_ number: UInt64) {
        let reader = state.withLock { state -> Reader? in
            guard let index = state.readers.firstIndex(where: { $0.number == number }) else {
                return nil
            }
            return state.readers.remove(at: index).reader
        }
        reader?.resume(returning: .success(nil))
    }
}

extension SubscriptionBuffer {
    /// ``put(_:_:)`` for who holds no lock.
    package func put(_ event: Event) { waking { put(event, &$0) } }

    /// ``end(_:_:)`` for who holds no lock.
    package func end(_ end: Outcome) { waking { self.end(end, &$0) } }

    /// ``started(_:_:)`` for who holds no lock.
    package func started(_ start: Start) { waking { started(start, &$0) } }

    private func waking(_ change: (inout SubscriptionWakes<Event>) -> Void) {
        var wakes = SubscriptionWakes<Event>()
        change(&wakes)
        wakes.resume()
    }
}
