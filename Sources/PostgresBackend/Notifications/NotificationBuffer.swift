internal import StorageKit
internal import Synchronization

/// The events of one subscription that its reader has not taken yet, and who waits for them.
///
/// It never grows beyond its limit: when a notification finds it full the oldest goes, and the
/// reader is told how many went before it is given the next. That the connection was made anew is
/// never forgotten.
final class NotificationBuffer: Sendable {
    typealias Outcome = Result<PostgresChannelEvent?, StorageError>
    typealias Start = Result<Void, StorageError>

    fileprivate struct State {
        var events = FIFO<PostgresChannelEvent>()
        var dropped = 0
        /// What a reader gets when there are no events any more.
        var end: Outcome?
        var readers: [(number: UInt64, reader: CheckedContinuation<Outcome, Never>)] = []
        var lastNumber: UInt64 = 0
        /// Who waits for the subscription to come into force, and how that ended.
        var starter: CheckedContinuation<Start, Never>?
        var start: Start?
    }

    private let limit: Int
    private let state = Mutex(State())

    init(limit: Int) { self.limit = max(1, limit) }

    // MARK: The hub puts in

    func put(_ event: PostgresChannelEvent) {
        let reader = state.withLock { state -> CheckedContinuation<Outcome, Never>? in
            guard state.end == nil else { return nil }
            if !state.readers.isEmpty { return state.readers.removeFirst().reader }
            if state.events.count >= limit { state.makeRoom() }
            state.events.append(event)
            return nil
        }
        reader?.resume(returning: .success(event))
    }

    /// What came before is still there to be read.
    func end(_ end: Outcome) {
        let start: Start =
            switch end {
            case .failure(let error): .failure(error)
            case .success: .failure(.cancelled(operation: "listen"))
            }
        let (readers, starter) = state.withLock { state in
            if state.end == nil { state.end = end }
            defer { state.readers = [] }
            return (state.readers, state.takeStarter(start))
        }
        for reader in readers { reader.reader.resume(returning: end) }
        starter?.resume(returning: start)
    }

    /// The subscription is in force, or never will be.
    func started(_ start: Start) {
        state.withLock { $0.takeStarter(start) }?.resume(returning: start)
    }

    // MARK: A reader takes out

    /// Returns when the subscription is in force.
    func waitForStart() async throws(StorageError) {
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
            started(.failure(.cancelled(operation: "listen")))
        }
        try start.get()
    }

    /// The next event; `nil` at the end, and when the task is cancelled.
    func next() async throws(StorageError) -> PostgresChannelEvent? {
        let number = state.withLock { state in
            state.lastNumber += 1
            return state.lastNumber
        }
        let outcome = await withTaskCancellationHandler {
            await withCheckedContinuation { reader in
                let outcome = state.withLock { $0.take(number, reader) }
                if let outcome { reader.resume(returning: outcome) }
            }
        } onCancel: {
            cancel(number)
        }
        return try outcome.get()
    }

    private func cancel(_ number: UInt64) {
        let reader = state.withLock { state -> CheckedContinuation<Outcome, Never>? in
            guard let index = state.readers.firstIndex(where: { $0.number == number }) else {
                return nil
            }
            return state.readers.remove(at: index).reader
        }
        reader?.resume(returning: .success(nil))
    }
}

extension NotificationBuffer.State {
    /// The oldest notification goes; the mark of a new connection, before it or behind it, stays.
    fileprivate mutating func makeRoom() {
        var hasMark = false
        while events.first == .resubscribed {
            _ = events.popFirst()
            hasMark = true
        }
        if events.popFirst() != nil { dropped += 1 }
        if hasMark { events.prepend(.resubscribed) }
    }

    fileprivate mutating func takeStarter(
        _ start: NotificationBuffer.Start
    ) -> CheckedContinuation<NotificationBuffer.Start, Never>? {
        if self.start == nil { self.start = start }
        return starter.take()
    }

    /// What the reader gets at once; `nil` when it waits.
    fileprivate mutating func take(
        _ number: UInt64, _ reader: CheckedContinuation<NotificationBuffer.Outcome, Never>
    ) -> NotificationBuffer.Outcome? {
        // A cancellation that comes later finds the reader; one that came before is seen here.
        if Task.isCancelled { return .success(nil) }
        if dropped > 0 {
            defer { dropped = 0 }
            return .success(.dropped(dropped))
        }
        if let event = events.popFirst() { return .success(event) }
        if let end { return end }
        readers.append((number, reader))
        return nil
    }
}
