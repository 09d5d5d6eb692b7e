import StorageKit
import Synchronization
import Testing

@Suite("Blocking workers")
struct BlockingWorkersTests {
    @Test("nothing is made before the first call")
    func laziness() async throws {
        let world = World()
        let workers = world.workers(threads: 4)
        #expect(world.made == 0)
        #expect(try await workers.run { $0.number } == 1)
        #expect(world.made == 1)
        await workers.close()
    }

    @Test("calls that can share a thread do not start another")
    func reuse() async throws {
        let world = World()
        let workers = world.workers(threads: 4)
        for _ in 0..<100 {
            try await workers.run { _ in }
            // The caller goes on before the thread has come back for its next call.
            while workers.idleThreads == 0 { await Task.yield() }
        }
        #expect(world.made == 1)
        await workers.close()
    }

    @Test("a thread that looks for its next call finds it, and another one as well, and a close")
    func searching() async throws {
        let world = World()
        let workers = world.workers(threads: 2, spinTime: .seconds(600))
        for number in 0..<100 {
            #expect(try await workers.run { _ in number } == number)
            while workers.idleThreads == 0 { await Task.yield() }
        }
        #expect(world.made == 1)
        await workers.close()
        #expect(world.released == 1)
    }

    @Test("calls of many tasks all run where threads look for them", arguments: [0, 1, 50])
    func manySearching(microseconds: Int) async throws {
        let workers = World().workers(threads: 3, spinTime: .microseconds(microseconds))
        let counter = Counter()
        try await withThrowingTaskGroup { group in
            for _ in 0..<16 {
                group.addTask {
                    for _ in 0..<200 { try await workers.run { _ in counter.increment() } }
                }
            }
            try await group.waitForAll()
        }
        #expect(counter.value == 3_200)
        await workers.close()
    }

    @Test("as many calls run at the same time as there are threads, and no more")
    func parallelism() async throws {
        let world = World()
        let workers = world.workers(threads: 2)
        let meeting = Meeting(of: 2)
        try await withThrowingTaskGroup { group in
            for _ in 0..<2 { group.addTask { try await workers.run { _ in meeting.wait() } } }
            try await group.waitForAll()
        }
        #expect(world.made == 2)
        await workers.close()
    }

    @Test("an error of the body is the caller's own")
    func errors() async throws {
        struct Mine: Error {}
        let workers = World().workers(threads: 1)
        await #expect(throws: Mine.self) { try await workers.run { _ in throw Mine() } }
        #expect(try await workers.run { _ in 7 } == 7)
        await workers.close()
    }

    @Test("a resource that cannot be made fails its call, and the next call tries again")
    func failingResource() async throws {
        let world = World()
        world.failures.store(2, ordering: .relaxed)
        let workers = world.workers(threads: 1)
        for _ in 0..<2 {
            await #expect { try await workers.run { _ in } } throws: {
                ($0 as? StorageError)?.code == .unavailable
            }
        }
        #expect(try await workers.run { _ in 7 } == 7)
        await workers.close()
    }

    @Test("a call whose task is cancelled before it begins is never run")
    func cancelledBefore() async throws {
        let workers = World().workers(threads: 1)
        let ran = Counter()
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            try await workers.run { _ in ran.increment() }
        }
        await #expect { try await task.value } throws: {
            ($0 as? StorageError)?.code == .cancelled
        }
        await workers.close()
        #expect(ran.value == 0)
    }

    @Test("a waiting call that is cancelled ends at once, while its neighbour goes on")
    func cancelledWaiting() async throws {
        let workers = World().workers(threads: 1)
        let held = HeldCall()
        let neighbour = Task {
            try await workers.run { resource in
                held.hold()
                return resource.wasInterrupted
            }
        }
        await held.hasBegun()
        let waiting = Task { try await workers.run { _ in } }
        waiting.cancel()
        await #expect { try await waiting.value } throws: {
            ($0 as? StorageError)?.code == .cancelled
        }
        held.letGo()
        #expect(try await neighbour.value == false)
        await workers.close()
    }

    @Test(
        "a waiting call that is cancelled lets go of what it would have worked with",
        .timeLimit(.minutes(5)))
    func releasingBody() async throws {
        let workers = World().workers(threads: 1)
        let held = HeldCall()
        let neighbour = Task { try await workers.run { _ in held.hold() } }
        await held.hasBegun()
        weak var argument: Counter?
        do {
            let counter = Counter()
            argument = counter
            let waiting = Task { try await workers.run { [counter] _ in counter.increment() } }
            waiting.cancel()
            _ = await waiting.result
        }
        // The task itself may take a moment to go.
        while argument != nil { await Task.yield() }
        held.letGo()
        try await neighbour.value
        await workers.close()
    }

    @Test("a running call is interrupted, and the interruption is not the next call's")
    func cancelledRunning() async throws {
        let workers = World().workers(threads: 1)
        let held = HeldCall()
        let task = Task {
            try await workers.run { resource in
                held.announce()
                resource.blockUntilInterrupted()
            }
        }
        await held.hasBegun()
        task.cancel()
        try await task.value
        #expect(try await workers.run { $0.wasInterrupted } == false)
        await workers.close()
    }

    @Test("close runs what was accepted, releases every resource and refuses what comes after")
    func closing() async throws {
        let world = World()
        let workers = world.workers(threads: 1)
        let held = HeldCall()
        let first = Task { try await workers.run { _ in held.hold() } }
        await held.hasBegun()
        async let closed: Void = workers.close()
        held.letGo()
        await closed
        try await first.value
        #expect(world.released == world.made)
        await #expect { try await workers.run { _ in } } throws: {
            ($0 as? StorageError)?.code == .invalidState
        }
    }

    @Test("workers that are dropped release their resources in the background")
    func dropping() async throws {
        let world = World()
        try await world.workers(threads: 1).run { _ in }
        await world.allReleased()
        #expect(world.released == 1)
    }

    @Test("a call may hold the last reference to the workers that run it")
    func selfReference() async throws {
        let world = World()
        let held = HeldCall()
        var workers: BlockingWorkers<Resource>? = world.workers(threads: 1)
        var tasks: [Task<Void, any Error>] = []
        if let workers {
            tasks.append(Task { try await workers.run { _ in held.hold() } })
            await held.hasBegun()
            for _ in 0..<6 {
                tasks.append(
                    Task { try await workers.run { _ in withExtendedLifetime(workers) {} } })
            }
        }
        for task in tasks.dropFirst() { task.cancel() }
        workers = nil
        held.letGo()
        for task in tasks { _ = await task.result }
        tasks = []
        await world.allReleased()
    }

    @Test("ten thousand calls over four threads all come back, a tenth of them cancelled")
    func many() async throws {
        let workers = World().workers(threads: 4)
        let returned = Counter()
        await withTaskGroup { group in
            for number in 0..<10_000 {
                group.addTask {
                    let task = Task { try await workers.run { _ in number } }
                    if number.isMultiple(of: 10) { task.cancel() }
                    if case .success(let value) = await task.result { #expect(value == number) }
                    returned.increment()
                }
            }
        }
        #expect(returned.value == 10_000)
        await workers.close()
    }
}
