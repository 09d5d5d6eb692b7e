import StorageKit

/// Jobs that are not lost with the worker that took them: a list, and one for each worker.
///
/// ```
///    add ──▶ jobs ──take──▶ jobs:<worker> ──finish──▶
///             ▲                   │
///             └─────giveBack──────┘
/// ```
///
/// A job is in one of the lists until it is finished, whenever a process dies. It is done at least
/// once, and again when the worker died after its work and before it said so.
struct JobQueue<Store: ListStore>: Sendable {
    let store: Store

    private let waiting: ByteString = "jobs"

    init(in store: Store) { self.store = store }

    /// Adds jobs behind those that wait.
    func add(_ jobs: [String]) async throws(StorageError) {
        try await store.listPush(waiting, jobs.map { ByteString($0) })
    }

    /// Takes the job that waits longest, or `nil`.
    func take(for worker: String) async throws(StorageError) -> String? {
        try await store.listMove(from: waiting, to: taken(by: worker))?.string
    }

    /// Says that a worker has done a job.
    func finish(_ job: String, by worker: String) async throws(StorageError) {
        try await store.listRemove(taken(by: worker), ByteString(job), limit: 1)
    }

    /// Puts the jobs of a worker that died back where they were, and says how many there were.
    func giveBack(from worker: String) async throws(StorageError) -> Int {
        var count = 0
        while try await store.listMove(from: taken(by: worker), .last, to: waiting, .first) != nil {
            count += 1
        }
        return count
    }

    private func taken(by worker: String) -> ByteString { "jobs:\(worker)" }
}
