import Synchronization

/// Runs tasks in turns, one at a time, and draws whose turn it is from a seed.
///
/// On the pool of threads, tasks that hardly ever wait run one after the other, and a test that
/// hopes for them to meet hopes in vain. Here every suspension is an occasion to go on with any
/// task that can, and equal seeds give equal interleavings as long as nothing outside wakes a task.
///
/// ```swift
/// let executor = InterleavingExecutor(seed: 42)
/// await withTaskExecutorPreference(executor) {
///     await withTaskGroup { ... }
/// }
/// ```
///
/// A task made by `Task { }` does not inherit the preference: use `Task(executorPreference:)`.
/// Nothing runs in parallel, so data races need a run without it besides.
public final class InterleavingExecutor: TaskExecutor {
    private let state: Mutex<State>

    /// Creates an executor with nothing to do.
    public init(seed: UInt64) {
        state = Mutex(State(generator: SeededGenerator(seed: seed)))
    }

    /// Takes a job in; when it runs is drawn.
    public func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let isIdle = state.withLock { $0.add(job) }
        // The thread is borrowed from the pool and given back when there is nothing to run.
        if isIdle { Task.detached { self.drain() } }
    }

    private func drain() {
        while let job = state.withLock({ $0.next() }) {
            job.runSynchronously(on: asUnownedTaskExecutor())
        }
    }

    private struct State: Sendable {
        var generator: SeededGenerator
        var jobs: [UnownedJob] = []
        var isDraining = false

        /// Whether somebody has to begin to drain.
        mutating func add(_ job: UnownedJob) -> Bool {
            jobs.append(job)
            defer { isDraining = true }
            return !isDraining
        }

        mutating func next() -> UnownedJob? {
            guard !jobs.isEmpty else {
                isDraining = false
                return nil
            }
            return jobs.remove(at: Int.random(in: jobs.indices, using: &generator))
        }
    }
}
