// MARK: Loads

extension ConditionalCacheStorage {
    /// What is under the keys, each at the position of its key.
    public func lookUp(
        _ keys: [ByteString]
    ) async throws(StorageError) -> [SharedCacheFinding] {
        let snapshot = try await snapshot(keys)
        guard snapshot.epoch != nil else { return keys.map { _ in .nothing(nil) } }
        let moment = moment(snapshot)
        return snapshot.values.map { value in
            let record = value.flatMap(SharedCacheRecord.init(bytes:))
            let finding = SharedCacheRecord.lookUp(record, leasing: nil, at: moment).answer
            // Its tags are lost: nobody knows whether it counts.
            if case .unsure = finding { return .nothing(nil) }
            return finding
        }
    }

    /// What is under the keys; a load is registered where there is nothing.
    public func lookUp(
        leasing claims: [SharedCacheClaim], lasting leaseTime: Duration
    ) async throws(StorageError) -> [SharedCacheFinding] {
        try await change(claims.map { $0.key }, giveUp: { _ in .nothing(.loading) }) {
            index, record, moment in
            SharedCacheRecord.lookUp(
                record, leasing: claims[index].load(lasting: leaseTime, from: moment.now),
                at: moment)
        }
    }

    /// Registers loads.
    public func beginLoads(
        _ claims: [SharedCacheClaim], lasting leaseTime: Duration,
        unlessFreshFor demanded: Duration?
    ) async throws(StorageError) -> [SharedCacheFinding] {
        try await change(claims.map { $0.key }, giveUp: { _ in .nothing(.loading) }) {
            index, record, moment in
            SharedCacheRecord.beginLoad(
                record, claims[index].load(lasting: leaseTime, from: moment.now),
                unlessFreshFor: demanded, at: moment)
        }
    }

    /// Stores what loads found, or ends them.
    public func endLoads(
        _ endings: [SharedCacheEnding]
    ) async throws(StorageError) -> [Bool] {
        let keys = endings.map { $0.claim.key }
        let answers = try await change(keys, giveUp: { _ in false }) { index, record, moment in
            let ending = endings[index]
            guard let deposit = ending.deposit else {
                return SharedCacheRecord.abandon(record, ending.claim.token, at: moment)
            }
            return SharedCacheRecord.publish(record, ending.claim.token, deposit, at: moment)
        }
        // What has tags may have been stored although nobody is to rely on it.
        let ended = zip(endings, answers)
            .filter { ending, isSure in isSure || ending.hasTags }
            .map { $0.0.claim.key }
        if !ended.isEmpty { try await tell(.loadsEnded(ended)) }
        return answers
    }
}

// MARK: Writes

extension ConditionalCacheStorage {
    /// Invalidates keys.
    public func invalidate(_ keys: [ByteString]) async throws(StorageError) {
        _ = try await change(keys, giveUp: deleting(keys)) {
            _, record, moment in
            SharedCacheRecord.invalidate(record, at: moment)
        }
        try await tell(.invalidated(keys))
    }

    /// Sets barriers.
    public func beginWrites(
        _ claims: [SharedCacheClaim], lasting duration: Duration
    ) async throws(StorageError) {
        let keys = claims.map { $0.key }
        _ = try await change(keys, giveUp: refusing) {
            index, record, moment in
            SharedCacheRecord.beginWrite(
                record, claims[index].load(lasting: duration, from: moment.now), at: moment)
        }
        try await tell(.invalidated(keys))
    }

    /// Ends barriers.
    public func endWrites(_ endings: [SharedCacheEnding]) async throws(StorageError) {
        let keys = endings.map { $0.claim.key }
        _ = try await change(keys, giveUp: deleting(keys)) {
            index, record, moment in
            let ending = endings[index]
            return SharedCacheRecord.endWrite(
                record, ending.claim.token, ending.deposit, at: moment)
        }
        try await tell(.invalidated(keys))
    }

    /// Records writes.
    public func recordWrites(
        _ commits: [SharedCacheCommit], refusingOlderFor duration: Duration
    ) async throws(StorageError) {
        let keys = commits.map { $0.key }
        _ = try await change(keys, giveUp: deleting(keys)) {
            index, record, moment in
            let commit = commits[index]
            return SharedCacheRecord.recordWrite(
                record, commit.version, commit.deposit, refusingOlderFor: duration, at: moment)
        }
        try await tell(.invalidated(keys))
    }

