internal import StorageKit

/// Writes snapshots on a thread of its own, one at a time and the newest one next, while the
/// journal goes on.
final class SnapshotKeeper: Sendable {
    private struct Job {
        var state: GraphState
        var sequence: UInt64
        var completions: [JournalLine.Completion]
    }

    private struct Work {
        var next: Job?
        var isRunning = false
        /// The last snapshot that is on the disk, and how long it is.
        var last: (sequence: UInt64, byteCount: Int)
    }

    private let folder: StoreFolder
    private let identity: StoreIdentity
    private let work: Monitor<Work>

    init(
        _ folder: StoreFolder, identity: StoreIdentity,
        last: (sequence: UInt64, byteCount: Int)
    ) {
        self.folder = folder
        self.identity = identity
        work = Monitor(Work(last: last))
    }

    /// How long the last snapshot is.
    var snapshotBytes: Int { work.withLock { $0.last.byteCount } }

    /// Whether one is being written.
    var isBusy: Bool { work.withLock { $0.isRunning } }

    /// Has a state written, which a log begins behind.
    func submit(
        _ state: GraphState, _ sequence: UInt64, _ completion: @escaping JournalLine.Completion
    ) {
        let startsThread = work.withLock { work in
            // One that waits and is older is not needed any more.
            let completions = (work.next?.completions ?? []) + [completion]
            work.next = Job(state: state, sequence: sequence, completions: completions)
            defer { work.isRunning = true }
            return !work.isRunning
        }
        guard startsThread else { return }
        do throws(StorageError) {
            try PlatformThread.start { self.run() }
        } catch {
            giveUp(error)
        }
    }

    /// Waits, on a thread that may, until nothing is being written.
    func waitUntilIdle() { work.waitForValue { $0.isRunning ? nil : () } }

    private func run() {
        while let job = takeJob() {
            let result = Result { () throws(StorageError) in try write(job) }
            for completion in job.completions { completion(result) }
        }
    }

    private func takeJob() -> Job? {
        let job = work.withLock { work in
            let job = work.next.take()
            work.isRunning = job != nil
            return job
        }
        if job == nil { work.broadcast() }
        return job
    }

    private func giveUp(_ error: StorageError) {
        let job = work.withLock { work in
            work.isRunning = false
            return work.next.take()
        }
        work.broadcast()
        for completion in job?.completions ?? [] { completion(.failure(error)) }
    }

    private func write(_ job: Job) throws(StorageError) {
        guard work.withLock({ $0.last.sequence < job.sequence }) else { return }
        let header = FileHeader(
            kind: .snapshot, identity: identity, sequence: job.sequence,
            salt: folder.files.randomNumber())
        let byteCount: Int
        do throws(FileMakingFailure) {
            (_, byteCount) = try folder.make(.snapshot(job.sequence)) {
                file throws(StorageError) in try SnapshotWriter.write(job.state, header, to: file)
            }
        } catch {
            throw error.error
        }
        work.withLock { $0.last = (job.sequence, byteCount) }
        folder.removeFiles(before: job.sequence, temporaryToo: false)
    }
}
