import Foundation
import StorageKit
import Synchronization

/// What the workers of one test make and release.
final class World: Sendable {
    let failures = Atomic(0)
    private let makings = Atomic(0)
    private let releases = Atomic(0)
    private let releaseSignals = AsyncStream.makeStream(of: Void.self)

    var made: Int { makings.load(ordering: .acquiring) }
    var released: Int { releases.load(ordering: .acquiring) }

    func workers(threads: Int, spinTime: Duration = .zero) -> BlockingWorkers<Resource> {
        BlockingWorkers(maximumThreads: threads, spinTime: spinTime) { () throws(StorageError) in
            try self.make()
        }
    }

    /// Returns once everything that was made has been released.
    func allReleased() async {
        for await _ in releaseSignals.stream where released == made { return }
    }

    private func make() throws(StorageError) -> Resource {
        if failures.load(ordering: .relaxed) > 0 {
            failures.subtract(1, ordering: .relaxed)
            throw StorageError(code: .unavailable, message: "not yet")
        }
        return Resource(number: makings.add(1, ordering: .acquiringAndReleasing).newValue) {
            self.releases.add(1, ordering: .acquiringAndReleasing)
            self.releaseSignals.continuation.yield()
        }
    }
}

/// A resource whose one call blocks until it is interrupted.
final class Resource: BlockingResource {
    let number: Int
    let interrupter = Interrupter()
    private let onRelease: () -> Void

    init(number: Int, onRelease: @escaping () -> Void) {
        self.number = number
        self.onRelease = onRelease
    }

    deinit { onRelease() }

    var wasInterrupted: Bool { interrupter.isSet }

    func blockUntilInterrupted() { interrupter.wait() }

    final class Interrupter: BlockingInterrupter {
        private let state = Mutex(false)
        private let semaphore = DispatchSemaphore(value: 0)

        var isSet: Bool { state.withLock(\.self) }

        func interrupt() {
            state.withLock { $0 = true }
            semaphore.signal()
        }

        func reset() { state.withLock { $0 = false } }

        func wait() { semaphore.wait() }
    }
}

/// A place where a number of worker threads wait for each other; never for a task.
final class Meeting: Sendable {
    private let size: Int
    private let arrived = Mutex(0)
    private let semaphore = DispatchSemaphore(value: 0)

    init(of size: Int) { self.size = size }

    func wait() {
        let isLast = arrived.withLock { count in
            count += 1
            return count == size
        }
        guard isLast else { return semaphore.wait() }
        for _ in 1..<size { semaphore.signal() }
    }
}

/// A call that says when it has begun and then holds its thread until it is let go.
final class HeldCall: Sendable {
    private let began = AsyncStream.makeStream(of: Void.self)
    private let gate = DispatchSemaphore(value: 0)

    /// For the worker's thread.
    func hold() {
        announce()
        gate.wait()
    }

    /// For the worker's thread: says that the call has begun, and goes on.
    func announce() { began.continuation.yield() }

    /// For a task: returns when the call has begun.
    func hasBegun() async {
        for await _ in began.stream { return }
    }

    func letGo() { gate.signal() }
}

/// Counts from any thread.
final class Counter: Sendable {
    private let count = Atomic(0)

    var value: Int { count.load(ordering: .acquiring) }

    func increment() { count.add(1, ordering: .acquiringAndReleasing) }
}
