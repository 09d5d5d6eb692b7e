import StorageKit
import Synchronization

@testable import GraphInMemory

/// A journal that holds every commit until the test lets it through or lets it fail.
final class FakeJournal: GraphJournal {
    typealias Completion = @Sendable (Result<Void, StorageError>) -> Void

    private struct State {
        var line: [(changes: [GraphChange], completion: Completion)] = []
        var written: [[GraphChange]] = []
        var enqueued = 0
        var hasFailed = false
        var resumptions = 0
        var resumptionError: StorageError?
        var isClosed = false
        var failsAtOnce = false
    }

    private let state = Mutex(State())

    var enqueued: Int { state.withLock(\.enqueued) }
    var written: [[GraphChange]] { state.withLock(\.written) }
    var resumptions: Int { state.withLock(\.resumptions) }
    var isClosed: Bool { state.withLock(\.isClosed) }

    func enqueue(_ changes: [GraphChange], completion: @escaping Completion) {
        let failsAtOnce = state.withLock { state in
            precondition(!state.isClosed && !changes.isEmpty)
            state.line.append((changes, completion))
            state.enqueued += 1
            return state.failsAtOnce
        }
        if failsAtOnce { failFirst() }
    }

    func resume() throws(StorageError) {
        try state.withLock { state throws(StorageError) in
            precondition(state.line.isEmpty, "resumed while commits were in the line")
            state.resumptions += 1
            if let error = state.resumptionError { throw error }
            state.hasFailed = false
        }
    }

    func close() async { state.withLock { $0.isClosed = true } }

    /// Waits until so many commits have been put in the line in all.
    func waitForCommits(_ count: Int) async {
        while enqueued < count { await Task.yield() }
    }

    /// The first commit in the line is durable, unless one before it has failed.
    func completeFirst() { finishFirst(nil) }

    /// The first commit in the line fails.
    func failFirst() { finishFirst(.journal) }

    /// From now on there is no resuming.
    func breakForGood() { state.withLock { $0.resumptionError = .journal } }

    /// Commits fail before the call that puts them in the line returns.
    func failAtOnce(_ fails: Bool) { state.withLock { $0.failsAtOnce = fails } }

    private func finishFirst(_ error: StorageError?) {
        let (completion, error) = state.withLock { state in
            let commit = state.line.removeFirst()
            if error != nil { state.hasFailed = true }
            if !state.hasFailed { state.written.append(commit.changes) }
            return (commit.completion, state.hasFailed ? error ?? .journal : nil)
        }
        completion(error.map { .failure($0) } ?? .success(()))
    }
}

extension StorageError {
    static var journal: StorageError {
        StorageError(code: .resourceExhausted, message: "the disk is full")
    }
}
