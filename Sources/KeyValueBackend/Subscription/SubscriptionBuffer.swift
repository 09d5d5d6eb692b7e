internal import StorageKit
internal import Synchronization

/// The events of one subscription that its reader has not taken yet, and who waits for them.
///
/// It never grows beyond its limit: when a message finds it full the oldest goes, and the reader is
/// told how many went before it is given the next. That the link was made anew is never forgotten.
final class SubscriptionBuffer: Sendable {
    typealias Event = Result<ChannelEvent?, StorageError>
    private typealias Waiter = CheckedContinuation<Event, Never>

    private struct State {
        var events = RingBuffer(vacant: ChannelEvent.resubscribed)
        var dropped = 0
        /// What a reader gets when there are no events any more.
        var end: Event?
        var waiters: [(number: UInt64, waiter: Waiter)] = []
        var lastNumber: UInt64 = 0
        /// Who waits for the subscription to come into force, and how that ended.
        var starter: CheckedContinuation<Result<Void, StorageError>, Never>?
        var start: Result<Void, StorageError>?
    }

    private let limit: Int
    private let state = Mutex(State())

    init(limit: Int) { self.limit = max(1, limit) }

    // MARK: The hub puts in

    func put(_ event: ChannelEvent) {
        let waiter = state.withLock { state -> Waiter? in
            guard state.end == nil else { return nil }
            if !state.waiters.isEmpty { return state.waiters.removeFirst().waiter }
            if state.events.count >= limit { Self.makeRoom(&state) }
            state.events.append(event)
            return nil
        }
        waiter?.resume(returning: .success(event))
    }

    /// What came before is still there to be read.
    func end(_ end: Event) {
        let (waiters, starter) = state.withLock { state in
            if state.end == nil { state.end = end }
            defer { state.waiters = [] }
            return (state.waiters, Self.takeStarter(&state, end.asStart))
        }
        for waiter in waiters { waiter.waiter.resume(returning: end) }
        starter?.resume(returning: end.asStart)
    }

    /// The subscription is in force, or never will be.
    func started(_ result: Result<Void, StorageError>) {
        let starter = state.withLock { Self.takeStarter(&$0, result) }
        starter?.resume(returning: result)
    }

    private static func takeStarter(
        _ state: inout State, _ result: Result<Void, StorageError>
    ) -> CheckedContinuation<Result<Void, StorageError>, Never>? {
        if state.start == nil { state.start = result }
        return state.starter.take()
    }

    /// The oldest message goes; a new link's mark behind it, or before it, stays.
    private static func makeRoom(_ state: inout State) {
        var marks = 0
        while !state.events.isEmpty, state.events[0] == .resubscribed {
            _ = state.events.removeFirst()
            marks += 1
        }
        if !state.events.isEmpty {
            _ = state.events.removeFirst()
            state.dropped += 1
        }
        guard marks > 0 else { return }
        var rest = RingBuffer(vacant: ChannelEvent.resubscribed)
        rest.append(.resubscribed)
        while !state.events.isEmpty { rest.append(state.events.removeFirst()) }
        state.events = rest
    }

    // MARK: A reader takes out

    /// Returns when the subscription is in force.
    func waitForStart() async throws(StorageError) {
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let result = state.withLock { state -> Result<Void, StorageError>? in
                    if let start = state.start { return start }
                    state.starter = continuation
                    return nil
                }
                if let result { continuation.resume(returning: result) }
            }
        } onCancel: {
            started(.failure(.cancelled(operation: "subscribe")))
        }
        try result.get()
    }

    /// The next event; `nil` at the end, and when the task is cancelled.
    func next() async throws(StorageError) -> ChannelEvent? {
        let number = state.withLock { state in
            state.lastNumber += 1
            return state.lastNumber
        }
        let event = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let event = state.withLock { take(&$0, number, continuation) }
                if let event { continuation.resume(returning: event) }
            }
        } onCancel: {
            cancel(number)
        }
        return try event.get()
    }

    private func take(_ state: inout State, _ number: UInt64, _ waiter: Waiter) -> Event? {
        // A cancellation that comes later finds the waiter; one that came before is seen here.
        if Task.isCancelled { return .success(nil) }
        if state.dropped > 0 {
            defer { state.dropped = 0 }
            return .success(.dropped(state.dropped))
        }
        if !state.events.isEmpty { return .success(state.events.removeFirst()) }
        if let end = state.end { return end }
        state.waiters.append((number, waiter))
        return nil
    }

    private func cancel(_ number: UInt64) {
        let waiter = state.withLock { state -> Waiter? in
            guard let index = state.waiters.firstIndex(where: { $0.number == number }) else {
                return nil
            }
            return state.waiters.remove(at: index).waiter
        }
        waiter?.resume(returning: .success(nil))
    }
}

extension SubscriptionBuffer.Event {
    /// What the end of a subscription is for who waits for its beginning.
    fileprivate var asStart: Result<Void, StorageError> {
        switch self {
        case .failure(let error): .failure(error)
        case .success: .failure(.cancelled(operation: "subscribe"))
        }
    }
}
