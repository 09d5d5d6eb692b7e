// MARK: Registered loads

extension CacheStripe {
    @inlinable
    mutating func register(_ key: HashedKey<Key>, now: Duration) -> Ticket {
        if loads.count >= sweepThreshold { sweepLoads(now: now) }
        lastTicket += 1
        let ticket = Ticket(number: lastTicket)
        loads[key] = Registration(ticket: ticket, deadline: now + leaseTime)
        return ticket
    }

    /// Ends the key's load if this is its ticket.
    @inlinable
    mutating func end(_ key: HashedKey<Key>, _ ticket: Ticket) -> Bool {
        guard loads[key]?.ticket == ticket else { return false }
        loads[key] = nil
        return true
    }

    @inlinable
    mutating func sweepLoads(now: Duration) {
        loads = loads.filter { now < $0.value.deadline }
        sweepThreshold = max(64, 2 * loads.count)
    }
}

// MARK: Entries

extension CacheStripe {
    @inlinable
    mutating func lookUp(_ key: HashedKey<Key>, now: Duration) -> CacheEntry<Value>? {
        guard let slot = index[key], let entry = slots[slot] else { return nil }
        if let deadline = entry.deadline, deadline <= now {
            statistics.expirations += 1
            remove(slot)
            return nil
        }
        policy.accessed(slot: slot)
        return CacheEntry(entry.value, timeToLive: entry.deadline.map { $0 - now })
    }

    @inlinable
    mutating func store(_ entry: Entry) {
        if let slot = index[entry.key] { remove(slot) }
        if index.count >= capacity {
            statistics.evictions += 1
            remove(policy.victim())
        }
        let slot = emptySlot()
        slots[slot] = entry
        index[entry.key] = slot
        policy.inserted(slot: slot, hash: entry.key.hash)
    }

    @inlinable
    mutating func emptySlot() -> Int {
        if let slot = free.popLast() { return slot }
        slots.append(nil)
        return slots.count - 1
    }

    @inlinable
    mutating func remove(_ slot: Int) {
        guard let entry = slots[slot] else { return }
        slots[slot] = nil
        index[entry.key] = nil
        free.append(slot)
        policy.removed(slot: slot)
        removed.append(entry)
    }
}
