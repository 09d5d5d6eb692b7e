internal import Synchronization

/// The part of ``BlockingWorkers`` that its threads hold on to: queue, threads, resources.
///
/// It is an object of its own so that dropping the last ``BlockingWorkers`` closes the queue
/// although threads are still running.
final class BlockingWorkersCore<Resource: BlockingResource>: Sendable {
    typealias Job = any BlockingJob<Resource>

    /// The queue, and who waits for the last thread to go.
    struct State {
        var queue: BlockingQueueState<Job>
        var closers: [CheckedContinuation<Void, Never>] = []
        /// Whether a sweeper looks after those that wait too long.
        var isSwept = false
    }

    private let makeResource: @Sendable () throws(StorageError) -> Resource
    /// How jobs share what it costs to finish them; `nil` when each is run by itself.
    let sharing: BlockingSharing<Resource>?
    /// How long jobs wait; `nil` for as long as it takes.
    let patience: BlockingPatience?
    /// For how long a thread looks for the next job before it sleeps, where that pays.
    let spinTime: Duration
    let monitor: Monitor<State>
    /// Whether there is something for the thread that searches.
    let isFound = Atomic(false)

    init(
        maximumThreads: Int, sharing: BlockingSharing<Resource>?, patience: BlockingPatience?,
        spinTime: Duration, makeResource: @escaping @Sendable () throws(StorageError) -> Resource
    ) {
        self.sharing = sharing
        self.patience = patience
        self.spinTime = spinTime
        self.makeResource = makeResource
        monitor = Monitor(State(queue: BlockingQueueState(maximumThreads: maximumThreads)))
    }

    var acceptedCalls: Int { monitor.withLock { $0.queue.accepted } }
    var idleThreads: Int { monitor.withLock { $0.queue.idle + $0.queue.searching } }

    func submit(_ job: Job) {
        let arrival = patience?.reading.now ?? .zero
        switch monitor.withLock({ $0.queue.submit(job, at: arrival) }) {
        case .wait: watchWaiting()
        case .tellSearcher: isFound.store(true, ordering: .releasing)
        case .wakeThread: monitor.signal()
        case .startThread: startThread()
        case .closed: job.refuse(.closed)
        }
    }

    /// Refuses new jobs; the threads end when the accepted ones are done.
    func close() {
        monitor.withLock { $0.queue.close() }
        isFound.store(true, ordering: .releasing)
        monitor.broadcast()
    }

    func closeAndWait() async {
        await withCheckedContinuation { continuation in
            let isOver = monitor.withLock { state in
                state.queue.close()
                guard state.queue.threads > 0 else { return true }
                state.closers.append(continuation)
                return false
            }
            isFound.store(true, ordering: .releasing)
            monitor.broadcast()
            if isOver { continuation.resume() }
        }
    }

    private func startThread() {
        do {
            try PlatformThread.start { [self] in work() }
        } catch {
            var stranded: [Job] = []
            resumeClosers { stranded = $0.threadFailed() }
            for job in stranded { job.refuse(error) }
        }
    }

    /// What a thread does from its first job to its end.
    private func work() {
        // The resource lives and dies inside, so that it is gone before the census says so.
        serve()
        resumeClosers { $0.threadEnded() }
    }

    /// Changes the queue and, when no thread is left, resumes those who wait for that.
    private func resumeClosers(after change: (inout BlockingQueueState<Job>) -> Void) {
        let closers = monitor.withLock { state in
            change(&state.queue)
            guard state.queue.threads == 0 else { return [CheckedContinuation<Void, Never>]() }
            defer { state.closers = [] }
            return state.closers
        }
        for closer in closers { closer.resume() }
    }

    private func serve() {
        var resource: Resource?
        var spin = SpinBudget(time: spinTime)
        while let job = nextJob(&spin) {
            if job.isOver { continue }
            do throws(StorageError) {
                if resource == nil { resource = try makeResource() }
                if let resource { run(job, with: resource) }
            } catch {
                job.refuse(error)
            }
        }
    }

    private func nextJob(_ spin: inout SpinBudget) -> Job? {
        search(&spin)
        var wasIdle = false
        let step = monitor.waitForValue { state in
            let step = state.queue.next(wasIdle: wasIdle)
            wasIdle = step == nil
            return step
        }
        guard case .run(let job) = step else { return nil }
        return job
    }
}

extension StorageError {
    /// The error for a call that came after `close`.
    fileprivate static var closed: StorageError {
        StorageError(
            code: .invalidState, message: "the store is closed; open a new one to go on")
    }
}
