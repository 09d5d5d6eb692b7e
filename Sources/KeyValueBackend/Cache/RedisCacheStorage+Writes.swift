public import StorageKit

extension RedisCacheStorage {
    /// Invalidates keys.
    public func invalidate(_ keys: [ByteString]) async throws(StorageError) {
        guard !keys.isEmpty else { return }
        guard invalidation == .deleting else {
            _ = try await run(CacheScripts.invalidate, on: keys, telling: .invalidated(keys))
            return
        }
        // Done twice it invalidates once more, which costs a miss.
        let delete = RedisCommand(
            [RedisWord.unlink] + keys.map(names.record), effect: .changesIdempotently)
        let tell = RedisCommand(
            RedisWord.publish, names.signals, message(.invalidated(keys)),
            effect: .changesIdempotently)
        let isRepeated = store.core.configuration.repeats != .reads
        _ = try await send(
            [delete, tell], effect: isRepeated ? .changesIdempotently : .changes,
            operation: "invalidate")
    }

    /// Sets barriers.
    public func beginWrites(
        _ claims: [SharedCacheClaim], lasting duration: Duration
    ) async throws(StorageError) {
        guard !claims.isEmpty else { return }
        try requireBarriers("beginWrites")
        let keys = claims.map { $0.key }
        _ = try await run(
            CacheScripts.beginWrites, on: keys, telling: .invalidated(keys), lasting: duration,
            parts: claims.map { ByteString($0.token.text) })
    }

    /// Ends barriers.
    public func endWrites(_ endings: [SharedCacheEnding]) async throws(StorageError) {
        guard !endings.isEmpty else { return }
        let keys = endings.map { $0.claim.key }
        _ = try await run(
            CacheScripts.endWrites, on: keys, telling: .invalidated(keys),
            parts: endings.flatMap { $0.parts })
    }

    /// Records writes.
    public func recordWrites(
        _ commits: [SharedCacheCommit], refusingOlderFor duration: Duration
    ) async throws(StorageError) {
        guard !commits.isEmpty else { return }
        try requireBarriers("recordWrites")
        let keys = commits.map { $0.key }
        _ = try await run(
            CacheScripts.recordWrites, on: keys, telling: .invalidated(keys), lasting: duration,
            parts: commits.flatMap { [$0.version.digits] + $0.deposit.parts })
    }

    /// Begins a new generation: everything is cleared, in constant time.
    ///
    /// Never sent twice when a connection is lost: a generation that comes back after another has
    /// begun would bring back what was stored in it.
    public func removeAll() async throws(StorageError) {
        let epoch = SharedCacheEpoch(generation: makeToken())
        let begin = RedisCommand([RedisWord.set, names.generation, epoch.bytes])
        let tell = RedisCommand([RedisWord.publish, names.signals, message(.cleared)])
        _ = try await send([begin, tell], effect: .changes, operation: "removeAll")
    }

    /// Deletes entries of generations that are over.
    ///
    /// `SCAN` and `EVALSHA` for about 512 keys of the server at a time.
    public func removeOutdated() async throws(StorageError) -> Int {
        try await sum(overKeysIn: store) { keys async throws(StorageError) in
            let reply = try await run(CacheScripts.removeOutdated, on: keys, telling: nil)
            return try reply.elements(keys.count).count { $0 == .integer(1) }
        }
    }

    /// Counts a clearing and notes it for each of the tags.
    public func invalidate(tags: [CacheTag]) async throws(StorageError) {
        guard !tags.isEmpty else { return }
        _ = try await run(
            CacheScripts.invalidateTags, on: [], telling: .invalidatedTags(Set(tags)),
            common: RedisNumber.text(maximumTags), parts: tags.map { ByteString($0.name) })
    }

    private func requireBarriers(_ operation: String) throws(StorageError) {
        guard invalidation == .deleting else { return }
        throw StorageError(
            code: .invalidState,
            message: "this cache invalidates by deleting keys, and barriers with them: "
                + "make it with invalidation: .keepingBarriers, in every process",
            operation: operation, store: store.core.name)
    }
}

extension SharedCacheEnding {
    /// What a script is given of it.
    var parts: [ByteString] { [ByteString(claim.token.text)] + deposit.parts }
}

extension SharedCacheDeposit? {
    /// What a script is given of a deposit: version, times, and the bytes from the tags on.
    var parts: [ByteString] {
        guard let self else { return ["", "", "", ""] }
        let bytes = self.content.recordBytes
        return [
            ByteString(bytes: bytes[RecordPlace.version]), Self.text(self.timeToLive),
            Self.text(self.freshFor), ByteString(bytes: bytes[RecordPlace.tags...]),
        ]
    }

    private static func text(_ duration: Duration?) -> ByteString {
        duration.map { RedisNumber.text($0.wholeMilliseconds) } ?? ""
    }
}

/// Where parts of an entry are; `SharedCacheRecord+Bytes.swift` has the layout.
private enum RecordPlace {
    static let version = 60..<80
    static let tags = 136
}

extension SharedCacheContent {
    /// An entry with this content, whatever else it says.
    fileprivate var recordBytes: [UInt8] {
        let none = SharedCacheInstant(milliseconds: 0)
        let epoch = SharedCacheEpoch(generation: .random())
        return SharedCacheRecord.entry(.init(content: self, epoch: epoch, stored: none)).bytes.bytes
    }
}

extension CacheVersion {
    /// The version as it is in a record.
    fileprivate var digits: ByteString {
        let content = SharedCacheContent(payload: ByteString(), version: self)
        return ByteString(bytes: content.recordBytes[RecordPlace.version])
    }
}
