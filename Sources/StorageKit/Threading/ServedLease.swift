#if canImport(Darwin)
internal import Darwin
#elseif canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#endif

/// Which lease the running thread serves, if any.
///
/// In a thread-specific value and not by comparing `pthread_self`: the C library declares that one
/// constant, so an optimised asynchronous function would ask it once and believe the answer after
/// it has been resumed on another thread.
enum ServedLease {
    private static let key: pthread_key_t = {
        var key = pthread_key_t()
        // Fails only when a thousand keys are taken, or memory is gone, where Swift traps as well.
        precondition(pthread_key_create(&key, nil) == 0, "no thread-specific key")
        return key
    }()

    /// The address of the lease; set by the thread itself.
    static var current: UnsafeMutableRawPointer? {
        get { pthread_getspecific(key) }
        set { pthread_setspecific(key, newValue) }
    }
}
