internal import StorageKit

extension GraphCommits {
    /// Has the journal write a snapshot of what was committed so far, and waits for it.
    ///
    /// The writer's place is held while the snapshot gets its place behind the commits, not while
    /// it is written.
    func checkpoint() async throws(StorageError) {
        guard let journal else {
            throw StorageError(
                code: .unsupported,
                message: "the graph lives in memory only; open one in a folder to keep it")
        }
        let base = try await begin()
        try await withCheckedContinuation { (waiter: Waiter) in
            journal.checkpoint(base.state.state) { waiter.resume(returning: $0) }
            abandon()
        }.get()
    }

    /// Has a snapshot written when everything else is over; if that fails the log is still there.
    func checkpointAtEnd() async {
        guard let journal else { return }
        let state = lastState()
        _ = await withCheckedContinuation { (waiter: Waiter) in
            journal.checkpoint(state) { waiter.resume(returning: $0) }
        }
    }
}
