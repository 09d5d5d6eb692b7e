/// Which entries are not read again in the background for a while, because that has just failed.
///
/// An entry that is due or stale is the answer all the same, so each of its readers would begin
/// another load of a primary that fails. After a failure nobody does for a while, and after each
/// further one for twice as long, ``longest`` times the first pause at the most. A load that
/// succeeds ends it.
///
/// Memory is bounded: beyond `limit` keys the ones whose pause is over are forgotten, and if there
/// are none an arbitrary one. That costs a load too many.
struct RefreshPauses<Key: Hashable & Sendable>: Sendable {
    private struct Pause: Sendable {
        var failures: Int
        var end: Duration
    }

    /// How many times the first pause the longest is.
    static var longest: Int { 32 }

    private var pauses: [Key: Pause] = [:]
    private let limit: Int

    init(limit: Int) { self.limit = limit }

    var isEmpty: Bool { pauses.isEmpty }

    /// Whether the key may be read again, in constant time.
    func allows(_ key: Key, now: Duration) -> Bool { pauses[key].map { $0.end <= now } ?? true }

    /// Reading the key again has failed; once for all that failed together.
    ///
    /// In constant time but for when keys are too many.
    mutating func failed(_ key: Key, pausing first: Duration, now: Duration) {
        guard first > .zero, allows(key, now: now) else { return }
        if pauses[key] == nil, pauses.count >= limit { makeRoom(now: now) }
        let failures = pauses[key]?.failures ?? 0
        let factor = min(1 << min(failures, 16), Self.longest)
        // So long that nothing overflows.
        let pause = min(first, .seconds(365 * 86_400)) * factor
        pauses[key] = Pause(failures: failures + 1, end: now + pause)
    }

    /// The key has been read.
    mutating func succeeded(_ key: Key) { pauses[key] = nil }

    private mutating func makeRoom(now: Duration) {
        pauses = pauses.filter { now < $0.value.end }
        if pauses.count >= limit { _ = pauses.popFirst() }
    }
}
