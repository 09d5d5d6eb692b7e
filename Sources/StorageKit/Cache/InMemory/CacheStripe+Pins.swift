extension CacheStripe {
    /// Pins a key; says whether there was room for another pin.
    @usableFromInline
    mutating func pin(_ key: HashedKey<Key>) -> Bool {
        guard !pins.contains(key) else { return true }
        guard pins.count < limits.capacity else { return false }
        pins.insert(key)
        if let slot = index[key], let weight = slots[slot]?.weight {
            marks[slot].isPinned = true
            pinnedWeight += weight
            policy.removed(slot: slot)
        }
        return true
    }

    /// Lets the key's entry be evicted again.
    @usableFromInline
    mutating func unpin(_ key: HashedKey<Key>) {
        guard pins.remove(key) != nil, let slot = index[key], let weight = slots[slot]?.weight
        else { return }
        marks[slot].isPinned = false
        pinnedWeight -= weight
        policy.inserted(slot: slot, hash: key.hash)
    }
}
