import StorageKit
import Synchronization

/// A channel in memory that delays, loses and breaks when the test says so.
final class TestChannel: CacheInvalidationChannel {
    typealias Key = Int
    typealias Event = CacheChannelEvent<Int>

    private struct State {
        var lines: [Int: Line] = [:]
        var lastLine = 0
        var openings = 0
        var isOpening = true
        var isHolding = false
        var isLosing = false
        var held: [CacheMessage<Int>] = []
        var sent: [CacheMessage<Int>] = []
        var isRefusing = false
    }

    private let state = Mutex(State())
    private let log: @Sendable (CacheMessage<Int>) -> Void

    init(log: @escaping @Sendable (CacheMessage<Int>) -> Void = { _ in }) { self.log = log }

    // MARK: For the test

    /// How many listen at the moment.
    var listeners: Int { state.withLock(\.lines.count) }
    /// How often somebody began to.
    var openings: Int { state.withLock(\.openings) }
    /// What was sent, beats included.
    var sent: [CacheMessage<Int>] { state.withLock(\.sent) }

    /// Messages wait until ``release()``.
    func hold() { state.withLock { $0.isHolding = true } }

    func release() {
        let (lines, held) = state.withLock { state in
            defer { (state.held, state.isHolding) = ([], false) }
            return (Array(state.lines.values), state.held)
        }
        for message in held { for line in lines { line.put(.success(.message(message))) } }
    }

    /// Messages are lost until ``heal()``, the held ones too.
    func cut() { state.withLock { ($0.isLosing, $0.isHolding, $0.held) = (true, false, []) } }

    /// The listeners are told that something was lost, and hear again.
    func heal() {
        let lines = state.withLock { state in
            state.isLosing = false
            return Array(state.lines.values)
        }
        for line in lines { line.put(.success(.interrupted)) }
    }

    /// Ends every subscription; new ones are refused until ``reopen()``.
    func breakDown() {
        let lines = state.withLock { state in
            defer { (state.lines, state.isOpening) = ([:], false) }
            return Array(state.lines.values)
        }
        for line in lines { line.put(.failure(Self.down)) }
    }

    func reopen() { state.withLock { $0.isOpening = true } }

    func refuseSending(_ isRefusing: Bool) { state.withLock { $0.isRefusing = isRefusing } }

    // MARK: Channel

    func listen() async throws(StorageError) -> Events {
        try state.withLock { state throws(StorageError) in
            state.openings += 1
            guard state.isOpening else { throw Self.down }
            state.lastLine += 1
            let number = state.lastLine
            let line = Line { [weak self] in
                _ = self?.state.withLock { $0.lines.removeValue(forKey: number) }
            }
            state.lines[number] = line
            return Events(line: line)
        }
    }

    func send(_ message: CacheMessage<Int>) async throws(StorageError) {
        log(message)
        try state.withLock { state throws(StorageError) in
            guard !state.isRefusing else { throw Self.down }
            state.sent.append(message)
            if state.isLosing { return }
            if state.isHolding { return state.held.append(message) }
            // With the lock held, so that all lines have the messages in one order.
            for line in state.lines.values { line.put(.success(.message(message))) }
        }
    }

    private static let down = StorageError(code: .unavailable, message: "the channel is down")

    /// What one listener has not heard yet.
    final class Line: Sendable {
        typealias Outcome = Result<Event?, StorageError>

        private struct State {
            var events: [Outcome] = []
            var waiter: CheckedContinuation<Outcome, Never>?
            var isOver = false
        }

        private let state = Mutex(State())
        private let onEnd: @Sendable () -> Void

        init(onEnd: @escaping @Sendable () -> Void) { self.onEnd = onEnd }

        func put(_ outcome: Outcome) {
            let waiter = state.withLock { state in
                if state.waiter == nil { state.events.append(outcome) }
                return state.waiter.take()
            }
            waiter?.resume(returning: outcome)
        }

        func next() async throws(StorageError) -> Event? {
            let outcome = await withTaskCancellationHandler {
                await withCheckedContinuation { continuation in
                    let outcome = state.withLock { state -> Outcome? in
                        if state.isOver { return .success(nil) }
                        if !state.events.isEmpty { return state.events.removeFirst() }
                        state.waiter = continuation
                        return nil
                    }
                    if let outcome { continuation.resume(returning: outcome) }
                }
            } onCancel: {
                let waiter = state.withLock { state in
                    state.isOver = true
                    return state.waiter.take()
                }
                waiter?.resume(returning: .success(nil))
                onEnd()
            }
            return try outcome.get()
        }
    }

    struct Events: AsyncSequence, Sendable {
        typealias Failure = StorageError
        let line: Line

        func makeAsyncIterator() -> Iterator { Iterator(line: line) }

        struct Iterator: AsyncIteratorProtocol {
            let line: Line

            mutating func next(
                isolation actor: isolated (any Actor)? = #isolation
            ) async throws(StorageError) -> Event? {
                try await line.next()
            }
        }
    }
}
