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
/// A doubt that is held is waited for. After ``patience`` the task ends, so that a cache that never
/// comes back is not kept for ever; it begins anew with the next doubt, or when the cache answers
/// anybody in this process.
struct CacheDoubts<Key: Hashable & Sendable>: Sendable {
    /// What the task does next.
    enum Step: Sendable {
        case settle(CacheSuspects<Key>.Claim)
        case pause(Duration)
        case end
    }

    /// What to do about the task when the cache has answered somebody.
    enum Answer: Sendable {
        case nothing
        /// Wake it.
        case wake
        /// Start it: it had given up.
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
    ///
    /// - Returns: Whether the task has to be started.
    mutating func doubted(now: Duration) -> Bool {
        guard !isRunning else { return false }
        begin()
        rest(from: now)
        return true
    }

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
        let claim = suspects.claimAny(limit: Self.batch, now: now)
        if !claim.isEmpty { return .settle(claim) }
        // Held until then, or others are at it.
        let wait = (suspects.nextRelease ?? now) - now
        return .pause(max(wait, Self.firstPause))
    }

    /// What was claimed was invalidated.
    mutating func succeeded(_ claim: CacheSuspects<Key>.Claim) {
        suspects.settle(claim)
        failingSince = nil
        pausedUntil = nil
        pause = Self.firstPause
    }

    /// What was claimed could not be invalidated.
    mutating func failed(_ claim: CacheSuspects<Key>.Claim, now: Duration) {
        suspects.release(claim)
        failingSince = failingSince ?? now
        lastFailure = now
        rest(from: now)
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
