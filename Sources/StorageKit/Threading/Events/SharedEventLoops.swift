internal import Synchronization

/// The event loops that the stores of a process share: one for each spin time that is in use.
///
/// A thread and the three descriptors of its pipe and poller are nothing beside one busy store, and
/// too much beside a thousand idle ones. A loop starts its thread with the first connection and
/// ends it with the last, so what stays here is an object without either.
package enum SharedEventLoops {
    private static let loops = Mutex<[Duration: EventLoop]>([:])

    /// The loop for stores with this spin time.
    package static func loop(spinTime: Duration) -> EventLoop {
        loops.withLock { loops in
            if let loop = loops[spinTime] { return loop }
            let loop = EventLoop(spinTime: spinTime)
            loops[spinTime] = loop
            return loop
        }
    }
}
