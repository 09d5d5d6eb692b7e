public import Synchronization

extension SharedCache {
    /// The entry under the key, or `nil` when there is none.
    @inlinable
    public func get(_ key: Key) async throws(StorageError) -> CacheEntry<Value>? {
        // The path of most reads: not by way of the batch, whose dictionary costs more than all
        // the rest of it. Compiled for the types at hand, like everything that a hit runs through.
        let findings = try await lookUp([try keys.encode(key)])
        guard case .entry(let stored)? = findings.first, let entry = read(stored) else {
            misses.add(1, ordering: .relaxed)
            return nil
        }
        hits.add(1, ordering: .relaxed)
        return entry
    }

    /// The entries that exist under the keys.
    @inlinable
    public func get(_ keys: [Key]) async throws(StorageError) -> [Key: CacheEntry<Value>] {
        guard !keys.isEmpty else { return [:] }
        let wanted = try distinct(keys)
        let findings = try await lookUp(wanted.map { $0.bytes })
        var found: [Key: CacheEntry<Value>] = [:]
        for (place, finding) in zip(wanted, findings) {
            if case .entry(let entry) = finding { found[place.key] = read(entry) }
        }
        hits.add(found.count, ordering: .relaxed)
        misses.add(wanted.count - found.count, ordering: .relaxed)
        return found
    }

    /// Looks each key up once more and registers a load of it if there is no entry that is fresh
    /// enough.
    public func beginLoads(
        _ keys: [Key], unlessFreshFor demanded: Duration? = .zero
    ) async throws(StorageError) -> [Key: CacheLookup<Value, Ticket>] {
        var lookups: [Key: CacheLookup<Value, Ticket>] = [:]
        var wanted: [Place] = []
        for place in try distinct(keys) {
            if let token = takeHeld(place.bytes) {
                lookups[place.key] = .load(Ticket(token: token))
            } else {
                wanted.append(place)
            }
        }
        let unreadable = try await begin(wanted, unlessFreshFor: demanded, &lookups)
        // Whatever is there, as nobody can use it.
        for place in try await begin(unreadable, unlessFreshFor: nil, &lookups) {
            lookups[place.key] = .bypass(.closed)
        }
        return lookups
    }

    /// Waits until somebody else's registered load of the key may have ended.
    ///
    /// One round trip, to see whether it has ended already, and before the first wait one to
    /// subscribe. After that it is woken by the storage's signals and never looks by itself; where
    /// the storage has none it returns `false` at once.
    public func loadEnded(of key: Key, within patience: Duration) async -> Bool {
        guard let bytes = try? keys.encode(key) else { return false }
        return await listener.loadEnded(of: bytes, within: patience)
    }
}

extension SharedCache {
    /// A key and its bytes.
    @usableFromInline
    struct Place {
        @usableFromInline
        let key: Key
        @usableFromInline
        let bytes: ByteString

        @inlinable
        init(key: Key, bytes: ByteString) {
            self.key = key
            self.bytes = bytes
        }
    }

    /// The keys, each once.
    @inlinable
    func distinct(_ keys: some Collection<Key>) throws(StorageError) -> [Place] {
        var places: [Place] = []
        places.reserveCapacity(keys.count)
        var seen: Set<Key> = []
        for key in keys where keys.count == 1 || seen.insert(key).inserted {
            places.append(Place(key: key, bytes: try self.keys.encode(key)))
        }
        return places
    }

    /// Looks keys up, and keeps the loads that were registered for whoever begins them.
    @inlinable
    func lookUp(_ keys: [ByteString]) async throws(StorageError) -> [SharedCacheFinding] {
        guard options.lookupMode == .leaseOnRead else { return try await storage.lookUp(keys) }
        return try await lookUpLeasing(keys)
    }

    @usableFromInline
    func lookUpLeasing(
        _ keys: [ByteString]
    ) async throws(StorageError) -> [SharedCacheFinding] {
        let claims = keys.map { SharedCacheClaim(key: $0, token: makeToken()) }
        let end = clock.now + options.leaseTime
        let findings = try await storage.lookUp(leasing: claims, lasting: options.leaseTime)
        held.withLock { held in
            for (claim, finding) in zip(claims, findings) where finding == .leased {
                held.hold(claim, until: end)
            }
        }
        return findings
    }

    private func takeHeld(_ key: ByteString) -> SharedCacheToken? {
        guard options.lookupMode == .leaseOnRead else { return nil }
        return held.withLock { $0.take(key, now: clock.now) }
    }

    /// Registers loads; returns the keys whose entries are in the way and cannot be read.
    private func begin(
        _ places: [Place], unlessFreshFor demanded: Duration?,
        _ lookups: inout [Key: CacheLookup<Value, Ticket>]
    ) async throws(StorageError) -> [Place] {
        guard !places.isEmpty else { return [] }
        let claims = places.map { SharedCacheClaim(key: $0.bytes, token: makeToken()) }
        let findings = try await storage.beginLoads(
            claims, lasting: options.leaseTime, unlessFreshFor: demanded)
        var unreadable: [Place] = []
        for (index, finding) in findings.enumerated() {
            let place = places[index]
            switch finding {
            case .leased: lookups[place.key] = .load(Ticket(token: claims[index].token))
            case .nothing(let bypass): lookups[place.key] = .bypass(bypass ?? .closed)
            case .unsure: lookups[place.key] = .bypass(.closed)
            case .entry(let entry):
                if let entry = read(entry) {
                    lookups[place.key] = .hit(entry)
                } else {
                    unreadable.append(place)
                }
            }
        }
        return unreadable
    }

    /// An entry as its reader gets it; `nil` when it cannot be read.
    @inlinable
    func read(_ entry: SharedCacheRecord.Entry) -> CacheEntry<Value>? {
        guard let value = envelope.open(entry.content.payload) else {
            coordinator.counters.count { $0.unreadableEntries += 1 }
            return nil
        }
        let now = wallClock()
        // The storage says that it lives, so it does, whatever our clock says.
        let left = entry.timeLeft(until: entry.end, at: now).map { max($0, .milliseconds(1)) }
        return CacheEntry(
            value, timeToLive: left, freshFor: entry.timeLeft(until: entry.freshUntil, at: now),
            version: entry.content.version, tags: Set(entry.content.tags))
    }
}

extension SharedCacheRecord.Entry {
    /// How long it is until a moment, and never longer than when it was stored.
    @inlinable
    func timeLeft(until end: SharedCacheInstant, at now: SharedCacheInstant) -> Duration? {
        max(now, stored).time(to: end)
    }
}
