import Synchronization
import Testing

@testable import StorageKit

@Suite("The event thread")
struct EventLoopTests {
    @Test("it begins with the first job, and ends with its last handler", .timeLimit(.minutes(5)))
    func life() async throws {
        let loop = EventLoop()
        #expect(!loop.isRunning)
        let handler = Recorder()
        try await handler.join(loop)
        #expect(loop.isRunning)
        loop.signal(handler)
        #expect(await handler.next() == .signalled)
        handler.leave(loop)
        while loop.isRunning { await Task.yield() }
        // A second life is as good as the first.
        try await handler.join(loop)
        handler.leave(loop)
        while loop.isRunning { await Task.yield() }
    }

    @Test("a time that was asked for comes, and not before", .timeLimit(.minutes(5)))
    func times() async throws {
        let loop = EventLoop()
        let handler = Recorder()
        try await handler.join(loop)
        let time = Moment.now + .milliseconds(5)
        loop.enqueue { thread in handler.key.map { thread.wake($0, at: time) } }
        guard case .time(let moment) = await handler.next() else {
            Issue.record("something else came")
            return
        }
        #expect(moment >= time)
        handler.leave(loop)
    }

    @Test("a descriptor is reported when it is readable", .timeLimit(.minutes(5)))
    func descriptors() async throws {
        let loop = EventLoop()
        let handler = Recorder()
        let pipe = try WakePipe()
        try await handler.join(loop)
        loop.enqueue { thread in
            guard let key = handler.key else { return }
            thread.watch(key, descriptor: pipe.readEnd, readable: true, writable: false)
        }
        pipe.wake()
        #expect(await handler.next() == .ready)
        handler.leave(loop)
        while loop.isRunning { await Task.yield() }
        pipe.close()
    }

    @Test("loops are shared by those who spin alike")
    func sharing() {
        let loop = SharedEventLoops.loop(spinTime: .microseconds(17))
        #expect(loop === SharedEventLoops.loop(spinTime: .microseconds(17)))
        #expect(loop !== SharedEventLoops.loop(spinTime: .microseconds(18)))
    }
}

/// Passes on what the thread calls.
private final class Recorder: EventHandler {
    enum Call: Equatable {
        case ready
        case signalled
        case time(Moment)
    }

    private let calls = AsyncStream<Call>.makeStream()
    private let place = Mutex<Int?>(nil)

    /// Its place on the thread.
    var key: Int? { place.withLock { $0 } }

    func join(_ loop: EventLoop) async throws {
        let (joined, continuation) = AsyncStream<Void>.makeStream()
        try loop.start { thread in
            self.place.withLock { $0 = thread.add(self) }
            continuation.yield()
        }
        for await _ in joined { return }
    }

    func leave(_ loop: EventLoop) {
        loop.enqueue { thread in
            guard let key = self.place.withLock({ $0.take() }) else { return }
            thread.remove(key)
        }
    }

    func next() async -> Call? { await calls.stream.first { _ in true } }

    func ready(readable: Bool, writable: Bool) {
        // Once is enough: the test reads nothing, so it stays readable.
        guard readable else { return }
        calls.continuation.yield(.ready)
    }

    func signalled() { calls.continuation.yield(.signalled) }

    func timeReached(_ now: Moment) { calls.continuation.yield(.time(now)) }
}
