internal import StorageKit
internal import Synchronization

/// Carries the pipeline of commits out: tasks wait in it, the journal writes for it.
///
/// See ``CommitLine`` for what happens when, and decision 0026 for why.
final class GraphCommits: Sendable {
    typealias Waiter = CheckedContinuation<Result<Void, StorageError>, Never>
    typealias Line = CommitLine<GraphMoment, Waiter>
    typealias Base = Line.Base

    private let line: Mutex<Line>
    let journal: (any GraphJournal)?
    private let tickets = Atomic<UInt64>(0)
    private let isMerging = Atomic<Bool>(false)

    init(_ state: GraphState, journal: (any GraphJournal)?) {
        line = Mutex(Line(GraphMoment(state)))
        self.journal = journal
    }

    /// What readers see now.
    func published() throws(StorageError) -> GraphMoment {
        try line.withLock { line throws(StorageError) in
            guard !line.isClosed else { throw .graphClosed }
            return line.published
        }
    }

    /// How many wait for the writer's place.
    var waiterCount: Int { line.withLock { $0.waiterCount } }

    // MARK: The place

    /// Waits for the writer's place and takes it.
    ///
    /// It is given up by exactly one of ``commit(_:changes:on:)``, ``settle(_:)`` and
    /// ``abandon()``.
    func begin() async throws(StorageError) -> Base {
        guard !Task.isCancelled else { throw .cancelled() }
        switch line.withLock({ $0.tryEnter() }) {
        case .granted: break
        case .refused(let error): throw error
        case .waits: try await queue().get()
        }
        while true {
            switch line.withLock({ $0.start() }) {
            case .begins(let base): return base
            case .resumesJournal: try resumeJournal()
            case .goesBack: try await goBack().get()
            }
        }
    }

    private func queue() async -> Result<Void, StorageError> {
        let id = tickets.add(1, ordering: .relaxed).newValue
        return await withTaskCancellationHandler {
            await withCheckedContinuation { waiter in
                if let result = enter(id, waiter) { waiter.resume(returning: result) }
            }
        } onCancel: {
            cancel(id)
        }
    }

    private func enter(_ id: UInt64, _ waiter: Waiter) -> Result<Void, StorageError>? {
        line.withLock { line in
            // A task that is cancelled from now on finds its waiter.
            guard !Task.isCancelled else { return .failure(.cancelled()) }
            return switch line.enter(id: id, waiter) {
            case .granted: .success(())
            case .refused(let error): .failure(error)
            case .waits: nil
            }
        }
    }

    private func goBack() async -> Result<Void, StorageError> {
        let id = tickets.add(1, ordering: .relaxed).newValue
        return await withTaskCancellationHandler {
            await withCheckedContinuation { waiter in
                carryOut { $0.goBack(id: id, waiter) }
                if Task.isCancelled { cancel(id) }
            }
        } onCancel: {
            cancel(id)
        }
    }

    private func cancel(_ id: UInt64) {
        line.withLock { $0.cancel(id: id) }?.resume(returning: .failure(.cancelled()))
    }

    private func resumeJournal() throws(StorageError) {
        do throws(StorageError) {
            try journal?.resume()
        } catch {
            carryOut { $0.resumed(.failure(error)) }
            carryOut { $0.leave() }
            throw error
        }
        carryOut { $0.resumed(.success(())) }
    }

    private func carryOut(_ event: (inout Line) -> Line.Consequences) {
        let consequences = line.withLock { event(&$0) }
        for resumption in consequences.resumptions {
            resumption.waiter.resume(returning: resumption.result)
        }
    }

    // MARK: Commits

    /// Commits what a writer has made, and gives its place up.
    ///
    /// It returns when the commit is durable and published, and cannot be cancelled.
    func commit(
        _ state: GraphState, changes: [GraphChange], on base: Base
    ) async throws(StorageError) {
        guard !changes.isEmpty else { return try await settle(base) }
        let moment = GraphMoment(state)
        guard let journal else {
            carryOut { $0.publish(moment) }
            carryOut { $0.leave() }
            return mergeIfNeeded(moment)
        }
        try await withCheckedContinuation { (waiter: Waiter) in
            defer { carryOut { $0.leave() } }
            guard line.withLock({ $0.commit(moment, on: base, waiter) }) else {
                return waiter.resume(returning: .failure(.graphBaseFailed))
            }
            // The place is still held: one commit at a time is enqueued, in the line's order.
            journal.enqueue(changes) { [self] result in carryOut { $0.completed(result) } }
            // Whether it succeeds is the next one's matter: until then the log is longer.
            if journal.wantsCheckpoint { journal.checkpoint(state) { _ in } }
        }.get()
        mergeIfNeeded(moment)
    }

    /// Gives the place up without a change, once what was read is durable: what a writer found out
    /// must not rest on a commit that may yet fail.
    ///
    /// - Throws: ``StorageError/Code/conflict`` when it has failed.
    func settle(_ base: Base) async throws(StorageError) {
        guard journal != nil else { return carryOut { $0.leave() } }
        let result: Result<Void, StorageError> = await withCheckedContinuation { waiter in
            defer { carryOut { $0.leave() } }
            switch line.withLock({ $0.settle(base, waiter) }) {
            case true?: waiter.resume(returning: .success(()))
            case false?: waiter.resume(returning: .failure(.graphBaseFailed))
            case nil: break
            }
        }
        if case .failure = result { throw .graphBaseFailed }
    }

    /// Gives the place up at once, whatever was read.
    func abandon() { carryOut { $0.leave() } }

    // MARK: Closing

    /// What readers saw last, also after the end.
    func lastState() -> GraphState { line.withLock { $0.published.state } }

    /// Refuses what comes from now on.
    func refuse() { line.withLock { $0.close() } }

    /// Waits for all that was accepted.
    func drain() async {
        _ = await withCheckedContinuation { (waiter: Waiter) in
            if line.withLock({ $0.drain(waiter) }) { waiter.resume(returning: .success(())) }
        }
    }

    /// Gives back what the journal and the graph hold; everything is over.
    func finish() async {
        await journal?.close()
        let empty = GraphMoment(GraphState())
        _ = line.withLock { $0.empty(empty) }
    }
}

// MARK: Merging

extension GraphCommits {
    /// Starts to build rows of a published state off to the side, when that pays and nobody does.
    ///
    /// Of a published one, because nothing that comes later goes back behind it. Nothing waits for
    /// it: without the merge reads cost more, and are as right.
    private func mergeIfNeeded(_ moment: GraphMoment) {
        guard moment.state.needsMerge, !isMerging.exchange(true, ordering: .relaxed) else { return }
        Task.detached(priority: .utility) {
            let merge = moment.state.merged()
            await self.install(merge)
            self.isMerging.store(false, ordering: .relaxed)
        }
    }

    /// Takes rows over, as a step between two writers: the graph stays the same.
    func install(_ merge: GraphMerge) async {
        // A store that is closed, or cannot write any more, has no use for it.
        guard let base = try? await begin() else { return }
        var state = base.state.state
        if state.install(merge) {
            let moment = GraphMoment(state)
            carryOut { $0.replaceNewest(moment, on: base) }
        }
        abandon()
    }
}
