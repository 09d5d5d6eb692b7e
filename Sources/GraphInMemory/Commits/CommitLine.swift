internal import StorageKit

/// Who may write, what has been committed and not become durable yet, and what readers see: the
/// pipeline of commits as a value that performs nothing.
///
/// ```
///   published ── 5 ── 6 ── 7          newest = 7, which the writer's private copy began at
///      4         └─ pending ─┘        (in the journal, in order, none durable yet)
/// ```
///
/// * One writer at a time holds the place; those that wait get it in their order.
/// * A commit becomes the newest state at once, and the next writer begins on top of it; it becomes
///   the published one when the journal has it. Many commits thus share one flush.
/// * When one fails, so do all behind it. The newest state is the published one again, and nobody
///   gets the place before all that failed have come back; who gets it then has the journal resume.
///
/// Numbers of commits are not used twice, so that a state is the one that a writer began at exactly
/// if its number is. Whoever calls it resumes the waiters that it returns, outside of its lock.
struct CommitLine<State: Sendable, Waiter: Sendable>: Sendable {
    /// A state, and the number of the commit that made it.
    struct Base: Sendable {
        let state: State
        let number: UInt64
    }

    /// Who is to be told what.
    struct Resumption: Sendable {
        let waiter: Waiter
        let result: Result<Void, StorageError>
    }

    /// What follows from an event.
    struct Consequences: Sendable {
        var resumptions: [Resumption] = []
        /// What is not needed any more: to be let go of outside of the lock.
        var released: State?
    }

    private struct Pending: Sendable {
        let base: Base
        var waiters: [Waiter]
    }

    /// What readers see.
    private(set) var published: State
    private var publishedNumber: UInt64 = 0
    private var newest: Base
    private var lastNumber: UInt64 = 0
    private var pending = FIFO<Pending>()
    private var isHeld = false
    private var waiting = FIFO<(id: UInt64, waiter: Waiter)>()
    /// Whether a commit has failed and the journal has not resumed since.
    private var hasFallen = false
    /// Why nothing can be written any more.
    private var end: StorageError?
    private(set) var isClosed = false
    private var closers: [Waiter] = []

    init(_ state: State) {
        published = state
        newest = Base(state: state, number: 0)
    }
}

// MARK: The place

extension CommitLine {
    /// What becomes of whoever wants to write.
    enum Entry {
        case granted
        case waits
        case refused(StorageError)
    }

    /// How many wait for the place.
    var waiterCount: Int { waiting.count }

    private var canGrant: Bool { !isHeld && (!hasFallen || pending.isEmpty) }

    /// Takes the place if it is free.
    mutating func tryEnter() -> Entry {
        if isClosed { return .refused(.graphClosed) }
        if let end { return .refused(end) }
        guard canGrant, waiting.isEmpty else { return .waits }
        isHeld = true
        return .granted
    }

    /// Takes the place, or a place in the queue for it.
    mutating func enter(id: UInt64, _ waiter: Waiter) -> Entry {
        let entry = tryEnter()
        if case .waits = entry { waiting.append((id, waiter)) }
        return entry
    }

    /// Takes a waiter out of the queue; `nil` if it is not in it any more.
    mutating func cancel(id: UInt64) -> Waiter? {
        waiting.remove { $0.id == id }.first?.waiter
    }

    /// How the holder of the place goes on.
    enum Start {
        case begins(at: Base)
        /// The journal has to resume before.
        case resumesJournal
        /// A commit has failed since it was given the place, and others are still to come back.
        case goesBack
    }

    /// How the holder of the place goes on.
    func start() -> Start {
        guard hasFallen else { return .begins(at: newest) }
        return pending.isEmpty ? .resumesJournal : .goesBack
    }

    /// Gives the place up and waits for it again, before all others.
    mutating func goBack(id: UInt64, _ waiter: Waiter) -> Consequences {
        isHeld = false
        waiting.prepend((id, waiter))
        return Consequences(resumptions: next())
    }

    /// The journal has resumed, or cannot: then everybody who wants to write is refused.
    mutating func resumed(_ result: Result<Void, StorageError>) -> Consequences {
        guard case .failure(let error) = result else {
            hasFallen = false
            return Consequences()
        }
        end = error
        let refused = waiting.removeAll().map { Resumption(waiter: $0.waiter, result: result) }
        return Consequences(resumptions: refused)
    }

