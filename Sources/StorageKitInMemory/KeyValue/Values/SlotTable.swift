internal import StorageKit

/// A hash table that can be visited piece by piece while it changes.
///
/// Values lie in numbered slots, and each bucket names the first slot of a chain:
///
/// ```
///   hash ── highest bits ──▶ buckets  [ 2 │ - │ 0 │ - ]
///                                      │       │
///   slots   0 (key, value) ◀───────────┼───────┘        order of a visit: 0, 1, 2, …
///           1  free                    │
///           2 (key, value) ◀───────────┘─ next ─▶ 3 (key, value)
/// ```
///
/// A value stays in its slot until it is removed, and the slot is then given to the next new key.
/// So whoever visits the slots in their order, however slowly, meets every key that is there all
/// the while, and meets it once: the promise of `SCAN` without its repetitions. Growth builds new
/// buckets and moves no slot; that is why slots are given back only when the table becomes empty.
///
/// Keys come with their hash, which is worked out once; stripes are chosen by its lowest bits and
/// buckets by its highest. It is Swift's own, keyed anew for each process, so nobody can choose
/// keys that collide. Looking up, writing and removing take constant time, amortised.
struct SlotTable<Value: SlotValue>: Sendable {
    typealias Key = HashedKey<ByteString>

    private struct Slot: Sendable {
        var key: Key
        var value: Value
        /// The next slot of the chain, or of the free ones.
        var next: Int32
        var isInUse = true
    }

    private var buckets: [Int32] = []
    private var slots: [Slot] = []
    private var firstFree: Int32 = -1
    private var used: Int32 = 0

    init() {}

    /// How many keys there are.
    var count: Int { Int(used) }

    var isEmpty: Bool { used == 0 }

    /// How many slots there are, free ones included.
    var slotCount: Int { slots.count }

    /// Whether a slot is in use.
    func isInUse(_ slot: Int) -> Bool { slots[slot].isInUse }

    /// The value in a slot.
    subscript(slot: Int) -> Value {
        _read { yield slots[slot].value }
        _modify { yield &slots[slot].value }
    }

    /// A part of the value in a slot, read where it lies: the whole may cost a copy.
    func part<Part>(ofSlot slot: Int, _ read: (borrowing Value) -> Part) -> Part {
        slots.withUnsafeBufferPointer { read($0[slot].value) }
    }

    /// The value of a key.
    subscript(key: Key) -> Value? { slot(of: key).map { slots[$0].value } }

    /// Where a key's value lies.
    func slot(of key: Key) -> Int? {
        guard used > 0 else { return nil }
        var slot = buckets[bucket(of: key)]
        while slot >= 0 {
            if slots[Int(slot)].key == key { return Int(slot) }
            slot = slots[Int(slot)].next
        }
        return nil
    }

    /// The highest bits of the hash, as many as tell the buckets apart.
    private func bucket(of key: Key) -> Int {
        Int(UInt(bitPattern: key.hash) >> UInt(buckets.count.leadingZeroBitCount + 1))
    }
}

/// What a slot can hold.
protocol SlotValue: Sendable {
    /// What lies in a slot that is free: small, so that nothing is kept alive.
    static var vacant: Self { get }
}

// MARK: Changes

extension SlotTable {
    /// Adds a key that is not there yet.
    mutating func insert(_ value: Value, for key: Key) {
        if slots.count >= buckets.count, firstFree < 0 { grow() }
        let place = makeSlot(Slot(key: key, value: value, next: -1))
        link(place)
        used += 1
    }

    /// Writes the value of a key.
    ///
    /// - Returns: Whether the key is new.
    @discardableResult
    mutating func update(_ value: Value, for key: Key) -> Bool {
        if let slot = slot(of: key) {
            slots[slot].value = value
            return false
        }
        insert(value, for: key)
        return true
    }

    /// Frees a slot that is in use.
    mutating func remove(slot: Int) {
        unlink(Int32(slot))
        slots[slot] = Slot(
            key: Key(vacant: ()), value: .vacant, next: firstFree, isInUse: false)
        firstFree = Int32(slot)
        used -= 1
        if used == 0 { self = SlotTable() }
    }

    /// Removes a key.
    ///
    /// - Returns: Whether it was there.
    mutating func remove(_ key: Key) -> Bool {
        guard let slot = slot(of: key) else { return false }
        remove(slot: slot)
        return true
    }

    private mutating func makeSlot(_ slot: Slot) -> Int32 {
        guard firstFree >= 0 else {
            slots.append(slot)
            return Int32(slots.count - 1)
        }
        let place = firstFree
        firstFree = slots[Int(place)].next
        slots[Int(place)] = slot
        return place
    }

    private mutating func link(_ place: Int32) {
        let bucket = bucket(of: slots[Int(place)].key)
        slots[Int(place)].next = buckets[bucket]
        buckets[bucket] = place
    }

    private mutating func unlink(_ place: Int32) {
        let bucket = bucket(of: slots[Int(place)].key)
        let next = slots[Int(place)].next
        if buckets[bucket] == place {
            buckets[bucket] = next
            return
        }
        var before = Int(buckets[bucket])
        while slots[before].next != place { before = Int(slots[before].next) }
        slots[before].next = next
    }

    /// Doubles the buckets; every slot is in use.
    private mutating func grow() {
        buckets = [Int32](repeating: -1, count: max(4, 2 * buckets.count))
        for place in slots.indices { link(Int32(place)) }
    }
}

// MARK: Visits

extension SlotTable {
    func forEach(_ body: (ByteString, Value) -> Void) {
        for slot in slots where slot.isInUse { body(slot.key.key, slot.value) }
    }

    /// Visits keys in the order of their slots.
    ///
    /// - Parameters:
    ///   - start: The first slot to look at.
    ///   - limit: How many keys to visit. It goes past at most 16 times as many slots, so that a
    ///     table that was emptied does not make one call long.
    /// - Returns: How many keys were visited, and the slot to go on at if there are more.
    func visit(
        from start: Int, limit: Int, _ body: (ByteString, Value) -> Void
    ) -> (visited: Int, next: Int?) {
        let width = limit.multipliedReportingOverflow(by: 16)
        let rest = max(0, slots.count - start)
        let end = start + (width.overflow ? rest : min(rest, width.partialValue))
        var (slot, visited) = (start, 0)
        while slot < end, visited < limit {
            if slots[slot].isInUse {
                body(slots[slot].key.key, slots[slot].value)
                visited += 1
            }
            slot += 1
        }
        return (visited, slot < slots.count ? slot : nil)
    }
}

extension HashedKey<ByteString> {
    /// What lies in a free slot; its hash is nobody's business.
    fileprivate init(vacant: Void) { self.init(key: ByteString(), hash: 0) }
}
