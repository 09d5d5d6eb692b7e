internal import Synchronization

/// The task of a load that one or several flights wait for.
///
/// A load runs in a task of its own, not in that of the reader who happened to come first:
/// cancelling that reader must not fail the others. It inherits the first reader's priority and
/// task-local values. When all flights that it serves were abandoned it is cancelled.
@usableFromInline
final class LoadTask: Sendable {
    private struct State {
        var flights = 0
        var isCancelled = false
        var task: Task<Void, Never>?
    }

    private let state = Mutex(State())

    @usableFromInline
    init() {}

    /// Starts the load for this many flights; the holder must have a seat in each of them.
    ///
    /// The load begins at once on the caller's thread and goes elsewhere only if it has to wait: a
    /// primary that answers in place costs no trip to another thread and back. A load in the
    /// background begins on another thread, out of the caller's way.
    @usableFromInline
    func start(
        flights: Int, inBackground: Bool = false, _ load: @escaping @Sendable () async -> Void
    ) {
        state.withLock { $0.flights = flights }
        let task = inBackground ? Task { await load() } : Self.begin(load)
        let isAbandoned = state.withLock { state in
            state.task = task
            return state.flights == 0 || state.isCancelled
        }
        if isAbandoned { task.cancel() }
    }

    /// One of the flights has no passengers any more.
    @usableFromInline
    func abandon() {
        let task = state.withLock { state in
            state.flights -= 1
            return state.flights == 0 ? state.task : nil
        }
        task?.cancel()
    }

    /// The load has taken too long, whoever waits for it.
    @usableFromInline
    func cancel() {
        let task = state.withLock { state in
            state.isCancelled = true
            return state.task
        }
        task?.cancel()
    }

    private static func begin(_ load: @escaping @Sendable () async -> Void) -> Task<Void, Never> {
        guard #available(macOS 26, iOS 26, tvOS 26, watchOS 26, visionOS 26, *) else {
            return Task { await load() }
        }
        return Task.immediate { await load() }
    }
}
