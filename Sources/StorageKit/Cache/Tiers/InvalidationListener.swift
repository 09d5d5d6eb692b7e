internal import Synchronization

/// Keeps a local tier in step with its channel: gives ``InvalidationListenerState`` a task.
///
/// The task begins with the first use, and ends when the listener is released: it holds the worker,
/// never the listener.
final class InvalidationListener<Local: Cache, Channel: CacheInvalidationChannel>: Sendable
where Channel.Key == Local.Key {
    private let worker: InvalidationWorker<Local, Channel>
    private let isStarted = Atomic(false)
    private let task = Mutex<Task<Void, Never>?>(nil)

    init(_ worker: InvalidationWorker<Local, Channel>) { self.worker = worker }

    deinit { task.withLock { $0 }?.cancel() }

    /// Begins to listen; nothing when it has begun.
    ///
    /// Detached: the task outlives whoever used the cache first and must not carry his task-local
    /// values or his priority.
    func start() {
        guard !isStarted.load(ordering: .relaxed) else { return }
        guard !isStarted.exchange(true, ordering: .relaxed) else { return }
        let worker = worker
        task.withLock { $0 = Task.detached { await worker.run() } }
    }
}
