import StorageKit
import Synchronization

/// Holds whoever comes by until the test opens it: how tests force an interleaving without
/// sleeping.
final class Gate: Sendable {
    private struct State {
        var isOpen = false
        var arrivals = 0
        var held: [Int: CheckedContinuation<Bool, Never>] = [:]
        var watchers: [(count: Int, continuation: CheckedContinuation<Void, Never>)] = []
    }

    private let state = Mutex(State())

    /// Waits until the gate is open; throws when the task is cancelled.
    func pass() async throws(StorageError) {
        let number = arrive()
        let mayPass = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                hold(continuation, number)
                if Task.isCancelled { release(number) }
            }
        } onCancel: {
            release(number)
        }
        if !mayPass { throw .cancelled(operation: "gate") }
    }

    /// Lets everybody pass, now and later.
    func open() {
        let held = state.withLock { state in
            state.isOpen = true
            defer { state.held = [:] }
            return Array(state.held.values)
        }
        for continuation in held { continuation.resume(returning: true) }
    }

    /// Waits until so many have come to the gate.
    func waitForArrivals(_ count: Int = 1) async {
        await withCheckedContinuation { continuation in
            state.withLock { $0.watchers.append((count, continuation)) }
            notify()
        }
    }

    private func arrive() -> Int {
        state.withLock { state in
            state.arrivals += 1
            return state.arrivals
        }
    }

    private func hold(_ continuation: CheckedContinuation<Bool, Never>, _ number: Int) {
        let isOpen = state.withLock { state in
            if !state.isOpen { state.held[number] = continuation }
            return state.isOpen
        }
        if isOpen { continuation.resume(returning: true) }
        notify()
    }

    private func release(_ number: Int) {
        let held = state.withLock { $0.held.removeValue(forKey: number) }
        held?.resume(returning: false)
    }

    private func notify() {
        let ready = state.withLock { state in
            let ready = state.watchers.filter { $0.count <= state.arrivals }.map(\.continuation)
            state.watchers.removeAll { $0.count <= state.arrivals }
            return ready
        }
        for watcher in ready { watcher.resume() }
    }
}

/// Gives way to others until the condition holds: for conditions that are on their way already.
func eventually(_ condition: () -> Bool) async {
    while !condition() { await Task.yield() }
}
