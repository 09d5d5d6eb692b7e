/// What the cache is not to be believed about: keys, tags and everything whose invalidation failed,
/// and keys that a write of unknown outcome may still change.
///
/// Each doubt has a stamp. It is cleared only by an invalidation that began after the doubt's
/// latest stamp was given: clearing by key alone would lose the doubt that a second writer raised
/// while the first one's was being settled.
///
/// A doubt may be held until a moment, before which no invalidation settles it: the write that
/// raised it may land after the invalidation. And it is settled by one task at a time: the others
/// go without the cache meanwhile, and do not wait.
///
/// A tag in doubt concerns every key: nobody knows whose it is without believing the cache. It is
/// settled by invalidating the tag, so the entries that do not carry it stay.
///
/// Memory is bounded: beyond `limit` keys and tags everything is in doubt, which only a `removeAll`
/// settles. That costs the cache's contents and never correctness.
struct CacheSuspects<Key: Hashable & Sendable>: Sendable {
    private struct Mark: Sendable {
        let stamp: UInt64
        var heldUntil = Duration.zero
        var isClaimed = false
        /// The number of the key's latest refusal among all refusals; 0 before the first.
        var refusal: UInt64 = 0

        func isFree(at now: Duration) -> Bool { !isClaimed && heldUntil <= now }
    }

    /// What a task that wants to know about some keys has to do.
    struct Claim: Sendable {
        /// What it has to invalidate, and then to settle or to release.
        fileprivate(set) var stamps: [Key: UInt64] = [:]
        /// The same for tags.
        fileprivate(set) var tagStamps: [CacheTag: UInt64] = [:]
        /// In place of keys and tags: everything.
        fileprivate(set) var everything: UInt64?
        /// What must be read without the cache, whatever it does.
        fileprivate(set) var held: Set<Key> = []

        var isEmpty: Bool { stamps.isEmpty && !concernsAll }
        /// Whether no key at all can be believed before it is settled.
        var concernsAll: Bool { everything != nil || !tagStamps.isEmpty }
        var keys: [Key] { Array(stamps.keys) }
        var tags: Set<CacheTag> { Set(tagStamps.keys) }

        /// The same as claims of one key each, and one of what is no key.
        var parts: [Claim] {
            let rest = Claim(tagStamps: tagStamps, everything: everything)
            return (rest.isEmpty ? [] : [rest]) + stamps.map { Claim(stamps: [$0: $1]) }
        }
    }

    private var marks: [Key: Mark] = [:]
    private var tagMarks: [CacheTag: Mark] = [:]
    private var everything: Mark?
    private var lastStamp: UInt64 = 0
    private var lastRefusal: UInt64 = 0
    private let limit: Int

    init(limit: Int) { self.limit = limit }

    var isEmpty: Bool { marks.isEmpty && tagMarks.isEmpty && everything == nil }
}

// MARK: Casting doubt

extension CacheSuspects {
    /// Casts doubt on a key, until that moment at least, in constant time.
    ///
    /// Only when keys become too many, in the time that it takes to look at all of them.
    mutating func add(_ key: Key, heldUntil: Duration = .zero) {
        let until = max(heldUntil, (everything ?? marks[key])?.heldUntil ?? .zero)
        guard everything == nil, marks[key] != nil || hasRoom else {
            return addEverything(heldUntil: until)
        }
        let refusal = marks[key]?.refusal ?? 0
        marks[key] = Mark(stamp: nextStamp(), heldUntil: until, refusal: refusal)
    }

    /// Casts doubt on a tag, as on a key.
    mutating func add(_ tag: CacheTag) {
        guard everything == nil, tagMarks[tag] != nil || hasRoom else { return addEverything() }
        tagMarks[tag] = Mark(stamp: nextStamp())
    }

