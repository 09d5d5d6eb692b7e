/// What the task of a load does, for all the keys that one call of ``CachedRepository`` leads.
///
/// ```
/// register the loads ─▶ read the primary, once ─▶ publish or abandon ─▶ wake those who wait
/// ```
///
/// The order is the cache protocol: see ``Cache``. The cache can fail at every step and the outcome
/// is the same; the primary can fail and its error is the outcome. Every flight is finished,
/// whatever happens, because nothing here throws past ``run()``.
///
/// A *refresh* reads again what the cache still has: it loads only what nobody else is loading, in
/// this process or another, and gives up on the rest.
@usableFromInline
struct CacheLoad<Primary: Repository, CacheType: Cache>: Sendable
where CacheType.Value == Primary.Entity {
    @usableFromInline
    typealias Repository = CachedRepository<Primary, CacheType>
    @usableFromInline
    typealias Fill = CacheFill<CacheType.Key, CacheType.Value, CacheType.Ticket>
    @usableFromInline
    typealias Lookups = [CacheType.Key: CacheLookup<CacheType.Value, CacheType.Ticket>]
    @usableFromInline
    typealias Outcome = Result<[Primary.ID: Primary.Entity], StorageError>

    /// A key that this load leads.
    @usableFromInline
    struct Led: Sendable {
        @usableFromInline
        let wanted: Repository.Wanted
        @usableFromInline
        let seat: Repository.Flights.Seat

        @inlinable
        init(wanted: Repository.Wanted, seat: Repository.Flights.Seat) {
            self.wanted = wanted
            self.seat = seat
        }
    }

    @usableFromInline
    let repository: Repository
    @usableFromInline
    let led: [Led]
    @usableFromInline
    let policy: CachePolicy
    /// The task that it runs in.
    @usableFromInline
    let task: LoadTask
    @usableFromInline
    let isRefresh: Bool

    @inlinable
    init(
        repository: Repository, led: [Led], policy: CachePolicy, task: LoadTask,
        isRefresh: Bool = false
    ) {
        self.repository = repository
        self.led = led
        self.policy = policy
        self.task = task
        self.isRefresh = isRefresh
    }

    @inlinable
    var cache: CacheType { repository.cache }

    @inlinable
    func run() async {
        let watchdog = policy.hardTimeout.map(watch)
        defer { watchdog?.cancel() }
        let publications = isRefresh ? [:] : runningPublications
        var lookups = await cache.trustedLoads(
            led.map { $0.wanted.key }, unlessFreshFor: isRefresh ? policy.refreshAhead : .zero)
        if !publications.isEmpty { await waitFor(publications, &lookups) }
        if !isRefresh, policy.patience > .zero { await waitForOthers(&lookups) }
        let missing = led.filter { !finishEarly($0, lookups[$0.wanted.key]) }
        guard !missing.isEmpty else { return }
        detachUnderBarriers(missing, lookups)
        let outcome = await read(missing)
        let stored =
            if cache.coordinator.isShared {
                await settleDetached(missing, lookups, with: outcome)
            } else {
                await settle(missing, lookups, with: outcome)
            }
        for led in missing {
            let found = outcome.map { CachedRead(entity: $0[led.wanted.id], source: .primary) }
            finish(led, with: found, isStored: stored.contains(led.wanted.key))
        }
    }

    @inlinable
    func finish(
        _ led: Led, with outcome: Result<CachedRead<Primary.Entity>, StorageError>, isStored: Bool
    ) {
        let isGood = isStored || !cache.coordinator.isShared
        cache.coordinator.flights.finish(
            led.seat, with: outcome.map { FlightRead($0, isGoodForJoiners: isGood) })
    }

    /// Finishes the flight if the second look found an entry, or if it is a refresh that has
    /// nothing to do.
    ///
    /// Somebody may have joined after the look, so that is no proof that it is good for him.
    @inlinable
    func finishEarly(
        _ led: Led, _ lookup: CacheLookup<CacheType.Value, CacheType.Ticket>?
    ) -> Bool {
        switch lookup {
        case .hit(let entry)?:
            let read = CachedRead(entity: entry.value, source: .cache)
            finish(led, with: .success(read), isStored: false)
            return true
        case .load?: return false
        default:
            if isRefresh { cache.coordinator.flights.finish(led.seat, with: .success(.gaveUp)) }
            return isRefresh
        }
    }

    /// Lets nobody join who asks while strict writers are at work: what is about to be read may be
    /// older than what a reader of another process has seen by then.
    @inlinable
    func detachUnderBarriers(_ missing: [Led], _ lookups: Lookups) {
        for led in missing {
            guard case .bypass(.writing)? = lookups[led.wanted.key] else { continue }
            cache.coordinator.detachLoads(of: [led.wanted.key])
        }
    }
}

// MARK: The primary

extension CacheLoad {
    @inlinable
    func read(_ missing: [Led]) async -> Outcome {
        let outcome = await cache.coordinator.measured(keys: missing.count) {
            () async throws(StorageError) in
            try await self.entities(missing)
        }
        if isRefresh { countRefreshes(missing.count, outcome) }
        pauseRefreshes(of: missing, after: outcome)
        return outcome
    }

    @inlinable
    func entities(
        _ missing: [Led]
    ) async throws(StorageError) -> [Primary.ID: Primary.Entity] {
        guard missing.count == 1 else {
            return try await repository.primary.get(missing.map { $0.wanted.id })
        }
        guard let entity = try await entity(missing[0].wanted) else { return [:] }
        return [missing[0].wanted.id: entity]
    }

    /// One entity, or what is known of it already if the primary says that it is as it was.
    ///
    /// That is as good as having read it now: the primary was asked after the load was registered.
    @inlinable
    func entity(_ wanted: Repository.Wanted) async throws(StorageError) -> Primary.Entity? {
        guard let revalidate = repository.abilities.revalidate, let known = wanted.known,
            let entity = known.value, let version = known.version
        else { return try await repository.primary.get(wanted.id) }
        switch try await revalidate(wanted.id, version) {
        case .changed(let entity): return entity
        case .absent: return nil
        case .unchanged:
            cache.coordinator.counters.count { $0.notModified += 1 }
            return entity
        }
    }

    @usableFromInline
    func countRefreshes(_ count: Int, _ outcome: Outcome) {
        cache.coordinator.counters.count {
            $0.refreshes += count
            if case .failure = outcome { $0.refreshFailures += count }
        }
    }

    /// Before the flights end, so that nobody begins another refresh of a primary that fails.
    @usableFromInline
    func pauseRefreshes(of led: [Led], after outcome: Outcome) {
        let keys = led.lazy.map { $0.wanted.key }
        switch outcome {
        case .success: cache.coordinator.endRefreshPauses(of: keys)
        case .failure where isRefresh:
            cache.coordinator.pauseRefreshes(of: keys, for: policy.refreshBackOff)
        case .failure: break
        }
    }
}
