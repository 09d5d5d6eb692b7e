#if canImport(Darwin)
internal import Darwin
#elseif canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#endif

/// Waits for descriptors to become readable or writable, by `poll(2)`.
///
/// An event thread has a descriptor for each of its few connections and one to be woken by. With so
/// few `poll` costs what `epoll` and `kqueue` cost, it is the same on every system, and a changed
/// interest takes no call of its own.
struct Poller {
    /// What happened to a descriptor.
    struct Event {
        var key: Int
        var isReadable: Bool
        var isWritable: Bool
    }

    private var keys: [Int] = []
    private var descriptors: [pollfd] = []
    private(set) var events: [Event] = []

    /// Watches a descriptor from now on, under a key that is not in use.
    mutating func add(_ descriptor: Int32, key: Int) {
        keys.append(key)
        descriptors.append(pollfd(fd: descriptor, events: 0, revents: 0))
    }

    /// Changes what is waited for; an error or hang-up is reported whatever is.
    mutating func update(key: Int, readable: Bool, writable: Bool) {
        guard let index = keys.firstIndex(of: key) else { return }
        descriptors[index].events = Int16(readable ? POLLIN : 0) | Int16(writable ? POLLOUT : 0)
    }

    mutating func remove(key: Int) {
        guard let index = keys.firstIndex(of: key) else { return }
        keys.swapAt(index, keys.count - 1)
        descriptors.swapAt(index, keys.count - 1)
        keys.removeLast()
        descriptors.removeLast()
    }

    /// Waits until something happens or time is up; then ``events`` holds what happened.
    ///
    /// - Parameter duration: `nil` to wait for ever.
    mutating func wait(for duration: Duration?) {
        events.removeAll(keepingCapacity: true)
        let count = poll(&descriptors, nfds_t(descriptors.count), milliseconds(duration))
        guard count > 0 else { return }
        for (key, entry) in zip(keys, descriptors) where entry.revents != 0 {
            // An error shows itself to whoever reads or writes.
            let isBroken = entry.revents & Int16(POLLERR | POLLHUP | POLLNVAL) != 0
            events.append(
                Event(
                    key: key, isReadable: isBroken || entry.revents & Int16(POLLIN) != 0,
                    isWritable: isBroken || entry.revents & Int16(POLLOUT) != 0))
        }
    }

    /// Rounded up, so that a deadline is over when the wait is.
    private func milliseconds(_ duration: Duration?) -> Int32 {
        guard let duration else { return -1 }
        guard duration > .zero else { return 0 }
        return Int32(clamping: (duration.nanoseconds - 1) / 1_000_000 + 1)
    }
}
