/// Which entries are not read again in the background for a while, because that has just failed.
///
/// An entry that is due or stale is the answer all the same, so each of its readers would begin
/// another load of a primary that fails. After a failure nobody does for a while, and after each
/// further one for twice as long, ``longest`` times the first pause at the most. A load that
/// succeeds ends it.
///
/// Memory is bounded: beyond `limit` keys those are forgotten whose pause has been over for as long
/// as it lasted, and if there are none all further keys share one pause, until one of the others
/// has been read. It holds back refreshes that might succeed: to forget pauses would let all those
/// keys ask a primary that fails.
struct RefreshPauses<Key: Hashable & Sendable>: Sendable {
    private struct Pause: Sendable {
        var failures: Int
        var length: Duration
        var end: Duration

        /// Whether it has been over for as long as it lasted.
        ///
        /// Not before is it forgotten: the next failure would be counted as the first.
        func isStale(now: Duration) -> Bool { end + length <= now }
    }

    /// How many times the first pause the longest is.
    static var longest: Int { 32 }

    private var pauses: [Key: Pause] = [:]
    /// The pause of all keys that have none of their own.
    private var shared: Pause?
    private let limit: Int

    init(limit: Int) { self.limit = limit }

    var isEmpty: Bool { pauses.isEmpty && shared == nil }

    /// Whether the key may be read again, in constant time.
    func allows(_ key: Key, now: Duration) -> Bool {
        (pauses[key] ?? shared).map { $0.end <= now } ?? true
    }

    /// Reading the key again has failed; once for all that failed together.
    ///
    /// In constant time but for once in each shared pause.
    mutating func failed(_ key: Key, pausing first: Duration, now: Duration) {
        guard first > .zero, allows(key, now: now) else { return }
        if pauses[key] == nil, !hasRoom(now: now) {
            shared = Self.pause(after: shared, first: first, now: now)
        } else {
            pauses[key] = Self.pause(after: pauses[key], first: first, now: now)
        }
    }

    /// The key has been read.
    mutating func succeeded(_ key: Key) {
        if pauses.removeValue(forKey: key) != nil { shared = nil }
    }

    private static func pause(after last: Pause?, first: Duration, now: Duration) -> Pause {
        let failures = last?.failures ?? 0
        let factor = min(1 << min(failures, 16), longest)
        // So long that nothing overflows.
        let pause = min(first, .seconds(365 * 86_400)) * factor
        return Pause(failures: failures + 1, length: pause, end: now + pause)
    }

    /// Forgets the pauses that have long been over when there are too many.
    private mutating func hasRoom(now: Duration) -> Bool {
        if pauses.count < limit { return true }
        pauses = pauses.filter { !$0.value.isStale(now: now) }
        guard pauses.count < limit else { return false }
        shared = nil
        return true
    }
}
