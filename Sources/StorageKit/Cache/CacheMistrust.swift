public import Synchronization

/// The doubts about one cache: ``CacheDoubts`` with a lock, a clock, and a flag for readers.
@usableFromInline
final class CacheMistrust<Key: Hashable & Sendable>: Sendable {
    typealias Claim = CacheSuspects<Key>.Claim

    private struct State: Sendable {
        var doubts: CacheDoubts<Key>
        /// What the task that settles doubts sleeps in.
        var nap: Task<Void, Never>?
        /// Whether it was woken before it was asleep.
        var isWoken = false
    }

    /// Whether there is any doubt.
    ///
    /// Relaxed is enough. A read that begins after a write returned was ordered behind it by
    /// whatever told the reader so.
    @usableFromInline
    let isCast = Atomic(false)

    private let state: Mutex<State>
    private let clock: MonotonicReading

    init(limit: Int, clock: MonotonicReading) {
        state = Mutex(State(doubts: CacheDoubts(limit: limit)))
        self.clock = clock
    }

    // MARK: Casting

    /// - Returns: Whether the task that settles doubts has to be started; so do the others.
    func cast(on keys: [Key], for held: Duration) -> Bool {
        let until = held == .zero ? .zero : clock.now + held
        return cast { suspects in
            for key in keys { suspects.add(key, heldUntil: until) }
        }
    }

    func cast(on tags: Set<CacheTag>) -> Bool {
        cast { suspects in
            for tag in tags { suspects.add(tag) }
        }
    }

    func castOnEverything() -> Bool { cast { $0.addEverything() } }

    private func cast(_ body: (inout CacheSuspects<Key>) -> Void) -> Bool {
        heed { doubts, now in
            body(&doubts.suspects)
            isCast.store(true, ordering: .relaxed)
            return doubts.doubted(now: now)
        }
    }

    // MARK: Settling

    func claim(_ keys: [Key]) -> Claim {
        let now = clock.now
        return state.withLock { $0.doubts.suspects.claim(keys, now: now) }
    }

    func settle(_ claim: Claim) { change { $0.succeeded(claim) } }

    /// A reader leaves what he claimed to others.
    func release(_ claim: Claim) { _ = heed { $0.released(claim, now: $1) } }

    func failed(_ claim: Claim) {
        let now = clock.now
        change { $0.failed(claim, now: now) }
    }

    func refused(_ claim: Claim) {
        let now = clock.now
        change { $0.refused(claim, now: now) }
    }

    func next() -> CacheDoubts<Key>.Step {
        let now = clock.now
        return state.withLock { $0.doubts.next(now: now) }
    }

    private func change(_ body: (inout CacheDoubts<Key>) -> Void) {
        state.withLock { state in
            body(&state.doubts)
            isCast.store(!state.doubts.suspects.isEmpty, ordering: .relaxed)
        }
    }

    // MARK: Sleeping

    /// Sleeps for that long, or until it is woken.
    func nap(for time: Duration) async {
        let clock = clock
        let nap = state.withLock { state -> Task<Void, Never>? in
            defer { state.isWoken = false }
            if state.isWoken { return nil }
            state.nap = Task { _ = await clock.sleep(for: time) }
            return state.nap
        }
        await nap?.value
        state.withLock { $0.nap = nil }
    }

    /// The cache has answered somebody.
    ///
    /// - Returns: Whether the task has to be started: it had given up.
    func cacheAnswered() -> Bool { heed { $0.answered(now: $1) } }

    /// Wakes the task if that is the answer; whether it has to be started.
    private func heed(
        _ body: (inout CacheDoubts<Key>, _ now: Duration) -> CacheDoubts<Key>.Answer
    ) -> Bool {
        let now = clock.now
        let (answer, nap) = state.withLock { state in
            let answer = body(&state.doubts, now)
            if answer == .wake, state.nap == nil { state.isWoken = true }
            return (answer, state.nap)
        }
        if answer == .wake { nap?.cancel() }
        return answer == .start
    }
}
