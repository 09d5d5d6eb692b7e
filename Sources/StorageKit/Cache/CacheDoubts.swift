/// The doubts about a cache and when they are settled without a reader who asks, as a value.
///
/// A reader settles the doubts about what he asks for, before he believes the cache. That is enough
/// for this process. In others the old entries are served until somebody here gets through to the
/// cache, so from the first doubt on a task tries:
///
/// ```
///           doubt                      failed: pause, twice as long each time
///   idle ──────────▶ trying ──────────────────────────────────────────────▶ pausing
///    ▲ ▲               │ ▲                                                   │  │
///    │ └─ nothing left ┘ └──── the pause is over, or the cache answered ─────┘  │
///    └────────────────────── failed for `patience` without a break ─────────────┘
/// ```
///
/// A doubt that is held is waited for, and no other has to wait for it: one that is raised or left
/// by a reader meanwhile is tried after the first pause. What the cache refuses for good comes
/// after everything else. After ``patience`` the task ends, so that a cache that never
/// comes back is not kept for ever; it begins anew with the next doubt, or when the cache answers
/// anybody in this process.
struct CacheDoubts<Key: Hashable & Sendable>: Sendable {
    /// What the task does next.
    enum Step: Sendable {
        case settle(CacheSuspects<Key>.Claim)
        case pause(Duration)
        case end
    }

    /// What to do about the task when something has happened.
    enum Answer: Sendable {
        case nothing
        /// Wake it.
        case wake
        /// Start it: there is none.
        case start
    }

    /// The first pause after a failure; each failure doubles it.
    static var firstPause: Duration { .milliseconds(100) }
    /// The longest pause: how late others hear of what they missed, once the cache is back.
    static var longestPause: Duration { .seconds(10) }
    /// For how long the cache may fail without a break before the task ends.
    static var patience: Duration { .seconds(3600) }
    /// How many keys are invalidated by one call.
    static var batch: Int { 100 }

    var suspects: CacheSuspects<Key>
    private(set) var isRunning = false
    private var pause = Self.firstPause
    private var failingSince: Duration?
    private var lastFailure: Duration?
    private var pausedUntil: Duration?

    init(limit: Int) { suspects = CacheSuspects(limit: limit) }

    /// There is a doubt, because a call has failed just now.
    mutating func doubted(now: Duration) -> Answer {
        guard isRunning else {
            begin()
            rest(from: now)
            return .start
        }
        return .init(wakes: hurry(now: now))
    }

    /// Has the task try after the first pause, where it sleeps for longer and not because of a
    /// failure: the other doubts are held or a reader is at them, or one has been settled since.
    private mutating func hurry(now: Duration) -> Bool {
        // One that is over is one after which the task is about to look.
        if let pausedUntil, pausedUntil <= now + pause { return false }
        pausedUntil = now + Self.firstPause
        return true
    }

    private func isPausing(now: Duration) -> Bool { pausedUntil.map { now < $0 } ?? false }

    private mutating func begin() {
        isRunning = true
        failingSince = nil
        pausedUntil = nil
        pause = Self.firstPause
    }

    mutating func next(now: Duration) -> Step {
        if suspects.isEmpty || hasLostPatience(now: now) {
            isRunning = false
            return .end
        }
        if let pausedUntil, now < pausedUntil { return .pause(pausedUntil - now) }
        pausedUntil = nil
        let claim = suspects.claimAny(limit: Self.batch, now: now)
        if !claim.isEmpty { return .settle(claim) }
        // Held until then, or others are at it.
        let wait = (suspects.nextRelease ?? now) - now
        return .pause(min(max(wait, Self.firstPause), Self.longestPause))
    }

    /// What was claimed was invalidated, by the task or by a reader.
    ///
    /// The pause goes on if it was a reader: the next answer ends it, and wakes the task.
    mutating func succeeded(_ claim: CacheSuspects<Key>.Claim) {
        suspects.settle(claim)
        failingSince = nil
        pause = Self.firstPause
    }

    /// A reader leaves what he claimed to somebody else.
    mutating func released(_ claim: CacheSuspects<Key>.Claim, now: Duration) -> Answer {
        suspects.release(claim)
        return .init(wakes: isRunning && hurry(now: now))
    }

    /// What was claimed could not be invalidated.
    mutating func failed(_ claim: CacheSuspects<Key>.Claim, now: Duration) {
        suspects.release(claim)
        noteFailure(now: now)
        rest(from: now)
    }

    /// The cache refuses for good to invalidate what was claimed.
    ///
    /// That says nothing about the others, so there is no pause before each has had its turn.
    mutating func refused(_ claim: CacheSuspects<Key>.Claim, now: Duration) {
        suspects.refuse(claim)
        noteFailure(now: now)
        if !isPausing(now: now), !suspects.hasUnrefused(now: now) { rest(from: now) }
    }

    private mutating func noteFailure(now: Duration) {
        failingSince = failingSince ?? now
        lastFailure = now
    }

    private mutating func rest(from now: Duration) {
        pausedUntil = now + pause
        pause = min(pause * 2, Self.longestPause)
    }

    /// The cache has answered somebody, so it may be worth while to try now.
    ///
    /// Not more often than after the first pause: it may answer readers and refuse invalidations.
    mutating func answered(now: Duration) -> Answer {
        guard !suspects.isEmpty else { return .nothing }
        if let lastFailure, now < lastFailure + Self.firstPause { return .nothing }
        guard isRunning else {
            begin()
            return .start
        }
        guard pausedUntil != nil else { return .nothing }
        pausedUntil = nil
        return .wake
    }

    private func hasLostPatience(now: Duration) -> Bool {
        failingSince.map { $0 + Self.patience <= now } ?? false
    }
}

extension CacheDoubts.Answer {
    fileprivate init(wakes: Bool) { self = wakes ? .wake : .nothing }
}
