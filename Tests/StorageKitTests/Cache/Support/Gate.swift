import StorageKit
import Synchronization
import Testing

/// Holds whoever comes by until the test opens it: how tests force an interleaving without
/// sleeping.
final class Gate: Sendable {
    private struct State {
        var isOpen = false
        var arrivals = 0
        var held: [Int: CheckedContinuation<Bool, Never>] = [:]
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
        await eventually { state.withLock(\.arrivals) >= count }
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
    }

    private func release(_ number: Int) {
        let held = state.withLock { $0.held.removeValue(forKey: number) }
        held?.resume(returning: false)
    }
}

/// Gives way to others until the condition holds: for conditions that are on their way already.
///
/// Gives up, as a failure, when the test's time limit has cancelled it.
func eventually(_ condition: () -> Bool, sourceLocation: SourceLocation = #_sourceLocation) async {
    while !condition() {
        if Task.isCancelled {
            Issue.record("waited in vain", sourceLocation: sourceLocation)
            return
        }
        await Task.yield()
    }
}
