/// The keys whose invalidation failed, so that what the cache says about them is not to be
/// believed.
///
/// Each doubt has a stamp. It is cleared only by an invalidation that began after the doubt's
/// latest stamp was given: clearing by key alone would lose the doubt that a second writer raised
/// while the first one's was being settled.
///
/// Memory is bounded: beyond `limit` keys every key of the cache is in doubt, which only a
/// `removeAll` settles. That costs the cache's contents and never correctness.
struct CacheSuspects<Key: Hashable & Sendable>: Sendable {
    /// Some of the doubts at one moment.
    struct Doubt: Sendable {
        fileprivate(set) var stamps: [Key: UInt64] = [:]
        fileprivate(set) var everything: UInt64?

        var isEmpty: Bool { stamps.isEmpty && everything == nil }
        var keys: [Key] { Array(stamps.keys) }
        var concernsEverything: Bool { everything != nil }

        func concerns(_ key: Key) -> Bool { concernsEverything || stamps[key] != nil }
    }

    private var all = Doubt()
    private var lastStamp: UInt64 = 0
    private let limit: Int

    init(limit: Int) { self.limit = limit }

    var isEmpty: Bool { all.isEmpty }

    /// Casts doubt on a key, in constant time.
    mutating func add(_ key: Key) {
        lastStamp += 1
        if all.everything != nil || (all.stamps.count >= limit && all.stamps[key] == nil) {
            all = Doubt(everything: lastStamp)
        } else {
            all.stamps[key] = lastStamp
        }
    }

    /// The doubts that concern these keys.
    func doubt(about keys: [Key]) -> Doubt {
        if all.everything != nil { return all }
        var found = Doubt()
        for key in keys { found.stamps[key] = all.stamps[key] }
        return found
    }

    /// Clears the doubts that were settled, except those raised again since.
    mutating func settle(_ doubt: Doubt) {
        if let everything = doubt.everything, everything == all.everything { all = Doubt() }
        for (key, stamp) in doubt.stamps where all.stamps[key] == stamp { all.stamps[key] = nil }
    }
}
