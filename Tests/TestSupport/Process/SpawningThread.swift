import Foundation

/// The one thread that children are started from; it never ends.
///
/// A child that is to die with this process asks the kernel for it with `PR_SET_PDEATHSIG`, and for
/// that call the parent is a thread: "the "parent" in this case is considered to be the thread that
/// created this process. In other words, the signal will be sent when that thread terminates"
/// (prctl(2)). A server started from a thread of the cooperative pool, which come and go, would be
/// killed in the middle of a test.
enum SpawningThread {
    private static let jobs = Jobs()
    private static let isStarted: Bool = {
        Thread.detachNewThread { while true { jobs.next()() } }
        return true
    }()

    /// Runs the body on the thread and returns what it returned.
    static func run<Value: Sendable>(_ body: @escaping @Sendable () -> Value) -> Value? {
        _ = isStarted
        let answer = Answer<Value>()
        jobs.add { answer.set(body()) }
        return answer.wait()
    }

    // @unchecked Sendable: `waiting` is touched with the lock of `condition` held only.
    private final class Jobs: @unchecked Sendable {
        private let condition = NSCondition()
        private var waiting: [@Sendable () -> Void] = []

        func add(_ job: @escaping @Sendable () -> Void) {
            condition.withLock { waiting.append(job) }
            condition.signal()
        }

        func next() -> @Sendable () -> Void {
            condition.withLock {
                while waiting.isEmpty { condition.wait() }
                return waiting.removeFirst()
            }
        }
    }
}
