// MARK: Looking up

extension SharedCacheRecord {
    /// Looks a key up; where there is nothing it may register a load at once.
    ///
    /// - Parameter load: The load to register where there is no entry and nobody loads or writes;
    ///   `nil` changes nothing but the epoch of an entry whose tags were looked at.
    public static func lookUp(
        _ record: Self?, leasing load: Load?, at moment: SharedCacheMoment
    ) -> SharedCacheStep<SharedCacheFinding> {
        switch living(record, at: moment) {
        case .unsure(let entry):
            SharedCacheStep(record, .unsure(entry.content.tags))
        case .entry(let entry):
            SharedCacheStep(.entry(entry.confirmed(at: moment)), .entry(entry))
        case .none(let bypass, let floor):
            if bypass == nil, let load {
                SharedCacheStep(
                    .lease(Lease(load: load, epoch: moment.epoch, floor: floor)), .leased)
            } else {
                SharedCacheStep(record, .nothing(bypass))
            }
        }
    }

    /// Looks a key up once more and registers a load if there is no entry that is fresh enough.
    ///
    /// - Parameter demanded: For how much longer than this an entry has to be fresh; `nil` to load
    ///   whatever is there.
    public static func beginLoad(
        _ record: Self?, _ load: Load, unlessFreshFor demanded: Duration?,
        at moment: SharedCacheMoment
    ) -> SharedCacheStep<SharedCacheFinding> {
        guard case .entry(var entry) = living(record, at: moment) else {
            return lookUp(record, leasing: load, at: moment)
        }
        entry = entry.confirmed(at: moment)
        if entry.isFresh(for: demanded, at: moment.now) {
            return SharedCacheStep(.entry(entry), .entry(entry))
        }
        if let refresh = entry.refresh, moment.now < refresh.end {
            return SharedCacheStep(.entry(entry), .nothing(.loading))
        }
        entry.refresh = nil
        entry = entry.confirmed(at: moment)
        entry.refresh = load
        return SharedCacheStep(.entry(entry), .leased)
    }
}

// MARK: Ending loads

extension SharedCacheRecord {
    /// Stores what a load found, if it is still the registered one, and ends it.
    ///
    /// - Returns: Whether it was stored and is known to count: no tag was invalidated since the
    ///   load was registered, or it has none. Otherwise what was read may be older than what a
    ///   tag's invalidation has promised to those who joined the load after it.
    public static func publish(
        _ record: Self?, _ token: SharedCacheToken, _ deposit: SharedCacheDeposit,
        at moment: SharedCacheMoment
    ) -> SharedCacheStep<Bool> {
        switch record {
        case .lease(let lease) where lease.load.token == token:
            let rest = lease.floor?.alive(at: moment.now)
            guard moment.now < lease.load.end else { return SharedCacheStep(rest, false) }
            return deposited(deposit, lease.epoch, over: lease.floor, orElse: rest, at: moment)
        case .entry(let entry) where entry.refresh?.token == token:
            guard moment.now < entry.end else { return SharedCacheStep(nil, false) }
            let rest = entry.withoutRefresh
            guard let load = entry.refresh, moment.now < load.end,
                !deposit.content.version.isOlder(than: entry.content.version)
            else { return SharedCacheStep(.entry(rest), false) }
            return deposited(
                deposit, entry.epoch, over: entry.floor, orElse: .entry(rest), at: moment)
        default:
            return SharedCacheStep(record, false)
        }
    }

    /// Ends a load that found nothing to publish, if it is still the registered one.
    public static func abandon(
        _ record: Self?, _ token: SharedCacheToken, at moment: SharedCacheMoment
    ) -> SharedCacheStep<Bool> {
        switch record {
        case .lease(let lease) where lease.load.token == token:
            SharedCacheStep(lease.floor?.alive(at: moment.now), true)
        case .entry(let entry) where entry.refresh?.token == token:
            SharedCacheStep(.entry(entry.withoutRefresh), true)
        default:
            SharedCacheStep(record, false)
        }
    }
}

// MARK: What the steps have in common

extension SharedCacheRecord {
    /// A record as its readers see it.
    enum Living {
        case entry(Entry)
        case unsure(Entry)
        /// No entry; why nobody may load, and the floor that a lease has to carry on.
        case none(CacheBypass?, Floor?)
    }

    static func living(_ record: Self?, at moment: SharedCacheMoment) -> Living {
        switch record {
        case nil: .none(nil, nil)
        case .floor(let floor): .none(nil, floor.living(at: moment.now))
        case .lease(let lease):
            .none(
                moment.holds(lease) ? .loading : nil, lease.floor?.living(at: moment.now))
        case .barrier(let barrier):
            .none(
                moment.now < barrier.lastEnd ? .writing : nil,
                barrier.floor?.living(at: moment.now))
        case .entry(let entry):
            switch moment.counts(entry) {
            case true?: .entry(entry)
            case false?: .none(nil, entry.floor?.living(at: moment.now))
            case nil: .unsure(entry)
            }
        }
    }

    /// The entry of a deposit where it may be stored, and otherwise the rest; and whether it counts
    /// whichever tags were invalidated.
    static func deposited(
        _ deposit: SharedCacheDeposit, _ epoch: SharedCacheEpoch, over floor: Floor?,
        orElse rest: Self?, at moment: SharedCacheMoment
    ) -> SharedCacheStep<Bool> {
        guard epoch.generation == moment.epoch.generation,
            let entry = deposit.entry(epoch, over: floor, at: moment.now)
        else { return SharedCacheStep(rest, false) }
        let isSure = entry.content.tags.isEmpty || epoch.clearings >= moment.epoch.clearings
        return SharedCacheStep(.entry(entry), isSure)
    }
}

extension SharedCacheMoment {
    /// Whether a lease keeps others from loading: one from before a clearing does not.
    func holds(_ lease: SharedCacheRecord.Lease) -> Bool {
        now < lease.load.end && lease.epoch.generation == epoch.generation
    }
}

extension SharedCacheRecord.Floor {
    func living(at now: SharedCacheInstant) -> Self? { now < end ? self : nil }

    /// The record of the floor alone, as long as it is in force.
    func alive(at now: SharedCacheInstant) -> SharedCacheRecord? {
        living(at: now).map(SharedCacheRecord.floor)
    }
}

extension SharedCacheRecord.Entry {
    var withoutRefresh: Self {
        var entry = self
        entry.refresh = nil
        return entry
    }

    /// The entry as one that was found to count at this moment, lest its tags be looked at again.
    ///
    /// Not beside a registered load: what that will publish was read under the older count.
    func confirmed(at moment: SharedCacheMoment) -> Self {
        guard refresh == nil, epoch.clearings < moment.epoch.clearings else { return self }
        var entry = self
        entry.epoch = moment.epoch
        return entry
    }

    func isFresh(for demanded: Duration?, at now: SharedCacheInstant) -> Bool {
        guard let demanded else { return false }
        guard let left = now.time(to: min(freshUntil, end)) else { return true }
        return left > demanded
    }
}