    /// Casts doubt on every key, those included that were held already.
    mutating func addEverything(heldUntil: Duration = .zero) {
        let latest = marks.values.map(\.heldUntil).max() ?? .zero
        let until = max(heldUntil, latest, everything?.heldUntil ?? .zero)
        marks = [:]
        tagMarks = [:]
        everything = Mark(stamp: nextStamp(), heldUntil: until)
    }

    private var hasRoom: Bool { marks.count + tagMarks.count < limit }

    private mutating func nextStamp() -> UInt64 {
        lastStamp += 1
        return lastStamp
    }
}

// MARK: Settling it

extension CacheSuspects {
    /// Takes on the doubts about these keys that nobody is settling and that can be settled now.
    mutating func claim(_ keys: [Key], now: Duration) -> Claim {
        var claim = Claim()
        if let mark = everything {
            guard mark.isFree(at: now) else { return Claim(held: Set(keys)) }
            everything?.isClaimed = true
            claim.everything = mark.stamp
            return claim
        }
        if !claimTags(into: &claim) { claim.held = Set(keys) }
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

    /// Takes on doubts about whatever it is, so many keys at the most.
    ///
    /// Those that were refused come when there are no others, the one refused longest ago first:
    /// else as many as `limit` of them would keep all others waiting for ever.
    mutating func claimAny(limit: Int, now: Duration) -> Claim {
        let free = marks.lazy.filter { $0.value.isFree(at: now) }
        let unrefused = Array(free.filter { $0.value.refusal == 0 }.prefix(limit).map(\.key))
        if !unrefused.isEmpty { return claim(unrefused, now: now) }
        let refused = free.sorted { $0.value.refusal < $1.value.refusal }.prefix(limit)
        return claim(refused.map(\.key), now: now)
    }

    /// Whether a key can be settled now whose invalidation was not refused.
    func hasUnrefused(now: Duration) -> Bool {
        marks.values.contains { $0.refusal == 0 && $0.isFree(at: now) }
    }

    /// When the first doubt that nobody is settling is held no longer; `nil` when there is none.
    ///
    /// Tags are not held.
    var nextRelease: Duration? {
        if let everything { return everything.isClaimed ? nil : everything.heldUntil }
        return marks.values.lazy.filter { !$0.isClaimed }.map(\.heldUntil).min()
    }

    /// Takes on all tags that nobody is settling; whether there are no others.
    private mutating func claimTags(into claim: inout Claim) -> Bool {
        var isAll = true
        for (tag, mark) in tagMarks {
            isAll = isAll && !mark.isClaimed
            guard !mark.isClaimed else { continue }
            tagMarks[tag]?.isClaimed = true
            claim.tagStamps[tag] = mark.stamp
        }
        return isAll
    }

    /// Clears the doubts that were claimed, except those raised again since.
    mutating func settle(_ claim: Claim) {
        if claim.everything != nil, everything?.stamp == claim.everything { everything = nil }
        for (key, stamp) in claim.stamps where marks[key]?.stamp == stamp { marks[key] = nil }
        for (tag, stamp) in claim.tagStamps where tagMarks[tag]?.stamp == stamp {
            tagMarks[tag] = nil
        }
    }

    /// Leaves the doubts that were claimed to somebody else.
    mutating func release(_ claim: Claim) {
        if claim.everything != nil, everything?.stamp == claim.everything {
            everything?.isClaimed = false
        }
        for (key, stamp) in claim.stamps where marks[key]?.stamp == stamp {
            marks[key]?.isClaimed = false
        }
        for (tag, stamp) in claim.tagStamps where tagMarks[tag]?.stamp == stamp {
            tagMarks[tag]?.isClaimed = false
        }
    }

    /// The same, and those keys come after the others from now on.
    mutating func refuse(_ claim: Claim) {
        release(claim)
        for (key, stamp) in claim.stamps where marks[key]?.stamp == stamp {
            lastRefusal += 1
            marks[key]?.refusal = lastRefusal
        }
    }
}
