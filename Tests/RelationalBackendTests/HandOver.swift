import Dispatch
import RelationalBackend

/// Tells a task or a worker's thread, once, that it may go on.
final class HandOver: Sendable {
    private let stream = AsyncStream.makeStream(of: Void.self)
    private let semaphore = DispatchSemaphore(value: 0)

    func signal() {
        stream.continuation.yield()
        semaphore.signal()
    }

    /// For a task.
    func wait() async {
        for await _ in stream.stream { return }
    }

    /// For a thread that may block.
    func waitOnThread() { semaphore.wait() }
}

/// Runs the body while a write of the database is under way, and ends the write whatever happens.
func duringWrite(
    of database: SQLiteDatabase, _ body: () async throws -> Void
) async throws {
    let writing = HandOver()
    let done = HandOver()
    async let written: Void = database.write { _ in
        writing.signal()
        done.waitOnThread()
    }
    await writing.wait()
    do { try await body() } catch {
        // First: leaving this scope waits for the write.
        done.signal()
        throw error
    }
    done.signal()
    try await written
}
