import Synchronization

/// A closed door in the middle of a call: holds whoever comes until the test opens it.
///
/// With it a test forces one interleaving instead of sleeping and hoping for it:
///
/// ```swift
/// let gate = Gate()
/// store.inject(.holdAfter { await gate.pass() }, into: .get)
/// async let value = cache.get(1)      // has read from the store, has not returned
/// await gate.reached()
/// try await cache.replace(newer)      // overtakes it
/// gate.open()
/// ```
public final class Gate: Sendable {
    private let state = Mutex(State())

    /// Creates a closed gate.
    public init() {}

    /// Waits until the gate is open, or until the waiting task is cancelled.
    public func pass() async {
        let number = arrive()
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let goesOn = state.withLock { $0.wait(number, continuation) }
                if goesOn { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.leave(number) }?.resume()
        }
    }

    /// Waits until somebody has come to the gate, or this many in all.
    public func reached(by count: Int = 1) async {
        await withCheckedContinuation { continuation in
            let isThere = state.withLock { $0.watch(count, continuation) }
            if isThere { continuation.resume() }
        }
    }

    /// Opens the gate for those who wait and for all who come later.
    public func open() {
        let waiting = state.withLock { $0.open() }
        for continuation in waiting { continuation.resume() }
    }

    private func arrive() -> Int {
        let (number, watchers) = state.withLock { ($0.arrive(), $0.removeSatisfiedWatchers()) }
        for watcher in watchers { watcher.resume() }
        return number
    }
}

extension Gate {
    private typealias Continuation = CheckedContinuation<Void, Never>

    private struct State {
        var isOpen = false
        var arrivals = 0
        var waiting: [Int: Continuation] = [:]
        var cancelled: Set<Int> = []
        var watchers: [(count: Int, continuation: Continuation)] = []

        mutating func arrive() -> Int {
            arrivals += 1
            return arrivals
        }

        /// Whether the one who came need not wait; a cancellation may have come first.
        mutating func wait(_ number: Int, _ continuation: Continuation) -> Bool {
            if isOpen || cancelled.remove(number) != nil { return true }
            waiting[number] = continuation
            return false
        }

        mutating func leave(_ number: Int) -> Continuation? {
            guard let continuation = waiting.removeValue(forKey: number) else {
                cancelled.insert(number)
                return nil
            }
            return continuation
        }

        mutating func open() -> [Continuation] {
            isOpen = true
            defer { waiting = [:] }
            return Array(waiting.values)
        }

        /// Whether as many have come already.
        mutating func watch(_ count: Int, _ continuation: Continuation) -> Bool {
            guard arrivals < count else { return true }
            watchers.append((count, continuation))
            return false
        }

        mutating func removeSatisfiedWatchers() -> [Continuation] {
            let satisfied = watchers.filter { $0.count <= arrivals }
            watchers.removeAll { $0.count <= arrivals }
            return satisfied.map(\.continuation)
        }
    }
}
