/// SIEVE: a queue in order of insertion and a hand that spares what was used.
///
/// Yazhuo Zhang, Juncheng Yang, Yao Yue, Ymir Vigfusson and K. V. Rashmi, "SIEVE is Simpler than
/// LRU: an Efficient Turn-Key Eviction Algorithm for Web Caches", NSDI 2024.
///
/// New entries join at the newest end. A hit sets the entry's `visited` bit and moves nothing,
/// which is why a hit is so cheap. To make room the hand walks from the oldest towards the newest
/// end, clears the bits it meets, and evicts the first entry without one; there it stays until the
/// next time, and from the newest end it starts over at the oldest.
///
/// ```
///   newest                         oldest
///   [ G ] [ F ] [ E* ] [ D ] [ C* ] [ B ] [ A* ]      * visited
///                               ◀── hand
/// ```
///
/// Unlike CLOCK it keeps survivors where they are, so new entries are tried quickly and old popular
/// ones stay: quick demotion and lazy promotion. Its known weakness is a long scan through entries
/// that are used once, which pushes the hand through the popular ones.
///
/// Every call takes constant time, ``victim()`` amortised: each step it takes clears a bit that one
/// hit has set.
@usableFromInline
struct SievePolicy: EvictionPolicy {
    @usableFromInline
    struct Link: Sendable {
        @usableFromInline
        var newer: Int32 = none
        @usableFromInline
        var older: Int32 = none
        @usableFromInline
        var visited = false
    }

    @usableFromInline
    static let none: Int32 = -1

    @usableFromInline
    var links: [Link] = []
    @usableFromInline
    var newest = none
    @usableFromInline
    var oldest = none
    @usableFromInline
    var hand = none

    @usableFromInline
    init(capacity: Int) {
        precondition(capacity <= Int32.max, "a stripe has at most 2^31 - 1 slots")
    }

    @usableFromInline
    mutating func inserted(slot: Int, hash: Int) {
        while links.count <= slot { links.append(Link()) }
        links[slot] = Link(newer: Self.none, older: newest)
        if newest == Self.none {
            oldest = Int32(slot)
        } else {
            links[Int(newest)].newer = Int32(slot)
        }
        newest = Int32(slot)
    }

    @inlinable
    mutating func accessed(slot: Int) { links[slot].visited = true }

    @usableFromInline
    mutating func removed(slot: Int) {
        let link = links[slot]
        if hand == slot { hand = link.newer }
        if link.newer == Self.none {
            newest = link.older
        } else {
            links[Int(link.newer)].older = link.older
        }
        if link.older == Self.none {
            oldest = link.newer
        } else {
            links[Int(link.older)].newer = link.newer
        }
    }

    @usableFromInline
    mutating func victim() -> Int {
        var candidate = hand == Self.none ? oldest : hand
        while links[Int(candidate)].visited {
            links[Int(candidate)].visited = false
            let newer = links[Int(candidate)].newer
            candidate = newer == Self.none ? oldest : newer
        }
        hand = candidate
        return Int(candidate)
    }
}
