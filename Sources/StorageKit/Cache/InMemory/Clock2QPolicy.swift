/// Two queues and the memory of what left the first: scan-resistant, and a hit moves nothing.
///
/// The queues are those of S3-FIFO: Juncheng Yang, Yazhuo Zhang, Ziyue Qiu, Yao Yue and
/// K. V. Rashmi, "FIFO Queues are All You Need for Cache Eviction", SOSP 2023. The window is that
/// of Yiyan Zhai et al., "Clock2Q+: A Simple and Efficient Replacement Algorithm for Metadata Cache
/// in VMware vSAN", arXiv 2511.21958.
///
/// ```
///             not used again ──▶ ghosts (hashes alone) ──┐ asked for again
///            ╱                                           ▼
///  new ──▶ small, a tenth ── used again after the window ──▶ main ──▶ out
///            [ window ┊ rest ]                              ▲    │
///                                                           └────┘ used since: one use is spent
/// ```
///
/// * Most keys are asked for once, so a new entry gets a trial in a small queue and not a place
///   among the proven ones. A scan passes through the small queue and pushes nobody else out.
/// * What was used in its trial goes to main; what was not leaves a ghost. A key that comes back
///   while its ghost is remembered goes to main at once: its trial was too short.
/// * Uses in the newer half of the small queue, the *window*, do not count: a program that asks for
///   a key has often asked for it a moment before, and that says nothing of tomorrow.
/// * Main is a clock: an entry at its end that was used goes round once more for each use, of which
///   three at most are remembered.
///
/// The sizes are shares of the entries there are, and not of a capacity: in a cache that weighs its
/// entries nobody knows beforehand how many fit.
///
/// A small queue that grows when its ghosts are asked for and shrinks when main's are, as ARC does
/// it, was measured and is worse on every trace but one (docs/performance.md).
///
/// Every call takes constant time; ``victim()`` amortised, for each step that it takes in main
/// spends a use, and each in the small queue moves an entry that is moved once in its life.
@usableFromInline
struct Clock2QPolicy: EvictionPolicy {
    @usableFromInline
    enum Queue: UInt8, Sendable { case small, main }

    @usableFromInline
    struct Place: Sendable {
        @usableFromInline
        var queue: Queue
        /// The uses that count, three at most.
        @usableFromInline
        var uses: UInt8 = 0
        /// When it entered the small queue: the count of those that had entered before.
        @usableFromInline
        let arrival: UInt32
        @usableFromInline
        let fingerprint: UInt32

        @inlinable
        init(queue: Queue, arrival: UInt32, fingerprint: UInt32) {
            self.queue = queue
            self.arrival = arrival
            self.fingerprint = fingerprint
        }
    }

    @usableFromInline
    static let mostUses: UInt8 = 3

    @usableFromInline
    var places: [Place] = []
    @usableFromInline
    var links = SlotLinks()
    @usableFromInline
    var small = SlotLinks.Queue()
    @usableFromInline
    var main = SlotLinks.Queue()
    @usableFromInline
    var ghosts = GhostTable()
    @usableFromInline
    var arrivals: UInt32 = 0

    @usableFromInline
    init(capacity: Int) {
        precondition(capacity <= Int32.max, "a stripe has at most 2^31 - 1 slots")
    }

    @usableFromInline
    var count: Int { small.count + main.count }

    @usableFromInline
    mutating func inserted(slot: Int, hash: Int) {
        let fingerprint = UInt32(truncatingIfNeeded: hash)
        let queue: Queue = ghosts.remove(fingerprint, within: ghostCount) ? .main : .small
        let place = Place(queue: queue, arrival: arrivals, fingerprint: fingerprint)
        if slot < places.count {
            places[slot] = place
        } else {
            while places.count <= slot { places.append(place) }
        }
        if queue == .small { arrivals &+= 1 }
        push(slot, queue)
    }

    @inlinable
    mutating func accessed(slot: Int) {
        let place = places[slot]
        guard place.uses < Self.mostUses else { return }
        if place.queue == .small, 2 * Int(arrivals &- place.arrival) < small.count { return }
        places[slot].uses = place.uses + 1
    }

    @usableFromInline
    mutating func removed(slot: Int) {
        switch places[slot].queue {
        case .small: links.remove(slot, from: &small)
        case .main: links.remove(slot, from: &main)
        }
    }

    @usableFromInline
    mutating func victim() -> Int {
        while true {
            if small.count > 0, main.count == 0 || small.count >= count / 10 {
                let slot = small.oldest
                guard places[slot].uses > 0 else {
                    ghosts.insert(places[slot].fingerprint, among: ghostCount)
                    return slot
                }
                links.remove(slot, from: &small)
                places[slot].uses = 0
                push(slot, .main)
            } else {
                let slot = main.oldest
                guard places[slot].uses > 0 else { return slot }
                links.remove(slot, from: &main)
                places[slot].uses -= 1
                push(slot, .main)
            }
        }
    }

    /// As many ghosts as main has entries when the cache is full.
    private var ghostCount: Int { max(1, count - count / 10) }

    private mutating func push(_ slot: Int, _ queue: Queue) {
        places[slot].queue = queue
        switch queue {
        case .small: links.push(slot, to: &small)
        case .main: links.push(slot, to: &main)
        }
    }
}
