import StorageKit
import StorageKitTesting
import Synchronization
import Testing

@Suite("Leases of blocking workers")
struct BlockingLeaseTests {
    @Test("a body on a lease makes its calls directly, and holds the worker until it returns")
    func direct() async throws {
        let world = World()
        let workers = world.workers(threads: 1)
        let before = workers.acceptedCalls
        let numbers = try await workers.withLease { lease in
            var numbers: [Int] = []
            for _ in 0..<100 {
                numbers.append(
                    try await lease.run { (resource) throws(StorageError) in
                        resource.number
                    })
            }
            return numbers
        }
        #expect(numbers == Array(repeating: 1, count: 100))
        #expect(workers.acceptedCalls == before + 1)
        #expect(try await workers.run { $0.number } == 1)
        await workers.close()
    }

    @Test("calls wait while a lease is held, and run when it is dropped without a release")
    func dropped() async throws {
        let workers = World().workers(threads: 1)
        var lease: BlockingLease<Resource>? = try await workers.lease()
        let waiting = Task { try await workers.run { $0.number } }
        #expect(try await lease?.run { (resource) throws(StorageError) in resource.number } == 1)
        lease = nil
        #expect(try await waiting.value == 1)
        await workers.close()
    }

    @Test("a call on a lease that was given back is refused")
    func released() async throws {
        let workers = World().workers(threads: 1)
        let lease = try await workers.lease()
        lease.release()
        // Something behind it on the only thread: when that is done, the lease is over.
        try await workers.run { _ in }
        await #expect { try await lease.run { (_) throws(StorageError) in } } throws: {
            ($0 as? StorageError)?.code == .invalidState
        }
        await workers.close()
    }

    @Test("cancelling a task interrupts its own call, and the next call is not interrupted")
    func cancellation() async throws {
        let workers = World().workers(threads: 1)
        let lease = try await workers.lease()
        let (started, start) = AsyncStream.makeStream(of: Void.self)
        let task = Task {
            try await lease.run { (resource) throws(StorageError) in
                start.yield()
                resource.blockUntilInterrupted()
            }
        }
        for await _ in started { break }
        task.cancel()
        _ = await task.result
        let isClean = try await lease.run { (resource) throws(StorageError) in
            !resource.wasInterrupted
        }
        #expect(isClean)
        lease.release()
        await workers.close()
    }

    @Test("cancelling while waiting for a worker ends the wait at once")
    func cancelledWaiting() async throws {
        let workers = World().workers(threads: 1)
        let held = try await workers.lease()
        let task = Task { try await workers.withLease { _ in } }
        task.cancel()
        await #expect { try await task.value } throws: {
            ($0 as? StorageError)?.code == .cancelled
        }
        held.release()
        await workers.close()
    }

    @Test("who waits longer than the patience is refused, leases and calls alike, and no other")
    func patience() async throws {
        let clock = ManualClock()
        let workers = BlockingWorkers(
            maximumThreads: 1, patience: .init(limit: .seconds(30), clock: clock)
        ) { () throws(StorageError) in Resource(number: 1) {} }
        let held = try await workers.lease()
        let early = Task { try await workers.withLease { _ in } }
        await clock.waitForSleepers(1)
        clock.advance(by: .seconds(20))
        let late = Task { try await workers.run { $0.number } }
        while workers.acceptedCalls < 3 { await Task.yield() }
        clock.advance(by: .seconds(10))
        await #expect { try await early.value } throws: {
            ($0 as? StorageError)?.code == .resourceExhausted
        }
        held.release()
        #expect(try await late.value == 1)
        await workers.close()
    }

    @Test("ten thousand tasks take turns on four workers, each with several calls in its body")
    func manyTasks() async throws {
        let workers = World().workers(threads: 4)
        let sum = try await withThrowingTaskGroup { group in
            for _ in 0..<10_000 {
                group.addTask {
                    try await workers.withLease { lease in
                        _ = try await lease.run { (resource) throws(StorageError) in
                            resource.number
                        }
                        await Task.yield()
                        _ = try await lease.run { (resource) throws(StorageError) in
                            resource.number
                        }
                        return 1
                    }
                }
            }
            return try await group.reduce(0, +)
        }
        #expect(sum == 10_000)
        await workers.close()
    }
}
