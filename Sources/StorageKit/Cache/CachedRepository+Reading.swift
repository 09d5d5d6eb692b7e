extension CachedRepository {
    /// The entity with this identifier, or `nil` when there is none.
    ///
    /// One round trip to the cache for a hit; one to the primary and two more to the cache for a
    /// miss.
    @inlinable
    public func get(_ id: ID) async throws(StorageError) -> Entity? {
        try await read(id).entity
    }

    /// The entity with this identifier as ``get(_:)-(ID)`` finds it, and where it came from.
    @inlinable
    public func read(_ id: ID) async throws(StorageError) -> CachedRead<Entity> {
        let key = key(id)
        if let entry = await cache.trustedEntry(key) {
            return CachedRead(entity: entry.value, source: .cache)
        }
        return try await load([(key, id)])[0]
    }

    /// The entities with these identifiers, those that exist, in no particular order.
    ///
    /// One round trip to the cache when all are hits; otherwise one to the primary, for those that
    /// nobody else is loading, and two more to the cache.
    @inlinable
    public func get(_ ids: [ID]) async throws(StorageError) -> [ID: Entity] {
        try limits.checkBatch(count: ids.count)
        guard !ids.isEmpty else { return [:] }
        var found: [ID: Entity] = [:]
        let missing = await lookUp(ids, found: &found)
        guard !missing.isEmpty else { return found }
        let reads = try await load(missing)
        for (wanted, read) in zip(missing, reads) { found[wanted.id] = read.entity }
        return found
    }

    /// The next entities in the primary's order of identifiers, from the primary.
    @inlinable
    public func scan(
        after id: ID?, limit: Int
    ) async throws(StorageError) -> Page<Entity, ID> {
        try await primary.scan(after: id, limit: limit)
    }

    /// Adds the entities that the cache has; returns the others, each once.
    @inlinable
    func lookUp(_ ids: [ID], found: inout [ID: Entity]) async -> [Wanted] {
        let wanted = Set(ids).map { (key: key($0), id: $0) }
        let entries = await cache.trustedEntries(wanted.map { $0.key })
        var missing: [Wanted] = []
        for (key, id) in wanted {
            if let entry = entries[key] {
                found[id] = entry.value
            } else {
                missing.append((key, id))
            }
        }
        return missing
    }
}

extension CachedRepository {
    /// An identifier with its key.
    @usableFromInline
    typealias Wanted = (key: CacheType.Key, id: ID)

    @inlinable
    var flights: SingleFlight<CacheType.Key, FlightRead<Entity>> {
        cache.coordinator.flights
    }

    /// Loads what nobody is loading and waits for the rest; the outcomes in the order asked for.
    ///
    /// What it waited for in vain it loads once more: see ``FlightRead``.
    @inlinable
    func load(
        _ wanted: [Wanted]
    ) async throws(StorageError) -> [CachedRead<Entity>] {
        var found = try await fly(wanted)
        let places = found.indices.filter { !found[$0].isGoodForJoiners }
        if !places.isEmpty {
            let later = try await fly(places.map { wanted[$0] })
            for (place, read) in zip(places, later) { found[place] = read }
        }
        return found.map { $0.read }
    }

    /// Takes part in one flight for each of the keys.
    ///
    /// The loads are under way before anything is waited for, in a task that waits for nobody's
    /// flight. So two batches that lead each other's keys cannot wait for each other.
    @inlinable
    func fly(
        _ wanted: [Wanted]
    ) async throws(StorageError) -> [FlightRead<Entity>] {
        if Task.isCancelled { throw .cancelled(operation: "get") }
        let task = LoadTask()
        let seats = wanted.map { flights.join($0.key, load: task) }
        let led = zip(wanted, seats).filter { $0.1.isLeader }
        cache.coordinator.counters.countJoined(seats.count - led.count)
        if !led.isEmpty {
            let load = CacheLoad(repository: self, led: led.map { .init(wanted: $0, seat: $1) })
            task.start(flights: led.count) { await load.run() }
        }
        return try await wait(seats)
    }

    @inlinable
    func wait(
        _ seats: [SingleFlight<CacheType.Key, FlightRead<Entity>>.Seat]
    ) async throws(StorageError) -> [FlightRead<Entity>] {
        var reads: [FlightRead<Entity>] = []
        for (index, seat) in seats.enumerated() {
            do {
                var found = try await flights.wait(seat)
                if seat.isLeader {
                    found.isGoodForJoiners = true
                } else {
                    found.read.source = .joined
                }
                reads.append(found)
            } catch {
                for seat in seats[(index + 1)...] { flights.leave(seat) }
                throw error
            }
        }
        return reads
    }
}
