internal import Synchronization

/// A clock that stands still until a test moves it.
///
/// ```swift
/// let clock = ManualClock()
/// let cache = InMemoryCache<String, Int>(capacity: 1, timeToLive: .seconds(60), clock: clock)
/// …
/// clock.advance(by: .seconds(60))  // now the entry has expired
/// ```
///
/// Whoever sleeps on it wakes when the clock is moved to the deadline or beyond. So that a test
/// need not guess whether the code it tests is asleep yet, ``waitForSleepers(_:)`` waits until it
/// is.
public final class ManualClock: Clock {
    fileprivate struct Sleeper: Sendable {
        let deadline: Instant
        let continuation: CheckedContinuation<Void, any Error>
    }

    fileprivate struct Watcher: Sendable {
        let count: Int
        let continuation: CheckedContinuation<Void, Never>
    }

    fileprivate struct State: Sendable {
        var now = Instant(offset: .zero)
        var lastNumber = 0
        var sleepers: [Int: Sleeper] = [:]
        var watchers: [Watcher] = []
    }

    private let state = Mutex(State())

    /// Creates a clock at zero.
    public init() {}

    /// The time: the sum of all advances.
    public var now: Instant { state.withLock(\.now) }

    /// The smallest step it can be moved by.
    public var minimumResolution: Duration { .nanoseconds(1) }

    /// How many tasks are asleep on the clock.
    public var sleepers: Int { state.withLock(\.sleepers.count) }

    /// Moves the clock forward and wakes those whose deadline has come, the earliest first.
    public func advance(by duration: Duration) {
        precondition(duration >= .zero, "time does not run backwards")
        let due = state.withLock { state in
            state.now = state.now.advanced(by: duration)
            return state.removeDue()
        }
        for sleeper in due { sleeper.resume() }
    }

    /// Suspends until the clock has been moved to the deadline.
    ///
    /// - Throws: `CancellationError` at once when the task is cancelled.
    public func sleep(until deadline: Instant, tolerance: Duration? = nil) async throws {
        let number = state.withLock { $0.nextNumber() }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                add(Sleeper(deadline: deadline, continuation: continuation), number)
                if Task.isCancelled { cancel(number) }
            }
        } onCancel: {
            cancel(number)
        }
    }

    /// Suspends until at least this many tasks are asleep on the clock.
    ///
    /// It does not watch for cancellation: a test that waits here in vain hangs visibly.
    public func waitForSleepers(_ count: Int = 1) async {
        await withCheckedContinuation { continuation in
            let ready = state.withLock { state in
                state.watchers.append(Watcher(count: count, continuation: continuation))
                return state.removeReady()
            }
            for watcher in ready { watcher.resume() }
        }
    }

    private func add(_ sleeper: Sleeper, _ number: Int) {
        let isDue = state.withLock { state in
            if sleeper.deadline <= state.now { return true }
            state.sleepers[number] = sleeper
            return false
        }
        if isDue { sleeper.continuation.resume() }
        let ready = state.withLock { $0.removeReady() }
        for watcher in ready { watcher.resume() }
    }

    /// Harmless when the sleeper is awake already or not asleep yet.
    private func cancel(_ number: Int) {
        let sleeper = state.withLock { $0.sleepers.removeValue(forKey: number) }
        sleeper?.continuation.resume(throwing: CancellationError())
    }
}

extension ManualClock {
    /// A moment of a ``ManualClock``.
    public struct Instant: InstantProtocol {
        /// How far from the clock's beginning it is.
        public var offset: Duration

        /// Creates a moment.
        public init(offset: Duration) { self.offset = offset }

        /// The moment that much later.
        public func advanced(by duration: Duration) -> Instant {
            Instant(offset: offset + duration)
        }

        /// How much later the other moment is.
        public func duration(to other: Instant) -> Duration { other.offset - offset }

        /// Whether the left moment is the earlier one.
        public static func < (left: Instant, right: Instant) -> Bool { left.offset < right.offset }
    }
}

extension ManualClock.State {
    fileprivate mutating func nextNumber() -> Int {
        lastNumber += 1
        return lastNumber
    }

    fileprivate mutating func removeDue() -> [CheckedContinuation<Void, any Error>] {
        let due = sleepers.filter { $0.value.deadline <= now }
        for number in due.keys { sleepers[number] = nil }
        return due.sorted { ($0.value.deadline, $0.key) < ($1.value.deadline, $1.key) }
            .map(\.value.continuation)
    }

    fileprivate mutating func removeReady() -> [CheckedContinuation<Void, Never>] {
        let ready = watchers.filter { $0.count <= sleepers.count }
        watchers.removeAll { $0.count <= sleepers.count }
        return ready.map(\.continuation)
    }
}
