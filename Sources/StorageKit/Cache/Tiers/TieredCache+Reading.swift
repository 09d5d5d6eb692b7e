extension TieredCache {
    /// The entry under the key: from the local tier if it has one and is believed, otherwise from
    /// the shared one.
    ///
    /// No round trip for a local hit, otherwise one.
    @inlinable
    public func get(_ key: Key) async throws(StorageError) -> CacheEntry<Value>? {
        if trust.holds(at: clock.now), underWay.isEmpty || !underWay.cover(key),
            let entry = try? await local.get(key)
        {
            return entry
        }
        return try await fetch([key])[key]
    }

    /// The entries that exist under the keys.
    ///
    /// No round trip when all are local hits, otherwise one for all others.
    @inlinable
    public func get(_ keys: [Key]) async throws(StorageError) -> [Key: CacheEntry<Value>] {
        var found: [Key: CacheEntry<Value>] = [:]
        if trust.holds(at: clock.now) { found = (try? await local.get(undisputed(keys))) ?? [:] }
        let missing = found.isEmpty ? keys : keys.filter { found[$0] == nil }
        guard !missing.isEmpty else { return found }
        for (key, entry) in try await fetch(missing) { found[key] = entry }
        return found
    }

    /// The keys for which the local tier may be asked: those that this process does not invalidate.
    @inlinable
    func undisputed(_ keys: [Key]) -> [Key] {
        underWay.isEmpty ? keys : keys.filter { !underWay.cover($0) }
    }

    /// Asks the shared tier, and fills the local one with what it says.
    @usableFromInline
    func fetch(_ keys: [Key]) async throws(StorageError) -> [Key: CacheEntry<Value>] {
        let registered = await register(keys, unlessFreshFor: .zero)
        let begin = clock.now
        let entries: [Key: CacheEntry<Value>]
        do {
            entries = try await shared.get(keys)
        } catch {
            await abandonLocally(registered.tickets)
            throw error
        }
        await keep(entries, registered.tickets, since: begin)
        return entries
    }

    /// Looks each key up once more, in the local tier and then in the shared one, and registers a
    /// load in both if there is no entry that is fresh enough.
    ///
    /// One round trip, none when all are local hits.
    public func beginLoads(
        _ keys: [Key], unlessFreshFor demanded: Duration? = .zero
    ) async throws(StorageError) -> [Key: CacheLookup<Value, Ticket>] {
        let registered = await register(keys, unlessFreshFor: demanded)
        var lookups = registered.hits.mapValues { CacheLookup<Value, Ticket>.hit($0) }
        let missing = keys.filter { lookups[$0] == nil }
        guard !missing.isEmpty else { return lookups }
        let begin = clock.now
        let answers: [Key: CacheLookup<Value, Shared.Ticket>]
        do {
            answers = try await shared.beginLoads(missing, unlessFreshFor: demanded)
        } catch {
            await abandonLocally(registered.tickets)
            throw error
        }
        var (found, over) = ([Key: CacheEntry<Value>](), registered.tickets)
        for (key, answer) in answers {
            switch answer {
            case .hit(let entry):
                found[key] = entry
                lookups[key] = .hit(entry)
            case .load(let ticket):
                lookups[key] = .load(Ticket(shared: ticket, local: over.removeValue(forKey: key)))
            case .bypass(let reason): lookups[key] = .bypass(reason)
            }
        }
        await keep(found, over, since: begin)
        return lookups
    }

    /// Waits until somebody else's registered load of the key in the shared tier may have ended.
    public func loadEnded(of key: Key, within patience: Duration) async -> Bool {
        await shared.loadEnded(of: key, within: patience)
    }

    /// Stores each entry whose ticket is still the registered one in the shared tier, and what was
    /// stored there in the local one.
    ///
    /// One round trip. What was stored but cannot be kept locally takes the place of the local
    /// entry too, which is removed.
    @discardableResult
    public func publish(
        _ fills: [CacheFill<Key, Value, Ticket>]
    ) async throws(StorageError) -> Set<Key> {
        var tickets: [Key: Local.Ticket] = [:]
        for fill in fills { tickets[fill.key] = fill.ticket.local }
        let begin = clock.now
        let stored: Set<Key>
        do {
            stored = try await shared.publish(
                fills.map { CacheFill(key: $0.key, entry: $0.entry, ticket: $0.ticket.shared) })
        } catch {
            await abandonLocally(tickets)
            throw error
        }
        var kept: [Key: CacheEntry<Value>] = [:]
        // Without a time to live nobody here knows how long the shared tier will keep it.
        for fill in fills where stored.contains(fill.key) && fill.entry.timeToLive != nil {
            kept[fill.key] = fill.entry
        }
        let keptLocally = await keep(kept, tickets, since: begin)
        // Otherwise this process would go on with the entry that was replaced.
        let replaced = stored.subtracting(keptLocally)
        if !replaced.isEmpty { try? await local.invalidate(Array(replaced)) }
        return stored
    }

    /// Ends loads that found nothing to publish, in both tiers.
    ///
    /// One round trip.
    public func abandonLoads(_ tickets: [Key: Ticket]) async throws(StorageError) {
        await abandonLocally(tickets.compactMapValues { $0.local })
        try await shared.abandonLoads(tickets.mapValues { $0.shared })
    }
}

