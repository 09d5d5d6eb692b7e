/// The keys about which the cache is not to be believed: those whose invalidation failed, and those
/// that a write of unknown outcome may still change.
///
/// Each doubt has a stamp. It is cleared only by an invalidation that began after the doubt's
/// latest stamp was given: clearing by key alone would lose the doubt that a second writer raised
/// while the first one's was being settled.
///
/// A doubt may be held until a moment, before which no invalidation settles it: the write that
/// raised it may land after the invalidation. And it is settled by one reader at a time: the others
/// go without the cache meanwhile, and do not wait.
///
/// Memory is bounded: beyond `limit` keys every key of the cache is in doubt, which only a
/// `removeAll` settles. That costs the cache's contents and never correctness.
struct CacheSuspects<Key: Hashable & Sendable>: Sendable {
    private struct Mark: Sendable {
        let stamp: UInt64
        let heldUntil: Duration
        var isClaimed = false

        func isFree(at now: Duration) -> Bool { !isClaimed && heldUntil <= now }
    }

    /// What a reader who wants to know about some keys has to do.
    struct Claim: Sendable {
        /// What the reader has to invalidate, and then to settle or to release.
        fileprivate(set) var stamps: [Key: UInt64] = [:]
        /// In place of the keys: everything.
        fileprivate(set) var everything: UInt64?
        /// What must be read without the cache, whatever the reader does.
        fileprivate(set) var held: Set<Key> = []

        var isEmpty: Bool { stamps.isEmpty && everything == nil }
        var keys: [Key] { Array(stamps.keys) }
    }

    private var marks: [Key: Mark] = [:]
    private var everything: Mark?
    private var lastStamp: UInt64 = 0
    private let limit: Int

    init(limit: Int) { self.limit = limit }

    var isEmpty: Bool { marks.isEmpty && everything == nil }

    /// Casts doubt on a key, until that moment at least, in constant time.
    ///
    /// Only when keys become too many, in the time that it takes to look at all of them.
    mutating func add(_ key: Key, heldUntil: Duration = .zero) {
        lastStamp += 1
        let until = max(heldUntil, (everything ?? marks[key])?.heldUntil ?? .zero)
        let mark = Mark(stamp: lastStamp, heldUntil: until)
        if everything != nil {
            everything = mark
        } else if marks[key] != nil || marks.count < limit {
            marks[key] = mark
        } else {
            let latest = marks.values.map(\.heldUntil).max() ?? .zero
            marks = [:]
            everything = Mark(stamp: lastStamp, heldUntil: max(until, latest))
        }
    }

    /// Takes on the doubts about these keys that nobody is settling and that can be settled now.
    mutating func claim(_ keys: [Key], now: Duration) -> Claim {
        var claim = Claim()
        if let mark = everything {
            guard mark.isFree(at: now) else { return Claim(held: Set(keys)) }
            everything?.isClaimed = true
            claim.everything = mark.stamp
            return claim
        }
        for key in keys {
            guard let mark = marks[key], claim.stamps[key] == nil else { continue }
            if mark.isFree(at: now) {
                marks[key]?.isClaimed = true
                claim.stamps[key] = mark.stamp
            } else {
                claim.held.insert(key)
            }
        }
        return claim
    }

    /// Clears the doubts that were claimed, except those raised again since.
    mutating func settle(_ claim: Claim) {
        if claim.everything != nil, everything?.stamp == claim.everything { everything = nil }
        for (key, stamp) in claim.stamps where marks[key]?.stamp == stamp { marks[key] = nil }
    }

    /// Leaves the doubts that were claimed to somebody else.
    mutating func release(_ claim: Claim) {
        if claim.everything != nil, everything?.stamp == claim.everything {
            everything?.isClaimed = false
        }
        for (key, stamp) in claim.stamps where marks[key]?.stamp == stamp {
            marks[key]?.isClaimed = false
        }
    }
}