    /// Gives the place up; the next one has it.
    mutating func leave() -> Consequences {
        isHeld = false
        return Consequences(resumptions: next())
    }

    /// Hands the place on if it is free, and tells those who wait for the end of everything.
    private mutating func next() -> [Resumption] {
        if canGrant, let first = waiting.popFirst() {
            isHeld = true
            return [Resumption(waiter: first.waiter, result: .success(()))]
        }
        guard !isHeld, waiting.isEmpty, pending.isEmpty else { return [] }
        defer { closers = [] }
        return closers.map { Resumption(waiter: $0, result: .success(())) }
    }
}

// MARK: Commits

extension CommitLine {
    /// Whether what the holder of the place began at is still the newest state.
    func isNewest(_ base: Base) -> Bool { base.number == newest.number }

    /// Makes a state the newest one, which becomes the published one when its commit is durable.
    ///
    /// - Returns: Whether it did: not if what it began at has failed.
    mutating func commit(_ state: State, on base: Base, _ waiter: Waiter) -> Bool {
        guard isNewest(base) else { return false }
        newest = nextBase(state)
        pending.append(Pending(base: newest, waiters: [waiter]))
        return true
    }

    /// Makes a state the newest and the published one: there is no journal.
    mutating func publish(_ state: State) -> Consequences {
        newest = nextBase(state)
        return publish(newest)
    }

    /// Puts another form of the newest state into its place, which holds the same.
    ///
    /// Only the holder of the place does so; nothing is done if what it began at has failed.
    mutating func replaceNewest(_ state: State, on base: Base) -> Consequences {
        guard isNewest(base) else { return Consequences() }
        let isPublished = newest.number == publishedNumber
        newest = Base(state: state, number: newest.number)
        return isPublished ? publish(newest) : Consequences()
    }

    /// Waits until what a writer has read is durable.
    ///
    /// - Returns: Whether it is, or `nil` while that is open; the waiter is told then.
    mutating func settle(_ base: Base, _ waiter: Waiter) -> Bool? {
        if base.number == publishedNumber { return true }
        guard isNewest(base) else { return false }
        // The commits that are pending end with the one that made the newest state.
        pending.modifyLast { $0.waiters.append(waiter) }
        return nil
    }

    /// The first pending commit has become durable, or has failed.
    mutating func completed(_ result: Result<Void, StorageError>) -> Consequences {
        guard let commit = pending.popFirst() else { return Consequences() }
        // On top of one that failed none can succeed.
        let outcome = hasFallen && result.isSuccess ? .failure(.graphBaseFailed) : result
        // Of the newest state there may be another form by now.
        let base = isNewest(commit.base) ? newest : commit.base
        var consequences = outcome.isSuccess ? publish(base) : fall()
        consequences.resumptions = commit.waiters.map { Resumption(waiter: $0, result: outcome) }
        consequences.resumptions += next()
        return consequences
    }

    private mutating func nextBase(_ state: State) -> Base {
        lastNumber += 1
        return Base(state: state, number: lastNumber)
    }

    private mutating func publish(_ base: Base) -> Consequences {
        defer { (published, publishedNumber) = (base.state, base.number) }
        return Consequences(released: published)
    }

    private mutating func fall() -> Consequences {
        hasFallen = true
        defer { newest = Base(state: published, number: publishedNumber) }
        return Consequences(released: newest.state)
    }
}

// MARK: Closing

extension CommitLine {
    /// Refuses what comes from now on.
    mutating func close() { isClosed = true }

    /// Waits for what was accepted to be over.
    ///
    /// - Returns: Whether it is; if not the waiter is told.
    mutating func drain(_ waiter: Waiter) -> Bool {
        guard isHeld || !waiting.isEmpty || !pending.isEmpty else { return true }
        closers.append(waiter)
        return false
    }

    /// Lets go of what was published, when everything is over.
    mutating func empty(_ state: State) -> State {
        defer {
            published = state
            newest = Base(state: state, number: newest.number)
        }
        return published
    }
}

extension Result {
    fileprivate var isSuccess: Bool { if case .success = self { true } else { false } }
}

extension StorageError {
    static var graphClosed: StorageError {
        StorageError(code: .invalidState, message: "the store is closed")
    }

    /// What a transaction was built on has failed.
    static var graphBaseFailed: StorageError {
        StorageError(
            code: .conflict,
            message: "a commit that this transaction was made on top of has failed; run it again")
    }
}
