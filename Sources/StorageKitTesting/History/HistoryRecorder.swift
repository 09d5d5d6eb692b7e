import Synchronization

/// Records calls of several tasks with the order in which they began and returned.
public final class HistoryRecorder<Operation: Sendable, Answer: Sendable>: Sendable {
    /// What one call leaves behind.
    public typealias Event = HistoryEvent<Operation, Answer>

    private let state = Mutex((clock: 0, events: [Event]()))

    /// Creates a recorder without events.
    public init() {}

    /// Makes a call and records it; one that throws is not recorded.
    @discardableResult
    public func record(
        _ operation: Operation, _ call: () async throws -> Answer
    ) async rethrows -> Answer {
        let begin = tick()
        let answer = try await call()
        state.withLock { state in
            state.clock += 1
            state.events.append(
                Event(operation: operation, answer: answer, begin: begin, end: state.clock))
        }
        return answer
    }

    /// What was recorded, in the order in which the calls began.
    public var events: [Event] {
        state.withLock { $0.events }.sorted { $0.begin < $1.begin }
    }

    private func tick() -> Int {
        state.withLock { state in
            state.clock += 1
            return state.clock
        }
    }
}
