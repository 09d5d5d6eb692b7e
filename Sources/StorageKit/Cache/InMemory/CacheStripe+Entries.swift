// MARK: Looking up

extension CacheStripe {
    /// The slot of the key's entry; removes an entry that counts no more.
    @inlinable
    mutating func find(_ key: HashedKey<Key>, now: Duration) -> Int? {
        guard let slot = index[key] else { return nil }
        guard let cause = ending(of: slot, now: now) else { return slot }
        count(cause)
        remove(slot, cause)
        return nil
    }

    /// Why the entry in the slot counts no more, if it does not.
    @inlinable
    mutating func ending(of slot: Int, now: Duration) -> CacheRemovalCause? {
        if let deadline = slots[slot]?.deadline, deadline <= now { return .expired }
        if let timeToIdle = limits.timeToIdle, let lastUse = slots[slot]?.lastUse,
            timeToIdle <= now - lastUse
        {
            return .idle
        }
        return isCleared(slot) ? .invalidated : nil
    }

    @inlinable
    mutating func count(_ cause: CacheRemovalCause) {
        switch cause {
        case .expired: statistics.expirations += 1
        case .idle: statistics.idleRemovals += 1
        default: statistics.invalidations += 1
        }
    }

    /// Notes that the entry was used, and gives it.
    @inlinable
    mutating func use(_ slot: Int, now: Duration) -> CacheEntry<Value>? {
        if limits.timeToIdle != nil { slots[slot]?.lastUse = now }
        if slots[slot]?.isPinned == false { policy.accessed(slot: slot) }
        return slots[slot]?.answer(at: now)
    }

    @inlinable
    func isFresh(_ slot: Int, for demanded: Duration?, now: Duration) -> Bool {
        guard let demanded, let entry = slots[slot] else { return false }
        guard let end = entry.freshUntil ?? entry.deadline else { return true }
        return end - now > demanded
    }
}

// MARK: Storing

extension CacheStripe {
    /// Stores what a load or a writer found, unless something newer is known.
    @inlinable
    mutating func fill(_ entry: StoredEntry<Key, Value>, now: Duration) -> Bool {
        guard !isOutdated(entry, now: now) else {
            statistics.rejectedFills += 1
            return false
        }
        return store(entry, now: now)
    }

    /// Whether a newer version is in the cache or known of, or one of the tags was cleared after
    /// the load of the entry had begun.
    @inlinable
    mutating func isOutdated(_ entry: StoredEntry<Key, Value>, now: Duration) -> Bool {
        if isClosed(now: now) || isCleared(entry) { return true }
        if floors[entry.key]?.refuses(entry.version, at: now) ?? false { return true }
        guard let version = entry.version, let slot = find(entry.key, now: now),
            let held = slots[slot]?.version
        else { return false }
        return version < held
    }

    /// Puts the entry in place of the key's older one, and others out if there is no room.
    ///
    /// What cannot be kept goes all the same in place of an older one: that one is known to be
    /// outdated. It pushes nobody else out.
    ///
    /// - Returns: Whether it is there now.
    @inlinable
    mutating func store(_ entry: StoredEntry<Key, Value>, now: Duration) -> Bool {
        if let slot = index[entry.key] {
            statistics.replacements += 1
            remove(slot, .replaced)
        }
        if let deadline = entry.deadline, deadline <= now { return false }
        guard hasRoom(for: entry) else {
            statistics.refusedEntries += 1
            report(entry, .tooHeavy)
            return false
        }
        while index.count >= limits.capacity || entry.weight > limits.maximumWeight - weight {
            statistics.evictions += 1
            remove(policy.victim(), .evicted)
        }
        insert(entry)
        statistics.published += 1
        return true
    }

    /// Whether it fits beside the pinned entries.
    @inlinable
    func hasRoom(for entry: StoredEntry<Key, Value>) -> Bool {
        index.count - policy.count < limits.capacity
            && entry.weight <= limits.maximumWeight - pinnedWeight
    }

    @inlinable
    mutating func insert(_ entry: StoredEntry<Key, Value>) {
        let slot = emptySlot()
        let isPinned = pins.contains(entry.key)
        slots[slot] = entry
        slots[slot]?.isPinned = isPinned
        index[entry.key] = slot
        weight += entry.weight
        if isPinned {
            pinnedWeight += entry.weight
        } else {
            policy.inserted(slot: slot, hash: entry.key.hash)
        }
    }

    @inlinable
    mutating func emptySlot() -> Int {
        if let slot = free.popLast() { return slot }
        slots.append(nil)
        return slots.count - 1
    }
}

// MARK: Removing

extension CacheStripe {
    @inlinable
    mutating func drop(_ key: HashedKey<Key>, _ cause: CacheRemovalCause) {
        if let slot = index[key] { remove(slot, cause) }
    }

    @inlinable
    mutating func remove(_ slot: Int, _ cause: CacheRemovalCause) {
        guard let entry = slots[slot] else { return }
        slots[slot] = nil
        index[entry.key] = nil
        free.append(slot)
        weight -= entry.weight
        if entry.isPinned {
            pinnedWeight -= entry.weight
        } else {
            policy.removed(slot: slot)
        }
        report(entry, cause)
    }

    @inlinable
    mutating func report(
        _ entry: StoredEntry<Key, Value>, _ cause: CacheRemovalCause
    ) {
        removed.append(Removal(key: entry.key.key, value: entry.value, cause: cause))
    }
}
