extension BlockingWorkers {
    /// Waits for a worker and keeps it until the lease is released or dropped.
    ///
    /// - Throws: ``StorageError`` when the resource cannot be made, the workers are closed, the
    ///   task
    ///   is cancelled, or none became free in time.
    public func lease() async throws(StorageError) -> BlockingLease<Resource> {
        if Task.isCancelled { throw .cancelled() }
        let lease = BlockingLease<Resource>()
        let serving = BlockingCall<Resource, Void>(mayShare: false) { [core = lease.core] in
            core.serve($0)
        } refused: { [core = lease.core] in
            core.refuse($0)
        }
        let refusal = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                lease.core.wait(continuation)
                if serving.wait(.nobody) { core.submit(serving) }
            }
        } onCancel: {
            serving.cancelWaiting()
        }
        if let refusal { throw refusal }
        return lease
    }

    /// Runs a body on a worker's thread, with the worker to itself.
    ///
    /// One hop there and one back; each call of ``BlockingLease/run(_:)`` in between is an ordinary
    /// one.
    ///
    /// - Parameter body: What to do. It is to release the lease when it no longer needs it, so that
    ///   the next one need not wait until the task has gone back to where it came from.
    public func withLease<Value: Sendable>(
        _ body: @Sendable @concurrent (BlockingLease<Resource>) async throws -> Value
    ) async throws -> Value {
        let lease = try await lease()
        defer { lease.release() }
        return try await withTaskExecutorPreference(lease.executor) { try await body(lease) }
    }
}
