#if canImport(Darwin)
internal import Darwin
#elseif canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#endif

/// A value behind a lock, with a condition that threads can wait for.
///
/// Only threads of our own ever wait here; a task of the cooperative pool takes the lock for a few
/// instructions and never waits for the condition. `Synchronization.Mutex` has no condition
/// variable, which is the one reason for this type.
// @unchecked Sendable: `state` is touched only between lock and unlock; POSIX mutexes and
// conditions may be used from any thread ("pthread_mutex_lock", IEEE Std 1003.1-2017).
package final class Monitor<State>: @unchecked Sendable {
    private var state: State
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private let condition: UnsafeMutablePointer<pthread_cond_t>

    package init(_ state: State) {
        self.state = state
        mutex = .allocate(capacity: 1)
        mutex.initialize(to: pthread_mutex_t())
        condition = .allocate(capacity: 1)
        condition.initialize(to: pthread_cond_t())
        // With default attributes both can fail only for want of memory, where Swift traps as well.
        precondition(pthread_mutex_init(mutex, nil) == 0, "no memory for a mutex")
        precondition(pthread_cond_init(condition, nil) == 0, "no memory for a condition")
    }

    deinit {
        pthread_cond_destroy(condition)
        pthread_mutex_destroy(mutex)
        condition.deallocate()
        mutex.deallocate()
    }

    /// Runs the body with the lock held.
    package func withLock<Result>(_ body: (inout State) -> Result) -> Result {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return body(&state)
    }

    /// Waits, with the lock released, until the body returns a value.
    ///
    /// The body runs with the lock held, at once and after each wake-up.
    package func waitForValue<Result>(_ body: (inout State) -> Result?) -> Result {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while true {
            if let result = body(&state) { return result }
            pthread_cond_wait(condition, mutex)
        }
    }

    /// Wakes one waiting thread.
    package func signal() { pthread_cond_signal(condition) }

    /// Wakes every waiting thread.
    package func broadcast() { pthread_cond_broadcast(condition) }
}
