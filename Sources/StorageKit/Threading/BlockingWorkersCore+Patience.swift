// One sweeper for all that wait, and none while nobody does: a task for each call would cost more
// than most calls.
extension BlockingWorkersCore {
    /// Starts the sweeper, if jobs may not wait for ever and it is not under way.
    func watchWaiting() {
        guard let patience else { return }
        let starts = monitor.withLock { state in
            defer { state.isSwept = true }
            return !state.isSwept
        }
        guard starts else { return }
        Task.detached { [self] in
            while let pause = nextPause(patience) {
                await patience.sleep(pause)
                refuseExpired(patience)
            }
        }
    }

    /// How long the job that has waited longest may still wait; `nil` when none waits, and the
    /// sweeper ends.
    private func nextPause(_ patience: BlockingPatience) -> Duration? {
        monitor.withLock { state in
            guard let oldest = state.queue.oldest else {
                state.isSwept = false
                return nil
            }
            return max(oldest + patience.limit - patience.reading.now, .zero)
        }
    }

    private func refuseExpired(_ patience: BlockingPatience) {
        let expired = monitor.withLock { state in
            state.queue.takeWaiting(since: patience.reading.now - patience.limit)
        }
        for job in expired { job.refuse(.nothingFree(within: patience.limit)) }
    }
}

extension StorageError {
    fileprivate static func nothingFree(within limit: Duration) -> StorageError {
        StorageError(
            code: .resourceExhausted,
            message: "no connection became free within \(limit); hold transactions and loops over "
                + "rows shorter, or allow more connections")
    }
}
