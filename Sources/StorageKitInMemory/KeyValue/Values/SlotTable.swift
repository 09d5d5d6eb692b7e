/// A hash table that can be visited piece by piece while it changes.
///
/// Values lie in numbered slots; a dictionary knows the slot of each key. A value stays in its slot
/// until it is removed, and the slot is then given to the next new key. So whoever visits the slots
/// in their order, however slowly, meets every key that is there all the while, and meets it once:
/// the promise of `SCAN` without its repetitions. Neither growth nor removal of others moves
/// anything, which is why slots are given back only when the table becomes empty.
///
/// Looking up, writing and removing take constant time, amortised.
struct SlotTable<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private struct Slot: Sendable {
        let key: Key
        var value: Value
    }

    private var index: [Key: Int] = [:]
    private var slots: [Slot?] = []
    private var free: [Int] = []

    init() {}

    /// How many keys there are.
    var count: Int { index.count }

    var isEmpty: Bool { index.isEmpty }

    /// How many slots there are, free ones included.
    var slotCount: Int { slots.count }

    /// Where a key's value lies.
    func slot(of key: Key) -> Int? { index[key] }

    /// The value in a slot that is in use.
    subscript(slot: Int) -> Value {
        get { slots[slot]!.value }
        _modify { yield &slots[slot]!.value }
    }

    /// The value in a slot, or `nil` when the slot is free.
    func value(at slot: Int) -> Value? { slots[slot]?.value }

    /// The value of a key.
    subscript(key: Key) -> Value? { index[key].flatMap { slots[$0]?.value } }

    /// Adds a key that is not there yet.
    mutating func insert(_ value: Value, for key: Key) {
        let slot = Slot(key: key, value: value)
        if let place = free.popLast() {
            slots[place] = slot
            index[key] = place
        } else {
            index[key] = slots.count
            slots.append(slot)
        }
    }

    /// Writes the value of a key.
    ///
    /// - Returns: Whether the key is new.
    @discardableResult
    mutating func update(_ value: Value, for key: Key) -> Bool {
        if let slot = index[key] {
            slots[slot]!.value = value
            return false
        }
        insert(value, for: key)
        return true
    }

    /// Frees a slot that is in use.
    mutating func remove(slot: Int) {
        guard let key = slots[slot].take()?.key else { return }
        index[key] = nil
        free.append(slot)
        if index.isEmpty { self = SlotTable() }
    }

    /// Removes a key.
    ///
    /// - Returns: Whether it was there.
    mutating func remove(_ key: Key) -> Bool {
        guard let slot = index[key] else { return false }
        remove(slot: slot)
        return true
    }

    func forEach(_ body: (Key, Value) -> Void) {
        for slot in slots {
            if let slot { body(slot.key, slot.value) }
        }
    }

    /// Visits keys in the order of their slots.
    ///
    /// - Parameters:
    ///   - start: The first slot to look at.
    ///   - limit: How many keys to visit. It goes past at most 16 times as many slots, so that a
    ///     table that was emptied does not make one call long.
    /// - Returns: How many keys were visited, and the slot to go on at if there are more.
    func visit(
        from start: Int, limit: Int, _ body: (Key, Value) -> Void
    ) -> (visited: Int, next: Int?) {
        let width = limit.multipliedReportingOverflow(by: 16)
        let rest = max(0, slots.count - start)
        let end = start + (width.overflow ? rest : min(rest, width.partialValue))
        var (slot, visited) = (start, 0)
        while slot < end, visited < limit {
            if let found = slots[slot] {
                body(found.key, found.value)
                visited += 1
            }
            slot += 1
        }
        return (visited, slot < slots.count ? slot : nil)
    }
}
