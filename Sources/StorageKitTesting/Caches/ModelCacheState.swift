import StorageKit

/// What caches promise, as plainly as it can be written: the state of a ``ModelCache``.
struct ModelCacheState: Sendable {
    struct Held: Sendable {
        var entry: CacheEntry<Specimen>
        var end: Duration?
        var freshUntil: Duration?
    }

    struct Load: Sendable {
        var number: Int
        var end: Duration
        /// How many clearings of tags there had been when it began.
        var clearings: Int
    }

    struct Floor: Sendable {
        var version: CacheVersion
        var end: Duration
    }

    struct Record: Sendable {
        var held: Held?
        var load: Load?
        var floor: Floor?
        var writers: [Int: Duration] = [:]
        var isContended = false
    }

    var records: [Int: Record] = [:]
    var lastNumber = 0
    /// The clearing that last touched each tag.
    var cleared: [CacheTag: Int] = [:]
    var clearings = 0
    var statistics = CacheStatistics()
    let leaseTime: Duration
    let capacity: Int?
    /// The keys that have entries, the oldest first.
    var order: [Int] = []

    init(leaseTime: Duration, capacity: Int?) {
        self.leaseTime = leaseTime
        self.capacity = capacity
    }

    mutating func nextNumber() -> Int {
        lastNumber += 1
        return lastNumber
    }
}

// MARK: Reading and loading

extension ModelCacheState {
    /// The record without what has ended.
    func record(_ key: Int, _ now: Duration) -> Record {
        var record = records[key] ?? Record()
        if let end = record.held?.end, end <= now { record.held = nil }
        if let load = record.load, load.end <= now { record.load = nil }
        if let floor = record.floor, floor.end <= now { record.floor = nil }
        record.writers = record.writers.filter { $0.value > now }
        if record.writers.isEmpty { record.isContended = false }
        return record
    }

    func entry(_ key: Int, _ now: Duration) -> CacheEntry<Specimen>? {
        guard let held = record(key, now).held else { return nil }
        var entry = held.entry
        entry.timeToLive = held.end.map { $0 - now }
        entry.freshFor = held.freshUntil.map { $0 - now }
        return entry
    }

    mutating func get(_ key: Int, _ now: Duration) -> CacheEntry<Specimen>? {
        let entry = entry(key, now)
        if entry == nil { statistics.misses += 1 } else { statistics.hits += 1 }
        return entry
    }

    mutating func beginLoad(
        _ key: Int, _ demanded: Duration?, _ now: Duration
    ) -> CacheLookup<Specimen, Int> {
        var record = record(key, now)
        guard record.writers.isEmpty else { return .bypass(.writing) }
        if let entry = entry(key, now), entry.isFresh(for: demanded) { return .hit(entry) }
        guard record.load == nil else { return .bypass(.loading) }
        let number = nextNumber()
        record.load = Load(number: number, end: now + leaseTime, clearings: clearings)
        records[key] = record
        return .load(number)
    }

    mutating func publish(
        _ fill: CacheFill<Int, Specimen, Int>, _ now: Duration
    ) -> Bool {
        var record = record(fill.key, now)
        guard let load = record.load, load.number == fill.ticket else {
            statistics.rejectedFills += 1
            return false
        }
        record.load = nil
        records[fill.key] = record
        guard accepts(fill.entry, over: record, load) else {
            statistics.rejectedFills += 1
            return false
        }
        hold(fill.entry, under: fill.key, now)
        statistics.published += 1
        return true
    }

    private func accepts(_ entry: CacheEntry<Specimen>, over record: Record, _ load: Load) -> Bool {
        if entry.tags.contains(where: { cleared[$0, default: 0] > load.clearings }) { return false }
        if let time = entry.timeToLive, time <= .zero { return false }
        if let floor = record.floor, (entry.version.map { $0 < floor.version } ?? true) {
            return false
        }
        guard let held = record.held?.entry.version, let version = entry.version else {
            return true
        }
        return version >= held
    }

    mutating func hold(_ entry: CacheEntry<Specimen>, under key: Int, _ now: Duration) {
        var record = record(key, now)
        record.held = Held(
            entry: entry, end: entry.timeToLive.map { now + $0 },
            freshUntil: entry.freshFor.map { now + $0 })
        records[key] = record
        order.removeAll { $0 == key }
        order.append(key)
        while let capacity, order.count > capacity {
            records[order.removeFirst()]?.held = nil
            statistics.evictions += 1
        }
    }

    mutating func abandon(_ key: Int, _ ticket: Int, _ now: Duration) {
        if records[key]?.load?.number == ticket { records[key]?.load = nil }
    }
}

// MARK: Removing

extension ModelCacheState {
    mutating func removeEntry(_ key: Int) {
        records[key]?.held = nil
        order.removeAll { $0 == key }
    }

    mutating func invalidate(_ key: Int) {
        statistics.invalidations += 1
        removeEntry(key)
        records[key]?.load = nil
    }

    mutating func removeAll() {
        for key in records.keys { invalidate(key) }
    }

    mutating func invalidate(tags: Set<CacheTag>) {
        clearings += 1
        for tag in tags { cleared[tag] = clearings }
        for (key, record) in records {
            guard let held = record.held, !held.entry.tags.isDisjoint(with: tags) else { continue }
            removeEntry(key)
        }
    }
}

// MARK: Writing

extension ModelCacheState {
    mutating func beginWrite(_ key: Int, lasting duration: Duration, _ now: Duration) -> Int {
        invalidate(key)
        var record = record(key, now)
        let number = nextNumber()
        record.writers[number] = now + duration
        if record.writers.count > 1 { record.isContended = true }
        records[key] = record
        return number
    }

    mutating func endWrite(_ end: CacheWriteEnd<Int, Specimen, Int>, _ now: Duration) {
        var record = record(end.key, now)
        let mayLeave = record.writers[end.barrier] != nil && !record.isContended
        record.writers[end.barrier] = nil
        records[end.key] = record
        invalidate(end.key)
        guard mayLeave, let entry = end.entry, entry.timeToLive.map({ $0 > .zero }) ?? true else {
            return
        }
        hold(entry, under: end.key, now)
    }

    mutating func recordWrite(
        _ write: CacheWrite<Int, Specimen>, refusingOlderFor duration: Duration, _ now: Duration
    ) {
        var record = record(write.key, now)
        record.load = nil
        let version = max(record.floor?.version ?? write.version, write.version)
        let end = max(record.floor?.end ?? .zero, now + duration)
        record.floor = end > now ? Floor(version: version, end: end) : nil
        records[write.key] = record
        statistics.invalidations += 1
        guard let held = record.held else { return }
        if let heldVersion = held.entry.version, heldVersion >= write.version { return }
        removeEntry(write.key)
        guard held.entry.version != nil, let entry = write.entry else { return }
        hold(entry, under: write.key, now)
    }
}