// MARK: The local tier

extension TieredCache {
    /// What the local tier said when it was asked to register loads.
    struct Registered {
        var hits: [Key: CacheEntry<Value>] = [:]
        var tickets: [Key: Local.Ticket] = [:]
    }

    /// Registers loads in the local tier: before the shared one is asked, always.
    ///
    /// A local tier that is not believed is not filled either, and one that fails is done without.
    private func register(_ keys: [Key], unlessFreshFor demanded: Duration?) async -> Registered {
        guard trust.holds(at: clock.now) else {
            startListening()
            return Registered()
        }
        var registered = Registered()
        let lookups =
            (try? await local.beginLoads(undisputed(keys), unlessFreshFor: demanded)) ?? [:]
        for (key, lookup) in lookups {
            switch lookup {
            case .hit(let entry): registered.hits[key] = entry
            case .load(let ticket): registered.tickets[key] = ticket
            case .bypass: break
            }
        }
        return registered
    }

    /// Ends the local loads: fills what was found, abandons the rest.
    ///
    /// - Returns: The keys that were filled.
    @discardableResult
    private func keep(
        _ entries: [Key: CacheEntry<Value>], _ tickets: [Key: Local.Ticket], since begin: Duration
    ) async -> Set<Key> {
        guard !tickets.isEmpty else { return [] }
        let age = clock.now - begin
        var (fills, rest) = ([CacheFill<Key, Value, Local.Ticket>](), tickets)
        for (key, entry) in entries {
            guard let copy = localCopy(entry, age: age) else { continue }
            guard let ticket = rest.removeValue(forKey: key) else { continue }
            fills.append(CacheFill(key: key, entry: copy, ticket: ticket))
        }
        // A local tier that fails keeps its registrations, and so stays empty for those keys.
        let filled = fills.isEmpty ? [] : (try? await local.publish(fills)) ?? []
        await abandonLocally(rest)
        return filled
    }

    private func abandonLocally(_ tickets: [Key: Local.Ticket]) async {
        if !tickets.isEmpty { try? await local.abandonLoads(tickets) }
    }

    /// The entry as the local tier keeps it, `nil` when there is nothing left of its time.
    ///
    /// - Parameter age: How long ago the shared tier was asked: what it said was left is less by
    ///   that much at the most.
    func localCopy(_ entry: CacheEntry<Value>, age: Duration) -> CacheEntry<Value>? {
        var copy = entry
        // Said apart from the life, so that a shorter local life does not make it less fresh.
        copy.freshFor = (entry.freshFor ?? entry.timeToLive).map { $0 - age }
        let left = entry.timeToLive.map { $0 - age }
        copy.timeToLive = [left, timeToLive].compactMap { $0 }.min()
        return copy.timeToLive.map { $0 > .zero } ?? true ? copy : nil
    }
}
