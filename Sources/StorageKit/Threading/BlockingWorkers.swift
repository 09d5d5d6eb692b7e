/// A few threads of their own for C calls that wait, each with a resource of its own.
///
/// The cooperative thread pool has one thread a core and must never wait for a disk, a network or a
/// lock: two blocked threads on a two-core machine and the whole program stands still. So calls
/// that can wait are handed to these threads, and the task that made the call suspends.
///
/// ```
///   task ── run { resource in … } ──▶ queue ──▶ thread 1 owns resource 1
///    ▲                                      └──▶ thread 2 owns resource 2   (started when needed)
///    └────────────── result ◀───────────────────────┘
/// ```
///
/// * **Lazy.** No thread and no resource exists before the first call. A further thread starts only
///   when a job finds all others busy, up to `maximumThreads`.
/// * **Order.** Jobs start in the order they came; with one thread they also end in that order.
/// * **Groups.** Where a resource allows it, jobs that wait at the same moment are finished
///   together (``BlockingGroupResource``), each with an outcome of its own.
/// * **Cancellation.** A waiting job whose task is cancelled is refused at once with
///   ``StorageError/Code/cancelled``. A running one is interrupted through its resource's
///   ``BlockingInterrupter``; its caller resumes when the C call has come back, so nobody touches a
///   connection that is still in use. Neighbours are never interrupted.
/// * **Patience.** A job that found no worker within the ``BlockingPatience`` is refused with
///   ``StorageError/Code/resourceExhausted``.
/// * **Failure to open.** When a resource cannot be made, the job that needed it gets the error and
///   the next job tries again.
/// * **Close.** ``close()`` refuses new jobs, runs those accepted, and returns when every resource
///   is released. Without it the same happens in the background when the last reference goes.
///
/// Cost: a hop to another thread and back for each call (tens of microseconds when the thread
/// sleeps, about one when many tasks keep it busy), so do many statements in one job where you can.
public final class BlockingWorkers<Resource: BlockingResource>: Sendable {
    let core: BlockingWorkersCore<Resource>

    /// Creates workers; starts nothing.
    ///
    /// - Parameters:
    ///   - maximumThreads: How many resources may be in use at the same time, at least 1.
    ///   - patience: How long calls wait for a worker; `nil` for as long as it takes.
    ///   - spinTime: For how long a thread looks for the next call before it sleeps, where that
    ///     pays; zero for never.
    ///   - makeResource: Makes a thread's resource, on that thread, before its first job.
    public init(
        maximumThreads: Int, patience: BlockingPatience? = nil, spinTime: Duration = .zero,
        makeResource: @escaping @Sendable () throws(StorageError) -> Resource
    ) {
        core = BlockingWorkersCore(
            maximumThreads: maximumThreads, sharing: nil, patience: patience, spinTime: spinTime,
            makeResource: makeResource)
    }

    /// Creates workers whose jobs may share what it costs to finish them; starts nothing.
    ///
    /// - Parameters:
    ///   - maximumThreads: How many resources may be in use at the same time, at least 1.
    ///   - groups: How many jobs are finished together; `nil` for each by itself.
    ///   - patience: How long calls wait for a worker; `nil` for as long as it takes.
    ///   - makeResource: Makes a thread's resource, on that thread, before its first job.
    public init(
        maximumThreads: Int, groups: BlockingGroupLimits?, patience: BlockingPatience? = nil,
        makeResource: @escaping @Sendable () throws(StorageError) -> Resource
    ) where Resource: BlockingGroupResource {
        core = BlockingWorkersCore(
            maximumThreads: maximumThreads, sharing: groups.map(BlockingSharing.init),
            patience: patience, spinTime: .zero, makeResource: makeResource)
    }

    deinit { core.close() }

    /// Runs a call on a worker and suspends until it is done.
    ///
    /// - Parameter body: The blocking work. It runs on a worker's thread, never re-entrantly.
    /// - Returns: What the body returned.
    /// - Throws: What the body threw; ``StorageError`` when it never ran (cancelled, closed,
    ///   resource not available).
    public func run<Value: Sendable>(
        _ body: @escaping @Sendable (Resource) throws -> Value
    ) async throws -> Value {
        try await outcome { resource in
            Result { try body(resource) }
        } refused: {
            .failure($0)
        }
        .get()
    }

    /// Runs a call that throws nothing but ``StorageError``.
    public func run<Value: Sendable>(
        _ body: @escaping @Sendable (Resource) throws(StorageError) -> Value
    ) async throws(StorageError) -> Value {
        try await outcome { resource in
            Result { () throws(StorageError) in try body(resource) }
        } refused: {
            Result<Value, StorageError>.failure($0)
        }.get()
    }

    /// Runs a call that may be finished together with others that wait at the same moment.
    ///
    /// It returns when they are finished. What it did may have to be undone and done again by
    /// itself, for the sake of another one's failure or cancellation.
    ///
    /// - Parameter body: The blocking work, which may be run twice. It runs on a worker's thread.
    public func runShared<Value: Sendable>(
        _ body: @escaping @Sendable (Resource) throws(StorageError) -> Value
    ) async throws(StorageError) -> Value where Resource: BlockingGroupResource {
        try await outcome(mayShare: true) { resource in
            Result { () throws(StorageError) in try body(resource) }
        } refused: {
            Result<Value, StorageError>.failure($0)
        }.get()
    }

    /// How many calls have been accepted so far: what a test of round trips counts.
    public var acceptedCalls: Int { core.acceptedCalls }

    /// How many threads wait for a call: one whose call has returned may not do so yet.
    package var idleThreads: Int { core.idleThreads }

    /// Refuses new calls, finishes the accepted ones, and returns when every resource is released.
    ///
    /// It may be called more than once. It cannot be cancelled: what was accepted is finished.
    public func close() async {
        await core.closeAndWait()
    }

    private func outcome<Outcome: Sendable>(
        mayShare: Bool = false, _ body: @escaping @Sendable (Resource) -> Outcome,
        refused: @escaping @Sendable (StorageError) -> Outcome
    ) async -> Outcome {
        if Task.isCancelled { return refused(.cancelled()) }
        let call = BlockingCall<Resource, Outcome>(
            mayShare: mayShare, body: body, refused: refused)
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                if call.wait(BlockingWaiter(continuation)) { core.submit(call) }
            }
        } onCancel: {
            call.cancel()
        }
    }
}