    /// The invalidation that always works: what is not there publishes nothing.
    private func deleting(
        _ keys: [ByteString]
    ) -> (Int) async throws(StorageError) -> Void {
        { index async throws(StorageError) in
            _ = try await store.delete(names.record(of: keys[index]))
        }
    }

    private func refusing(_ index: Int) async throws(StorageError) {
        throw contention("beginWrites")
    }
}

extension SharedCacheEnding {
    fileprivate var hasTags: Bool { deposit.map { !$0.content.tags.isEmpty } ?? false }
}

extension SharedCacheClaim {
    func load(
        lasting duration: Duration, from now: SharedCacheInstant
    ) -> SharedCacheRecord.Load {
        SharedCacheRecord.Load(token: token, end: now.after(duration))
    }
}

// MARK: Everything, and tags

extension ConditionalCacheStorage {
    /// Begins a new generation.
    public func removeAll() async throws(StorageError) {
        let epoch = SharedCacheEpoch(generation: makeToken())
        try await store.set(names.generation, to: epoch.bytes)
        try await tell(.cleared)
    }

    /// Deletes entries of generations that are over.
    ///
    /// Two round trips for each page of keys, and one for each entry that is deleted.
    public func removeOutdated() async throws(StorageError) -> Int {
        try await sum(overKeysIn: store) { keys async throws(StorageError) in
            let snapshot = try await snapshot(keys)
            let now = wallClock()
            var count = 0
            for (key, value) in zip(keys, snapshot.values) {
                guard let value, case .entry(let entry)? = SharedCacheRecord(bytes: value),
                    entry.epoch.generation != snapshot.epoch?.generation
                else { continue }
                // A generation never comes back, so what is still there is still outdated.
                let rest = entry.floor?.alive(at: now)
                if try await replace(key, value, with: rest, at: now) { count += 1 }
            }
            return count
        }
    }

    /// Counts a clearing and notes it for each of the tags.
    ///
    /// First the table, then the count: an entry is compared with the table only when the count is
    /// higher than its own, and a reader that sees the count finds the clearing in the table. One
    /// that dies in between has acknowledged nothing.
    public func invalidate(tags: [CacheTag]) async throws(StorageError) {
        guard let noted = try await note(tags) else { return try await removeAll() }
        guard try await count(noted) else { return try await removeAll() }
        try await tell(.invalidatedTags(Set(tags)))
    }

    /// Notes a clearing in the table; `nil` when only a new generation helps.
    private func note(_ tags: [CacheTag]) async throws(StorageError) -> SharedCacheEpoch? {
        for _ in 0..<attempts {
            let values = try await store.get([names.generation, names.tags])
            guard let epoch = values[0].flatMap({ SharedCacheEpoch(bytes: $0) }) else { return nil }
            var table = values[1].flatMap { SharedCacheTagTable(bytes: $0) }
            if table?.generation != epoch.generation {
                guard epoch.clearings == 0 else { return nil }
                table = SharedCacheTagTable(generation: epoch.generation)
            }
            guard var table, let clearing = table.next(after: epoch) else { return nil }
            table.note(tags, clearing: clearing)
            guard table.cleared.count <= maximumTags, CacheTag.fit(tags) else { return nil }
            let isNoted =
                if let old = values[1] {
                    try await store.compareAndSet(names.tags, from: old, to: table.bytes)
                } else {
                    try await store.setIfAbsent(names.tags, to: table.bytes)
                }
            if isNoted {
                return SharedCacheEpoch(generation: epoch.generation, clearings: clearing)
            }
        }
        return nil
    }

    /// Raises the count to that of a clearing, unless everything was cleared meanwhile.
    private func count(_ noted: SharedCacheEpoch) async throws(StorageError) -> Bool {
        for _ in 0..<attempts {
            guard let held = try await store.get([names.generation])[0],
                let epoch = SharedCacheEpoch(bytes: held)
            else { return false }
            if epoch.generation != noted.generation || epoch.clearings >= noted.clearings {
                return true
            }
            if try await store.compareAndSet(names.generation, from: held, to: noted.bytes) {
                return true
            }
        }
        return false
    }
}

extension SharedCacheTagTable {
    /// The number of the next clearing; `nil` when there are no more.
    func next(after epoch: SharedCacheEpoch) -> UInt64? {
        let last = max(last, epoch.clearings)
        return last < SharedCacheEpoch.maximumClearings ? last + 1 : nil
    }
}

extension CacheTag {
    /// Whether the names can be written in a table.
    static func fit(_ tags: [CacheTag]) -> Bool {
        tags.allSatisfy { $0.name.utf8.count <= SharedCacheContent.maximumTagBytes }
    }
}
