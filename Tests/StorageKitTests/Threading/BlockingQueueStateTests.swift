import StorageKitTesting
import Testing

@testable import StorageKit

@Suite("The queue of blocking work, as a state machine")
struct BlockingQueueStateTests {
    @Test("a thread starts for a job that finds all busy, up to the maximum")
    func growth() {
        var queue = BlockingQueueState<Int>(maximumThreads: 2)
        #expect(queue.submit(1) == .startThread)
        #expect(queue.submit(2) == .startThread)
        #expect(queue.submit(3) == .wait)
        #expect(queue.threads == 2)
    }

    @Test("an idle thread is woken before another is started")
    func wakeUp() {
        var queue = BlockingQueueState<Int>(maximumThreads: 2)
        _ = queue.submit(1)
        #expect(queue.next(wasIdle: false) == .run(1))
        #expect(queue.next(wasIdle: false) == nil)
        #expect(queue.submit(2) == .wakeThread)
        #expect(queue.submit(3) == .startThread)
    }

    @Test("the thread that searches is told of a job before another is woken or started")
    func search() {
        var queue = BlockingQueueState<Int>(maximumThreads: 3)
        _ = queue.submit(1)
        _ = queue.submit(2)
        #expect(queue.next(wasIdle: false) == .run(1))
        #expect(queue.next(wasIdle: false) == .run(2))
        #expect(queue.next(wasIdle: false) == nil)
        #expect(queue.beginSearch() == true)
        #expect(queue.submit(3) == .tellSearcher)
        #expect(queue.submit(4) == .wakeThread)
        #expect(queue.submit(5) == .startThread)
        queue.endSearch()
        #expect(queue.next(wasIdle: false) == .run(3))
    }

    @Test("one thread searches at a time, and none where a job waits or the queue is closed")
    func noSearch() {
        var queue = BlockingQueueState<Int>(maximumThreads: 2)
        _ = queue.submit(1)
        #expect(queue.beginSearch() == false)
        #expect(queue.next(wasIdle: false) == .run(1))
        #expect(queue.beginSearch() == true)
        #expect(queue.beginSearch() == false)
        queue.endSearch()
        queue.close()
        #expect(queue.beginSearch() == false)
    }

    @Test("jobs come out in the order they went in")
    func order() {
        var queue = BlockingQueueState<Int>(maximumThreads: 1)
        for job in 1...100 { _ = queue.submit(job) }
        for job in 1...100 { #expect(queue.next(wasIdle: false) == .run(job)) }
    }

    @Test("a closed queue takes nothing in and runs what it has")
    func closing() {
        var queue = BlockingQueueState<Int>(maximumThreads: 1)
        _ = queue.submit(1)
        queue.close()
        #expect(queue.submit(2) == .closed)
        #expect(queue.next(wasIdle: false) == .run(1))
        #expect(queue.next(wasIdle: false) == .exit)
    }

    @Test("when the only thread cannot be started, its jobs are handed back")
    func failedThread() {
        var queue = BlockingQueueState<Int>(maximumThreads: 2)
        _ = queue.submit(1)
        #expect(queue.threadFailed() == [1])
        #expect(queue.waiting == 0)
        #expect(queue.submit(2) == .startThread)
    }

    @Test("a job submitted is run while a thread is left, in a thousand random orders of events")
    func random() {
        for seed in 0..<1000 {
            var world = World(seed: UInt64(seed))
            for _ in 0..<200 { world.step() }
            world.drain()
            #expect(world.ran == world.accepted, "seed \(seed)")
        }
    }

    /// Threads and submitters taking steps in a random order.
    private struct World {
        var queue = BlockingQueueState<Int>(maximumThreads: 3)
        var generator: SeededGenerator
        var accepted: [Int] = []
        var ran: [Int] = []
        /// For each live thread, whether it waits for a signal.
        var waiting: [Bool] = []
        /// The one that searches.
        var searcher: Int?

        init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

        mutating func step() {
            if Bool.random(using: &generator) { submit() } else { turn() }
            #expect(queue.invariantHolds)
        }

        mutating func submit() {
            let job = accepted.count
            switch queue.submit(job) {
            case .startThread: waiting.append(false)
            case .wakeThread: wake()
            case .wait, .tellSearcher: break
            case .closed: return
            }
            accepted.append(job)
        }

        /// A signal reaches one waiting thread; which one is the system's choice.
        mutating func wake() {
            guard
                let thread = waiting.indices.filter({ waiting[$0] }).randomElement(
                    using: &generator)
            else { return }
            run(thread, wasIdle: true)
        }

        mutating func turn() {
            guard
                let thread = waiting.indices.filter({ !waiting[$0] }).randomElement(
                    using: &generator)
            else { return }
            if searcher == nil, Bool.random(using: &generator), queue.beginSearch() {
                searcher = thread
                return
            }
            if searcher == thread {
                queue.endSearch()
                searcher = nil
            }
            run(thread, wasIdle: false)
        }

        mutating func run(_ thread: Int, wasIdle: Bool) {
            switch queue.next(wasIdle: wasIdle) {
            case .run(let job):
                ran.append(job)
                waiting[thread] = false
            case .exit, nil:
                waiting[thread] = true
            }
        }

        mutating func drain() {
            while queue.waiting > 0, waiting.contains(false) { turn() }
        }
    }
}

extension BlockingQueueState.Step: Equatable where Job: Equatable {
    static func == (left: Self, right: Self) -> Bool {
        switch (left, right) {
        case (.run(let left), .run(let right)): left == right
        case (.exit, .exit): true
        default: false
        }
    }
}
