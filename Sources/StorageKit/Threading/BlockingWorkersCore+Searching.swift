#if canImport(Darwin)
internal import Darwin
#elseif canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#endif
internal import Synchronization

// To be woken costs a thread tens of microseconds. A task that makes one call after the other comes
// back sooner than that, so the thread that has just answered it looks for the next call a moment
// before it sleeps.
extension BlockingWorkersCore {
    /// Looks for a job for a moment, where that pays and nobody else does.
    func search(_ spin: inout SpinBudget) {
        guard spin.time > .zero else { return }
        let begins = monitor.withLock { state in
            guard state.queue.beginSearch() else { return false }
            guard spin.begins() else {
                state.queue.endSearch()
                return false
            }
            // Whoever submits after this lock says so after it.
            isFound.store(false, ordering: .relaxed)
            return true
        }
        guard begins else { return }
        if isFound(within: spin.time) { spin.hit() } else { spin.miss() }
        monitor.withLock { $0.queue.endSearch() }
    }

    private func isFound(within time: Duration) -> Bool {
        let end = Moment.now + time
        repeat {
            if isFound.load(ordering: .acquiring) { return true }
            sched_yield()
        } while Moment.now < end
        return false
    }
}
