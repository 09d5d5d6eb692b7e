// MARK: Looking up

extension CacheStripe {
    /// The key's entry and its slot; removes an entry that counts no more.
    @inlinable
    mutating func find(
        _ key: HashedKey<Key>, now: Duration
    ) -> (slot: Int, entry: StoredEntry<Key, Value>)? {
        guard let slot = index[key], let entry = slots[slot] else { return nil }
        guard let cause = ending(of: entry, in: slot, now: now) else { return (slot, entry) }
        count(cause)
        remove(slot, cause)
        return nil
    }

    /// Why the entry in the slot counts no more, if it does not.
    @inlinable
    mutating func ending(
        of entry: StoredEntry<Key, Value>, in slot: Int, now: Duration
    ) -> CacheRemovalCause? {
        if let deadline = entry.deadline, deadline <= now { return .expired }
        if let timeToIdle = limits.timeToIdle, timeToIdle <= now - marks[slot].lastUse {
            return .idle
        }
        return isCleared(entry, in: slot) ? .invalidated : nil
    }

    @inlinable
    mutating func count(_ cause: CacheRemovalCause) {
        switch cause {
        case .expired: statistics.expirations += 1
        case .idle: statistics.idleRemovals += 1
        default: statistics.invalidations += 1
        }
    }

    /// Notes that the entry in the slot was used.
    @inlinable
    mutating func used(_ slot: Int, now: Duration) {
        if limits.timeToIdle != nil { marks[slot].lastUse = now }
        if !marks[slot].isPinned { policy.accessed(slot: slot) }
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
        guard let version = entry.version,
            let held = find(entry.key, now: now)?.entry.version
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
        insert(entry, now: now)
        statistics.published += 1
        return true
    }

    /// Whether it fits beside the pinned entries.
    @inlinable
    func hasRoom(for entry: StoredEntry<Key, Value>) -> Bool {
        index.count - policy.count < limits.capacity
            && entry.weight <= min(limits.maximumEntryWeight, limits.maximumWeight - pinnedWeight)
    }

    @inlinable
    mutating func insert(_ entry: StoredEntry<Key, Value>, now: Duration) {
        let isPinned = pins.contains(entry.key)
        let slot = place(
            entry, SlotMarks(survived: entry.clearings, lastUse: now, isPinned: isPinned))
        index[entry.key] = slot
        weight += entry.weight
        if isPinned {
            pinnedWeight += entry.weight
        } else {
            policy.inserted(slot: slot, hash: entry.key.hash)
        }
    }

    /// Puts the entry in an empty slot.
    @inlinable
    mutating func place(_ entry: StoredEntry<Key, Value>, _ marks: SlotMarks) -> Int {
        guard let slot = free.popLast() else {
            slots.append(entry)
            self.marks.append(marks)
            return slots.count - 1
        }
        slots[slot] = entry
        self.marks[slot] = marks
        return slot
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
        if marks[slot].isPinned {
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
