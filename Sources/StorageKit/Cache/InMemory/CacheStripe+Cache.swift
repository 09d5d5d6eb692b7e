// What `Cache` asks for.

extension CacheStripe {
    @inlinable
    mutating func get(_ key: HashedKey<Key>, now: Duration) -> CacheEntry<Value>? {
        guard let (slot, entry) = find(key, now: now) else {
            statistics.misses += 1
            return nil
        }
        statistics.hits += 1
        used(slot, now: now)
        return entry.answer(at: now)
    }

    @inlinable
    mutating func beginLoad(
        _ key: HashedKey<Key>, unlessFreshFor demanded: Duration? = .zero, now: Duration
    ) -> CacheLookup<Value, Ticket> {
        if let (slot, entry) = find(key, now: now), entry.isFresh(for: demanded, at: now) {
            used(slot, now: now)
            return .hit(entry.answer(at: now))
        }
        if limits.capacity == 0 || isClosed(now: now) { return .bypass(.closed) }
        if isWritten(key, now: now) { return .bypass(.writing) }
        if let load = loads[key], now < load.deadline { return .bypass(.loading) }
        return .load(register(key, now: now))
    }

    @inlinable
    mutating func publish(
        _ entry: CacheEntry<Value>, weight: Int = 1, for key: HashedKey<Key>, ticket: Ticket,
        now: Duration
    ) -> Bool {
        guard let load = end(key, ticket) else {
            statistics.rejectedFills += 1
            return false
        }
        let stored = StoredEntry(
            entry, of: key, weight: weight, clearings: load.clearings, now: now)
        return fill(stored, now: now)
    }

    @inlinable
    mutating func abandonLoad(_ key: HashedKey<Key>, ticket: Ticket) { _ = end(key, ticket) }

    @inlinable
    mutating func invalidate(_ key: HashedKey<Key>) {
        statistics.invalidations += 1
        loads[key] = nil
        barriers[key]?.isContended = true
        drop(key, .invalidated)
    }

    /// Removes everything but barriers, floors and pins.
    @inlinable
    mutating func removeAll() {
        loads.removeAll()
        for key in barriers.keys { barriers[key]?.isContended = true }
        statistics.invalidations += index.count
        for slot in index.values { remove(slot, .cleared) }
    }
}

// MARK: Registered loads

extension CacheStripe {
    @inlinable
    mutating func register(_ key: HashedKey<Key>, now: Duration) -> Ticket {
        loadSweep.sweep(&loads) { now < $0.deadline }
        let ticket = Ticket(number: nextNumber())
        loads[key] = Registration(
            ticket: ticket, deadline: now + limits.leaseTime, clearings: clearings)
        return ticket
    }

    /// Ends the key's load if this is its ticket.
    @inlinable
    mutating func end(_ key: HashedKey<Key>, _ ticket: Ticket) -> Registration? {
        guard let load = loads[key], load.ticket == ticket else { return nil }
        loads[key] = nil
        return load
    }

    @inlinable
    mutating func nextNumber() -> UInt64 {
        lastNumber += 1
        return lastNumber
    }
}
