/// What was read from the store before a change.
struct ConditionalCacheSnapshot: Sendable {
    var epoch: SharedCacheEpoch?
    /// Whether the tags of the epoch's generation are lost; known if they were looked at.
    var hasLostTags = false
    var clearedTags: [CacheTag: UInt64]?
    /// What is under each key, whatever it is.
    var values: [ByteString?]
}

extension ConditionalCacheStorage {
    /// Does a step on each of the keys, as often as somebody else comes in between.
    ///
    /// - Parameter giveUp: The answer for a key on which that happened too often.
    func change<Answer: Sendable>(
        _ keys: [ByteString],
        giveUp: (_ index: Int) async throws(StorageError) -> Answer,
        step: (Int, SharedCacheRecord?, SharedCacheMoment) -> SharedCacheStep<Answer>
    ) async throws(StorageError) -> [Answer] {
        var answers: [Int: Answer] = [:]
        var left = Array(keys.indices)
        for attempt in 0..<attempts where !left.isEmpty {
            let snapshot = try await currentSnapshot(left.map { keys[$0] })
            var beaten: [Int] = []
            for (place, index) in left.enumerated() {
                let value = snapshot.values[place]
                let record = value.flatMap(SharedCacheRecord.init(bytes:))
                let moment = moment(snapshot)
                let next = step(index, record, moment)
                let isDone = try await replace(
                    keys[index], value, with: next.record, at: moment.now,
                    isForced: attempt > 0)
                if isDone { answers[index] = next.answer } else { beaten.append(index) }
            }
            left = beaten
        }
        for index in left { answers[index] = try await giveUp(index) }
        return keys.indices.compactMap { answers[$0] }
    }

    func moment(_ snapshot: ConditionalCacheSnapshot) -> SharedCacheMoment {
        let epoch = snapshot.epoch ?? SharedCacheEpoch(generation: makeToken())
        return SharedCacheMoment(
            now: wallClock(), epoch: epoch, clearedTags: snapshot.clearedTags)
    }

    /// Writes the next record of a key that holds what was read; says whether it still did.
    ///
    /// - Parameter isForced: That somebody came in between before. Where there seems to be nothing
    ///   and yet nothing can be put, the key holds a value of another kind: it is deleted.
    func replace(
        _ key: ByteString, _ old: ByteString?, with record: SharedCacheRecord?,
        at now: SharedCacheInstant, isForced: Bool = false
    ) async throws(StorageError) -> Bool {
        let key = names.record(of: key)
        let new = record?.bytes
        if old == new { return true }
        guard let record, let new, let expires = expiration(record, at: now) else {
            guard let old else { return true }
            return try await store.compareAndDelete(key, from: old)
        }
        if let old {
            return try await store.compareAndSet(key, from: old, to: new, expires: expires)
        }
        if try await store.setIfAbsent(key, to: new, expires: expires) { return true }
        if isForced { try await store.delete(key) }
        return false
    }
}

// MARK: Reading

extension ConditionalCacheStorage {
    /// What is there now: one round trip, two when tags have to be looked at.
    func snapshot(_ keys: [ByteString]) async throws(StorageError) -> ConditionalCacheSnapshot {
        let values = try await store.get([names.generation] + keys.map(names.record))
        var snapshot = ConditionalCacheSnapshot(values: Array(values.dropFirst()))
        snapshot.epoch = values[0].flatMap { SharedCacheEpoch(bytes: $0) }
        if let epoch = snapshot.epoch, snapshot.dependsOnTags(epoch) {
            // After the epoch: it has every clearing that the epoch counts.
            let table = try await tagTable()
            snapshot.hasLostTags = table?.generation != epoch.generation
            snapshot.clearedTags = snapshot.hasLostTags ? nil : table?.cleared
        }
        return snapshot
    }

    /// What is there now, in a generation that there is.
    private func currentSnapshot(
        _ keys: [ByteString]
    ) async throws(StorageError) -> ConditionalCacheSnapshot {
        for _ in 0..<attempts {
            let snapshot = try await snapshot(keys)
            if snapshot.epoch != nil, !snapshot.hasLostTags { return snapshot }
            if snapshot.hasLostTags {
                try await removeAll()
            } else {
                try await begin()
            }
        }
        throw contention("begin a generation")
    }

    /// Begins a first generation, unless somebody has.
    private func begin() async throws(StorageError) {
        let bytes = SharedCacheEpoch(generation: makeToken()).bytes
        if try await store.setIfAbsent(names.generation, to: bytes) { return }
        guard let held = try await store.get([names.generation])[0] else {
            // Gone again, or no value at all: then it has to go.
            try await store.delete(names.generation)
            return
        }
        if SharedCacheEpoch(bytes: held) == nil {
            try await store.compareAndSet(names.generation, from: held, to: bytes)
        }
    }

    func tagTable() async throws(StorageError) -> SharedCacheTagTable? {
        try await store.get([names.tags])[0].flatMap { SharedCacheTagTable(bytes: $0) }
    }

    func contention(_ what: String) -> StorageError {
        StorageError(
            code: .conflict,
            message: "others changed the same key \(attempts) times meanwhile; try again",
            operation: what)
    }
}

extension ConditionalCacheSnapshot {
    /// Whether there is an entry that may have been invalidated by tag.
    func dependsOnTags(_ epoch: SharedCacheEpoch) -> Bool {
        values.contains { value in
            guard case .entry(let entry)? = value.flatMap(SharedCacheRecord.init(bytes:)) else {
                return false
            }
            return !entry.content.tags.isEmpty && entry.epoch.generation == epoch.generation
                && entry.epoch.clearings < epoch.clearings
        }
    }
}

extension ConditionalCacheStorage {
    /// When the key has to vanish; `nil` when that is over.
    ///
    /// Sooner where the store cannot keep it for so long: any key may go at any time.
    private func expiration(
        _ record: SharedCacheRecord, at now: SharedCacheInstant
    ) -> KeyExpiration? {
        guard now < record.end else { return nil }
        guard let left = now.time(to: record.end) else { return .never }
        return .after(min(left, store.limits.maximumTimeToLive))
    }
}
