internal import StorageKit
internal import Synchronization

/// What an import on a thread of its own hears from the task that waits, and tells it.
final class ImportWatch: Sendable {
    private let isCancelled = Atomic(false)
    private let progress: (@Sendable (GraphImportProgress) -> Void)?

    init(_ progress: (@Sendable (GraphImportProgress) -> Void)?) { self.progress = progress }

    func cancel() { isCancelled.store(true, ordering: .relaxed) }

    func check() throws(StorageError) {
        if isCancelled.load(ordering: .relaxed) { throw .cancelled() }
    }

    func report(_ bytes: Int, of total: Int, relationships: Int) throws(StorageError) {
        try check()
        progress?(
            GraphImportProgress(bytes: bytes, totalBytes: total, relationships: relationships))
    }

    /// Runs blocking work on a thread of its own, away from the threads that tasks share.
    func run<Value: Sendable>(
        _ body: @escaping @Sendable (ImportWatch) throws(StorageError) -> Value
    ) async throws(StorageError) -> Value {
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { waiter in start(body, waiter) }
        } onCancel: {
            cancel()
        }
        return try result.get()
    }

    private func start<Value: Sendable>(
        _ body: @escaping @Sendable (ImportWatch) throws(StorageError) -> Value,
        _ waiter: CheckedContinuation<Result<Value, StorageError>, Never>
    ) {
        do throws(StorageError) {
            try PlatformThread.start {
                waiter.resume(
                    returning: Result { () throws(StorageError) in try body(self) })
            }
        } catch {
            waiter.resume(returning: .failure(error))
        }
    }
}
