internal import Synchronization

/// Delivers the cancellation of a task to that task's call on a lease, and to no later one.
///
/// Calls run one at a time and are numbered. An interruption is delivered under the lock and only
/// while its call is the one that runs; the end of a call takes the same lock.
final class LeaseInterruptions: Sendable {
    private struct State {
        var begun = 0
        var running: Int?
        var isInterrupted = false
    }

    private let state = Mutex(State())

    /// Begins a call.
    ///
    /// - Returns: Its number.
    func begin() -> Int {
        state.withLock { state in
            state.begun += 1
            state.running = state.begun
            return state.begun
        }
    }

    /// Interrupts the call, unless it is over.
    func interrupt(_ call: Int, _ interrupter: some BlockingInterrupter) {
        state.withLock { state in
            guard state.running == call else { return }
            state.isInterrupted = true
            interrupter.interrupt()
        }
    }

    /// Ends the call that runs, and takes back what was meant for it.
    func end(_ interrupter: some BlockingInterrupter) {
        let wasInterrupted = state.withLock { state in
            state.running = nil
            defer { state.isInterrupted = false }
            return state.isInterrupted
        }
        if wasInterrupted { interrupter.reset() }
    }
}
