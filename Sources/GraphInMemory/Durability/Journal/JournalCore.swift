internal import StorageKit

/// What the journal and its thread share; the thread keeps it until the line is empty and closed.
final class JournalCore: Sendable {
    private struct Shared {
        var line = JournalLine()
        /// On its way to the thread, which alone is to hold it when the line is closed.
        var log: LogWriter?
        /// `nil` when the thread has ended.
        var closers: [CheckedContinuation<Void, Never>]? = []
    }

    private let settings: GraphStorageSettings
    private let folder: StoreFolder
    private let snapshots: SnapshotKeeper
    private let shared = Monitor(Shared())

    init(
        _ folder: StoreFolder, _ settings: GraphStorageSettings, _ snapshots: SnapshotKeeper
    ) {
        self.folder = folder
        self.settings = settings
        self.snapshots = snapshots
    }

    /// Starts the thread, which takes the log and the lock over.
    func start(_ log: LogWriter, _ lock: any FolderLock) throws(StorageError) {
        updateWish(log)
        shared.withLock { $0.log = log }
        try PlatformThread.start { [self] in
            run()
            snapshots.waitUntilIdle()
            lock.release()
            finish()
        }
    }

    // MARK: Any thread

    var wantsCheckpoint: Bool { shared.withLock { $0.line.wantsCheckpoint } }

    func add(_ content: JournalLine.Content, _ completion: @escaping JournalLine.Completion) {
        let isAdded = shared.withLock { $0.line.add(content, completion) }
        if isAdded { return shared.signal() }
        completion(
            .failure(StorageError(code: .invalidState, message: "the store is closed")))
    }

    func resume() throws(StorageError) {
        let result = shared.withLock { shared in
            Result { () throws(StorageError) in try shared.line.resume() }
        }
        try result.get()
    }

    func beginClosing() {
        shared.withLock { $0.line.close() }
        shared.signal()
    }

    func close() async {
        beginClosing()
        await withCheckedContinuation { continuation in
            let waits = shared.withLock { shared in
                shared.closers?.append(continuation)
                return shared.closers != nil
            }
            if !waits { continuation.resume() }
        }
    }

    private func finish() {
        let closers = shared.withLock { $0.closers.take() }
        for closer in closers ?? [] { closer.resume() }
    }

    // MARK: The journal's thread

    /// The log's file is closed when this returns.
    private func run() {
        guard var log = shared.withLock({ $0.log.take() }) else { return }
        while true {
            switch shared.waitForValue({ $0.line.next() }) {
            case .write(let entries): write(entries, &log)
            case .snapshot(let state, let entry): snapshot(state, entry, &log)
            case .refuse(let entries, let error):
                for entry in entries { entry.completion(.failure(error)) }
            case .end:
                // After a failure there is nobody to tell; it was told to those it concerned.
                try? log.sync()
                return
            }
        }
    }

    private func write(_ entries: [JournalLine.Entry], _ log: inout LogWriter) {
        let commits = entries.map { entry in
            if case .commit(let bytes) = entry.content { bytes } else { [UInt8]() }
        }
        do throws(LogFailure) {
            try log.append(commits, synced: settings.durability == .synced)
            updateWish(log)
            for entry in entries { entry.completion(.success(())) }
        } catch {
            fail(entries, error)
        }
    }

    private func fail(_ entries: [JournalLine.Entry], _ failure: LogFailure) {
        guard let last = entries.last else { return }
        shared.withLock { $0.line.fail(last, failure.error, isFinal: failure.isFinal) }
        for entry in entries { entry.completion(.failure(failure.error)) }
    }

    private func updateWish(_ log: LogWriter) {
        let isDue = settings.isSnapshotDue(
            logBytes: log.groupBytes, snapshotBytes: snapshots.snapshotBytes)
        guard isDue, !snapshots.isBusy else { return }
        shared.withLock { $0.line.wantsCheckpoint = true }
    }

    private func snapshot(
        _ state: GraphState, _ entry: JournalLine.Entry, _ log: inout LogWriter
    ) {
        do throws(LogFailure) {
            try beginLog(&log)
            snapshots.submit(state, log.sequence, entry.completion)
        } catch {
            if error.isFinal {
                fail([entry], error)
            } else {
                entry.completion(.failure(error.error))
            }
        }
    }

    /// Begins a new log, if there is anything in this one.
    ///
    /// The old one is synced first: a log that another one follows must be whole.
    private func beginLog(_ log: inout LogWriter) throws(LogFailure) {
        guard log.sequence > log.header.sequence else { return }
        try log.sync()
        do throws(FileMakingFailure) {
            log = try LogWriter.make(
                in: folder, identity: log.header.identity, sequence: log.sequence)
        } catch {
            // With the new log's name in doubt neither of the two can be gone on with.
            throw error.isNameInDoubt
                ? .broken(error.error, mayHaveBeenApplied: false) : .refused(error.error)
        }
    }
}
