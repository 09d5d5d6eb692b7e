import Foundation
import Synchronization

/// A value that one thread makes and another waits for.
///
/// Whoever waits blocks its thread, so it is for answers that take microseconds and need no task.
final class Answer<Value: Sendable>: Sendable {
    private let value = Mutex<Value?>(nil)
    private let isThere = DispatchSemaphore(value: 0)

    func set(_ value: Value) {
        self.value.withLock { $0 = value }
        isThere.signal()
    }

    /// Waits until ``give()`` or ``set(_:)``; `nil` when it was given up.
    func wait() -> Value? {
        isThere.wait()
        return value.withLock { $0 }
    }

    /// Ends the waiting without a value.
    func give() { isThere.signal() }
}
