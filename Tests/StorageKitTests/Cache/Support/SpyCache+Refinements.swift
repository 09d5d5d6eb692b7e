import StorageKit

extension SpyCache: TaggedCache {
    func invalidate(tags: Set<CacheTag>) async throws(StorageError) {
        try await passing(.invalidateTags, []) { base.invalidate(tags: tags) }
    }
}

extension SpyCache: VersionedCache {
    func recordWrites(
        _ writes: [CacheWrite<Int, Note>], refusingOlderFor duration: Duration
    ) async throws(StorageError) {
        try await passing(.recordWrites, writes.map(\.key)) {
            base.recordWrites(writes, refusingOlderFor: duration)
        }
    }
}

extension SpyCache: BarrierCache {
    typealias Barrier = InMemoryCache<Int, Note>.Barrier

    func beginWrites(
        _ keys: [Int], lasting duration: Duration
    ) async throws(StorageError) -> [Int: Barrier] {
        try await passing(.beginWrites, keys) { base.beginWrites(keys, lasting: duration) }
    }

    func endWrites(
        _ writes: [CacheWriteEnd<Int, Note, Barrier>]
    ) async throws(StorageError) {
        try await passing(.endWrites, writes.map(\.key)) { base.endWrites(writes) }
    }
}
