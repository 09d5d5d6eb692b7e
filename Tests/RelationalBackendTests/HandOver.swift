import Dispatch

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
