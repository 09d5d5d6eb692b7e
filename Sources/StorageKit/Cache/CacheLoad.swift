/// What the task of a load does, for all the keys that one call of ``CachedRepository`` leads.
///
/// ```
/// register the loads ─▶ read the primary, once ─▶ publish or abandon ─▶ wake those who wait
/// ```
///
/// The order is the cache protocol: see ``Cache``. The cache can fail at every step and the outcome
/// is the same; the primary can fail and its error is the outcome. Every flight is finished exactly
/// once, whatever happens, because nothing here throws past ``run()``.
@usableFromInline
struct CacheLoad<Primary: Repository, CacheType: Cache>: Sendable
where CacheType.Value == Primary.Entity {
    @usableFromInline
    typealias Repository = CachedRepository<Primary, CacheType>
    @usableFromInline
    typealias Fill = CacheFill<CacheType.Key, CacheType.Value, CacheType.Ticket>

    /// A key that this load leads.
    @usableFromInline
    struct Led: Sendable {
        @usableFromInline
        let wanted: Repository.Wanted
        @usableFromInline
        let seat: SingleFlight<CacheType.Key, FlightRead<Primary.Entity>>.Seat

        @inlinable
        init(
            wanted: Repository.Wanted,
            seat: SingleFlight<CacheType.Key, FlightRead<Primary.Entity>>.Seat
        ) {
            self.wanted = wanted
            self.seat = seat
        }
    }

    @usableFromInline
    let repository: Repository
    @usableFromInline
    let led: [Led]

    @inlinable
    init(repository: Repository, led: [Led]) {
        self.repository = repository
        self.led = led
    }

    @inlinable
    var cache: CacheType { repository.cache }

    @inlinable
    func run() async {
        let lookups = await cache.trustedLoads(led.map { $0.wanted.key })
        let missing = led.filter { !finishHit($0, lookups[$0.wanted.key]) }
        guard !missing.isEmpty else { return }
        let outcome = await cache.coordinator.measured { () async throws(StorageError) in
            try await self.entities(missing.map { $0.wanted.id })
        }
        if cache.coordinator.isShared {
            cache.coordinator.detachLoads(of: missing.map { $0.wanted.key })
        }
        let stored = await settle(lookups, with: outcome)
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

    /// Finishes the flight if the second look found an entry.
    ///
    /// Somebody may have joined after the look, so that is no proof that it is good for him.
    @inlinable
    func finishHit(
        _ led: Led, _ lookup: CacheLookup<CacheType.Value, CacheType.Ticket>?
    ) -> Bool {
        guard case .hit(let entry)? = lookup else { return false }
        let read = CachedRead(entity: entry.value, source: .cache)
        finish(led, with: .success(read), isStored: false)
        return true
    }

    @inlinable
    func entities(
        _ ids: [Primary.ID]
    ) async throws(StorageError) -> [Primary.ID: Primary.Entity] {
        guard ids.count == 1 else { return try await repository.primary.get(ids) }
        guard let entity = try await repository.primary.get(ids[0]) else { return [:] }
        return [ids[0]: entity]
    }

    /// Ends every registered load: publishes what was found, abandons the rest.
    ///
    /// - Returns: The keys that were stored.
    @inlinable
    func settle(
        _ lookups: [CacheType.Key: CacheLookup<CacheType.Value, CacheType.Ticket>],
        with outcome: Result<[Primary.ID: Primary.Entity], StorageError>
    ) async -> Set<CacheType.Key> {
        let found = (try? outcome.get()) ?? [:]
        var fills: [Fill] = []
        var abandoned: [CacheType.Key: CacheType.Ticket] = [:]
        for (key, id) in led.map({ $0.wanted }) {
            guard case .load(let ticket)? = lookups[key] else { continue }
            if let entity = found[id] {
                fills.append(fill(key, entity, ticket))
            } else {
                abandoned[key] = ticket
            }
        }
        return await end(fills, abandoned)
    }

    @inlinable
    func fill(
        _ key: CacheType.Key, _ entity: Primary.Entity, _ ticket: CacheType.Ticket
    ) -> Fill {
        let entry = CacheEntry(entity, timeToLive: repository.timeToLive)
        return Fill(key: key, entry: entry, ticket: ticket)
    }

    /// Two calls, neither of which keeps the other from being made.
    @inlinable
    func end(
        _ fills: [Fill], _ abandoned: [CacheType.Key: CacheType.Ticket]
    ) async -> Set<CacheType.Key> {
        var stored: Set<CacheType.Key>?
        if !fills.isEmpty {
            stored = await tell { () async throws(StorageError) in try await cache.publish(fills) }
        }
        if !abandoned.isEmpty {
            await tell { () async throws(StorageError) in try await cache.abandonLoads(abandoned) }
        }
        return stored ?? []
    }

    @inlinable
    @discardableResult
    func tell<Answer>(_ call: () async throws(StorageError) -> Answer) async -> Answer? {
        do {
            return try await call()
        } catch {
            cache.coordinator.counters.countCacheError(error)
            return nil
        }
    }
}
