/// A worker of ``BlockingWorkers`` that serves one task until it is released, and the executor that
/// the task may run on meanwhile.
///
/// A transaction is several statements with the caller's code between them. Handing each to the
/// worker's thread would cost a hop there and a hop back; so the caller's code itself runs on that
/// thread, by a task executor preference (Swift Evolution proposal 0417), and a call of ``run(_:)``
/// is then an ordinary one. From anywhere else ``run(_:)`` hops.
///
/// ```
///             wait            serve                release, nothing left to run
///  created ─────────▶ waiting ─────▶ serving ──────────────────────────────────▶ over
///     │ refuse           │ refuse                            late jobs run elsewhere
///     └─────▶ over ◀─────┘
/// ```
///
/// * What runs on it runs one after the other, child tasks of the body included, so nothing that
///   uses the resource overlaps.
/// * While the body awaits something else the thread waits for it: the resource is held.
/// * Cancelling a task interrupts the call of that task and no other.
/// * A lease that nobody refers to any more is released.
public final class BlockingLease<Resource: BlockingResource>: Sendable {
    let core: BlockingLeaseCore<Resource>

    init() { core = BlockingLeaseCore() }

    deinit { core.release() }

    /// The executor to run code on that uses the lease; it outlives the lease.
    public var executor: any TaskExecutor { core }

    /// Runs a call with the resource: directly on the lease's own thread, by a hop from elsewhere.
    ///
    /// - Throws: What the body threw; ``StorageError/Code/cancelled`` when the task is cancelled,
    ///   ``StorageError/Code/invalidState`` when the lease was released.
    public func run<Value: Sendable>(
        _ body: @escaping @Sendable (Resource) throws(StorageError) -> Value
    ) async throws(StorageError) -> Value {
        if Task.isCancelled { throw .cancelled() }
        guard let resource = core.resourceHere else { return try await core.hop(body).get() }
        return try await core.runHere(resource, body).get()
    }

    /// Runs a call although the task may be cancelled: one that leaves things in order.
    public func runShielded<Value: Sendable>(
        _ body: @escaping @Sendable (Resource) throws(StorageError) -> Value
    ) async throws(StorageError) -> Value {
        if let resource = core.resourceHere { return try body(resource) }
        // An unstructured task is not cancelled with the one that waits for it.
        return try await Task { [core] in await core.hop(body) }.value.get()
    }

    /// Has a call run when the thread comes to it and waits for nothing; the call is dropped when
    /// the lease is over.
    public func runLater(_ body: @escaping @Sendable (Resource) -> Void) {
        if let resource = core.resourceHere { return body(resource) }
        let call = BlockingCall<Resource, Void>(mayShare: false, body: body, refused: { _ in })
        if call.wait(.nobody) { _ = core.submit(.call(call)) }
    }

    /// Gives the worker back once what was submitted has been run.
    ///
    /// It may be called more than once and from anywhere.
    public func release() { core.release() }
}
