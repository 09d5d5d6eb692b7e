#if canImport(Darwin)
internal import Darwin
#elseif canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#endif
internal import Synchronization

/// What belongs to the thread of an ``EventLoop``: touched by it alone, so without a lock.
package final class EventThread {
    private struct Registration {
        let handler: any EventHandler
        var time = Moment.never
        /// The descriptor of it that the poller knows.
        var polled: Int32?
    }

    /// The key of the pipe; handlers count from 1.
    private static let wakeKey = 0

    private let loop: EventLoop
    private let pipe: WakePipe
    private var poller = Poller()
    private var registrations: [Int: Registration] = [:]
    private var lastKey = wakeKey
    /// The earliest time of all handlers, or an earlier one.
    private var nextTime = Moment.never
    private var jobs: [EventLoop.Job] = []
    private var signalled: [any EventHandler] = []

    /// What all handlers read into.
    ///
    /// A handler parses what it read before it returns. 64 KB is what a socket on the
    /// same machine has at once under load.
    package let readBuffer = UnsafeMutableRawBufferPointer.allocate(
        byteCount: 64 << 10, alignment: 16)

    init(_ loop: EventLoop, _ pipe: WakePipe) {
        self.loop = loop
        self.pipe = pipe
        spin = SpinBudget(time: loop.spinTime)
    }

    deinit { readBuffer.deallocate() }

    /// Set by a handler that has served a single task, which is likely to ask for more at once.
    package var expectsAnswer = false
    private var spin: SpinBudget

    // MARK: For handlers

    /// Takes a handler in; its key is for the calls below.
    package func add(_ handler: any EventHandler) -> Int {
        lastKey += 1
        registrations[lastKey] = Registration(handler: handler)
        return lastKey
    }

    /// Lets go of a handler and of its descriptor, which the handler closes itself.
    package func remove(_ key: Int) {
        stopWatching(key)
        registrations[key] = nil
    }

    /// Watches a descriptor for the handler, one at a time.
    package func watch(_ key: Int, descriptor: Int32, readable: Bool, writable: Bool) {
        if registrations[key]?.polled != descriptor {
            stopWatching(key)
            poller.add(descriptor, key: key)
            registrations[key]?.polled = descriptor
        }
        poller.update(key: key, readable: readable, writable: writable)
    }

    package func stopWatching(_ key: Int) {
        guard registrations[key]?.polled != nil else { return }
        poller.remove(key: key)
        registrations[key]?.polled = nil
    }

    /// Calls the handler at this time, instead of at the one asked for before.
    package func wake(_ key: Int, at time: Moment) {
        registrations[key]?.time = time
        nextTime = min(nextTime, time)
    }

    // MARK: The thread

    /// Serves handlers until none is left.
    func run() {
        poller.add(pipe.readEnd, key: Self.wakeKey)
        poller.update(key: Self.wakeKey, readable: true, writable: false)
        repeat {
            waitForEvents()
            loop.mailbox.withLock { $0.isAsleep = false }
            handleEvents()
            emptyMailbox()
            handleTimes()
        } while !isOver()
        pipe.close()
    }

    /// Sleeps until there is something to do, after looking again for a moment where that pays.
    private func waitForEvents() {
        if expectsAnswer, spin.begins() {
            expectsAnswer = false
            let end = Moment.now + spin.time
            repeat {
                poller.wait(for: .zero)
                if !poller.events.isEmpty { return spin.hit() }
                sched_yield()
            } while Moment.now < end
            spin.miss()
        }
        expectsAnswer = false
        poller.wait(for: timeToSleep())
    }

    /// How long to sleep; from here on senders wake the thread, unless there is something to do.
    private func timeToSleep() -> Duration? {
        let isAsleep = loop.mailbox.withLock { box in
            box.isAsleep = box.isEmpty
            return box.isAsleep
        }
        guard isAsleep else { return .zero }
        return nextTime == .never ? nil : max(.zero, nextTime - .now)
    }

    private func handleEvents() {
        for event in poller.events {
            if event.key == Self.wakeKey {
                pipe.drain()
            } else {
                registrations[event.key]?.handler.ready(
                    readable: event.isReadable, writable: event.isWritable)
            }
        }
    }

    private func emptyMailbox() {
        loop.mailbox.withLock { box in
            guard !box.isEmpty else { return }
            swap(&box.jobs, &jobs)
            swap(&box.signalled, &signalled)
        }
        for job in jobs { job(self) }
        for handler in signalled { handler.signalled() }
        jobs.removeAll(keepingCapacity: true)
        signalled.removeAll(keepingCapacity: true)
    }

    private func handleTimes() {
        guard nextTime != .never else { return }
        let now = Moment.now
        guard nextTime <= now else { return }
        nextTime = .never
        let due = registrations.filter { $0.value.time <= now }
        for (key, registration) in due {
            registrations[key]?.time = .never
            registration.handler.timeReached(now)
        }
        nextTime = registrations.values.map(\.time).min() ?? .never
    }

    /// Whether the thread ends: nobody is registered, and whoever comes now starts another.
    private func isOver() -> Bool {
        guard registrations.isEmpty else { return false }
        return loop.mailbox.withLock { box in
            guard box.isEmpty else { return false }
            box.pipe = nil
            return true
        }
    }
}
