// MARK: Without a barrier

extension SharedCacheRecord {
    /// Removes the entry and the registered load; keeps barriers, which are contended then, and
    /// floors, that of the entry as well.
    public static func invalidate(
        _ record: Self?, at moment: SharedCacheMoment
    ) -> SharedCacheStep<Void> {
        guard case .barrier(var barrier)? = record, moment.now < barrier.lastEnd else {
            return SharedCacheStep(record?.floor?.alive(at: moment.now), ())
        }
        barrier.isContended = true
        return SharedCacheStep(.barrier(barrier), ())
    }

    /// Does for one key what ``VersionedCache`` says of a write.
    ///
    /// - Parameters:
    ///   - version: What was committed.
    ///   - deposit: What may take the place of an entry with an older version.
    ///   - duration: For how long fills of older versions are refused.
    public static func recordWrite(
        _ record: Self?, _ version: CacheVersion, _ deposit: SharedCacheDeposit?,
        refusingOlderFor duration: Duration, at moment: SharedCacheMoment
    ) -> SharedCacheStep<Void> {
        var floor = Floor(version: version, end: moment.now.after(duration))
        switch record {
        case .barrier(var barrier) where moment.now < barrier.lastEnd:
            barrier.isContended = true
            barrier.floor = floor.raised(by: barrier.floor, at: moment.now)
            return SharedCacheStep(.barrier(barrier), ())
        case .entry(let entry) where moment.counts(entry) == true:
            floor.end = max(floor.end, entry.floorEnd)
            if let next = entry.succeeded(by: deposit, floor, at: moment.now) {
                return SharedCacheStep(.entry(next), ())
            }
            floor.version = max(version, entry.content.version ?? version)
            return SharedCacheStep(floor.alive(at: moment.now), ())
        default:
            let floor = floor.raised(by: record?.floor, at: moment.now)
            return SharedCacheStep(floor?.alive(at: moment.now), ())
        }
    }

    /// The floor that a record carries.
    var floor: Floor? {
        switch self {
        case .lease(let lease): lease.floor
        case .barrier(let barrier): barrier.floor
        case .floor(let floor): floor
        case .entry(let entry): entry.floor
        }
    }
}

// MARK: With a barrier

extension SharedCacheRecord {
    /// Removes the entry and the registered load and sets a barrier, or joins the one that is
    /// there.
    public static func beginWrite(
        _ record: Self?, _ writer: Load, at moment: SharedCacheMoment
    ) -> SharedCacheStep<Void> {
        let floor = record?.floor?.living(at: moment.now)
        guard case .barrier(var barrier)? = record, moment.now < barrier.lastEnd else {
            let barrier = Barrier(writers: [writer], epoch: moment.epoch, floor: floor)
            return SharedCacheStep(.barrier(barrier), ())
        }
        // One that counts as dead may be alive and commit later, so it contends as well.
        barrier.isContended = true
        barrier.floor = floor
        barrier.writers = barrier.writers.filter { moment.now < $0.end } + [writer]
        return SharedCacheStep(.barrier(barrier), ())
    }

    /// Ends a writer's barrier and leaves its entry behind where that is safe.
    ///
    /// Where the barrier is gone it is an ``invalidate(_:at:)``.
    public static func endWrite(
        _ record: Self?, _ token: SharedCacheToken, _ deposit: SharedCacheDeposit?,
        at moment: SharedCacheMoment
    ) -> SharedCacheStep<Void> {
        guard case .barrier(var barrier)? = record,
            let writer = barrier.writers.first(where: { $0.token == token }),
            moment.now < writer.end
        else { return invalidate(record, at: moment) }
        barrier.writers.removeAll { $0.token == token || $0.end <= moment.now }
        guard barrier.writers.isEmpty else {
            barrier.isContended = true
            return SharedCacheStep(.barrier(barrier), ())
        }
        let rest = barrier.floor?.alive(at: moment.now)
        guard !barrier.isContended, let deposit else { return SharedCacheStep(rest, ()) }
        let step = deposited(
            deposit, barrier.epoch, over: barrier.floor, orElse: rest, at: moment)
        return SharedCacheStep(step.record, ())
    }
}

// MARK: Versions

extension SharedCacheRecord.Floor {
    /// The higher version until the later end; `nil` when it is over.
    ///
    /// The higher one may last a little longer than it was to: that refuses fills, nothing else.
    func raised(by other: Self?, at now: SharedCacheInstant) -> Self? {
        guard let other = other?.living(at: now) else { return living(at: now) }
        return Self(version: max(version, other.version), end: max(end, other.end))
    }
}

extension SharedCacheRecord.Entry {
    /// What whoever removes the entry leaves behind.
    ///
    /// Of its own version, though the write that set the floor may have been an older one: that
    /// refuses fills, nothing else.
    var floor: SharedCacheRecord.Floor? {
        content.version.map { SharedCacheRecord.Floor(version: $0, end: floorEnd) }
    }

    /// The entry as one that carries a floor on; `nil` where it is older, or would end before the
    /// floor and take it along.
    func standing(on floor: SharedCacheRecord.Floor?, at now: SharedCacheInstant) -> Self? {
        guard let floor = floor?.living(at: now) else { return self }
        guard !content.version.isOlder(than: floor.version), floor.end <= end else { return nil }
        var entry = self
        entry.floorEnd = floor.end
        return entry
    }

    /// What stays of the entry after the write that a floor tells of; `nil` for nothing.
    ///
    /// It keeps its epoch, and so its load's beginning: what was cleared since stays cleared. One
    /// without a version may have been read after a newer write, so nothing is put in its place.
    func succeeded(
        by deposit: SharedCacheDeposit?, _ floor: SharedCacheRecord.Floor,
        at now: SharedCacheInstant
    ) -> Self? {
        guard let held = content.version else { return nil }
        if held >= floor.version { return withoutRefresh.standing(on: floor, at: now) }
        guard var deposit else { return nil }
        deposit.content.version = floor.version
        return deposit.entry(epoch, over: floor, at: now)
    }
}
