// What `BarrierCache` and `VersionedCache` ask for.

extension CacheStripe {
    @usableFromInline
    mutating func beginWrite(
        _ key: HashedKey<Key>, lasting duration: Duration, now: Duration
    ) -> Barrier {
        invalidate(key)
        barrierSweep.sweep(&barriers) { $0.isAlive(at: now) }
        var record = BarrierRecord()
        if let other = barriers[key], other.isAlive(at: now) {
            record = other
            record.writers.removeAll { $0.deadline <= now }
            record.isContended = true
        }
        let number = nextNumber()
        record.writers.append(
            .init(number: number, deadline: now + duration, clearings: clearings))
        barriers[key] = record
        return Barrier(number: number)
    }

    @usableFromInline
    mutating func endWrite(
        _ key: HashedKey<Key>, _ barrier: Barrier, leaving entry: CacheEntry<Value>?,
        weight: Int = 1, now: Duration
    ) {
        let writer = barriers[key]?.remove(barrier.number, now: now)
        let record = barriers[key]
        if record?.writers.isEmpty ?? false { barriers[key] = nil }
        guard let writer else { return invalidate(key) }
        guard let record, record.writers.isEmpty, !record.isContended, let entry else { return }
        let stored = StoredEntry(
            entry, of: key, weight: weight, clearings: writer.clearings, now: now)
        _ = fill(stored, now: now)
    }

    /// Whether somebody writes under a barrier.
    @inlinable
    func isWritten(_ key: HashedKey<Key>, now: Duration) -> Bool {
        !barriers.isEmpty && (barriers[key]?.isAlive(at: now) ?? false)
    }
}

extension CacheStripe {
    @usableFromInline
    mutating func recordWrite(
        _ key: HashedKey<Key>, _ version: CacheVersion, leaving entry: CacheEntry<Value>?,
        weight: Int = 1, refusingOlderFor duration: Duration, now: Duration
    ) {
        statistics.invalidations += 1
        loads[key] = nil
        barriers[key]?.isContended = true
        raiseFloor(of: key, to: version, lasting: duration, now: now)
        guard let held = find(key, now: now)?.entry else { return }
        if let heldVersion = held.version, heldVersion >= version { return }
        guard held.version != nil, var entry else { return drop(key, .invalidated) }
        entry.version = version
        // As if the load of the older one had found it: what was cleared since stays cleared.
        let stored = StoredEntry(
            entry, of: key, weight: weight, clearings: held.clearings, now: now)
        if !fill(stored, now: now) { drop(key, .invalidated) }
    }

    /// Refuses what is older for a while.
    ///
    /// When there are more floors than are remembered they are forgotten, and nothing at all is
    /// filled until the last of them would have ended: slower, not wrong.
    @usableFromInline
    mutating func raiseFloor(
        of key: HashedKey<Key>, to version: CacheVersion, lasting duration: Duration, now: Duration
    ) {
        guard duration > .zero else { return }
        floorSweep.sweep(&floors) { now < $0.end }
        var floor = VersionFloor(version: version, end: now + duration)
        if let older = floors[key], now < older.end {
            floor.version = max(version, older.version)
            floor.end = max(floor.end, older.end)
        }
        floors[key] = floor
        guard floors.count > limits.floors else { return }
        floors = floors.filter { now < $0.value.end }
        guard floors.count > limits.floors else { return }
        closedUntil = max(closedUntil ?? now, floors.values.map(\.end).max() ?? now)
        floors.removeAll()
    }

    @inlinable
    func isClosed(now: Duration) -> Bool { closedUntil.map { now < $0 } ?? false }
}
