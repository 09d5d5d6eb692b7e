import StorageKit

extension PlainCache.Contents {
    mutating func number() -> Int {
        lastNumber += 1
        return lastNumber
    }

    mutating func remove(_ key: Int) {
        entries[key] = nil
        loads[key] = nil
    }

    func entry(_ key: Int, now: Duration) -> CacheEntry<Note>? {
        guard let stored = entries[key] else { return nil }
        var entry = stored.entry
        let age = now - stored.storedAt
        entry.timeToLive = entry.timeToLive.map { $0 - age }
        entry.freshFor = entry.freshFor.map { $0 - age }
        if let left = entry.timeToLive, left <= .zero { return nil }
        return entry
    }

    mutating func isBarred(_ key: Int, now: Duration) -> Bool {
        barriers[key] = barriers[key]?.filter { now < $0.value }
        if barriers[key]?.isEmpty == true { barriers[key] = nil }
        return barriers[key] != nil
    }

    mutating func served(_ key: Int, now: Duration) -> CacheEntry<Note>? {
        isBarred(key, now: now) ? nil : entry(key, now: now)
    }

    mutating func begin(
        _ key: Int, _ demanded: Duration?, now: Duration
    ) -> CacheLookup<Note, Int> {
        if isBarred(key, now: now) { return .bypass(.writing) }
        if let entry = entry(key, now: now), entry.isFresh(for: demanded) { return .hit(entry) }
        if loads[key] != nil { return .bypass(.loading) }
        let ticket = number()
        loads[key] = ticket
        return .load(ticket)
    }

    mutating func publish(_ fill: CacheFill<Int, Note, Int>, now: Duration) -> Bool {
        guard loads[fill.key] == fill.ticket else { return false }
        loads[fill.key] = nil
        if let floor = floors[fill.key], now < floor.until,
            fill.entry.version.map({ $0 < floor.version }) ?? true
        {
            return false
        }
        if let old = entry(fill.key, now: now)?.version, let new = fill.entry.version, new < old {
            return false
        }
        entries[fill.key] = PlainCache.Entry(entry: fill.entry, storedAt: now)
        return true
    }

    mutating func bar(_ key: Int, until: Duration, now: Duration) -> Int {
        if isBarred(key, now: now) { contended.insert(key) } else { contended.remove(key) }
        let barrier = number()
        barriers[key, default: [:]][barrier] = until
        return barrier
    }

    mutating func end(_ write: CacheWriteEnd<Int, Note, Int>, now: Duration) {
        let held = isBarred(write.key, now: now) && barriers[write.key]?[write.barrier] != nil
        barriers[write.key]?[write.barrier] = nil
        if isBarred(write.key, now: now) { return }
        remove(write.key)
        guard held, !contended.contains(write.key), let entry = write.entry else { return }
        entries[write.key] = PlainCache.Entry(entry: entry, storedAt: now)
    }

    mutating func record(_ write: CacheWrite<Int, Note>, _ duration: Duration, now: Duration) {
        loads[write.key] = nil
        if duration > .zero { floors[write.key] = (write.version, now + duration) }
        guard let old = entry(write.key, now: now) else { return }
        if let version = old.version, version >= write.version { return }
        entries[write.key] = nil
        guard old.version != nil, let entry = write.entry else { return }
        entries[write.key] = PlainCache.Entry(entry: entry, storedAt: now)
    }
}
