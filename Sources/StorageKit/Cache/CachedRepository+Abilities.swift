extension CachedRepository {
    /// The same repository with something more that it can do.
    func adding(_ change: (inout CacheAbilities<CacheType.Key, ID, Entity>) -> Void) -> Self {
        var repository = self
        change(&repository.abilities)
        return repository
    }

    /// The same repository with another source of chance for ``CachePolicy/jitter``: for tests.
    ///
    /// - Parameter random: Numbers from 0 to below 1.
    public func random(from random: @escaping @Sendable () -> Double) -> Self {
        adding { $0.random = random }
    }
}

// MARK: Strict writes

extension CachedRepository where CacheType: BarrierCache {
    /// The same repository, whose writes let nobody see the old value once somebody may have seen
    /// the new one.
    ///
    /// ```swift
    /// let accounts = CachedRepository(primary: table, cache: cache, policy: policy).strict()
    /// ```
    ///
    /// Without it a reader can be given the old value between a write's commit and the return of
    /// its invalidation, after another reader has seen the new one at the primary; and a writer
    /// that dies in between leaves the old value in the cache until it expires. A strict write sets
    /// a barrier before it is sent and ends it afterwards: in between nothing is served and nothing
    /// is filled. A barrier whose writer died ends after ``CachePolicy/barrierTime``.
    ///
    /// It costs one more round trip for each write, and it is the one mode in which a cache can
    /// make a write fail: if the cache cannot be told *before*, the write is refused, with the
    /// cache's error as the underlying one, and nothing was sent. If the cache cannot be told
    /// *after* it, the barrier stays until it ends by itself. So it does when the outcome is
    /// unknown.
    ///
    /// All writers of the entities have to be strict ones.
    public func strict() -> Self {
        let time = policy.barrierTime
        return adding { abilities in
            abilities.bar = { [cache] keys async throws(StorageError) in
                let barriers = try await cache.beginWrites(keys, lasting: time)
                return { entries async throws(StorageError) in
                    try await cache.endWrites(
                        barriers.map { CacheWriteEnd(key: $0, barrier: $1, entry: entries[$0]) })
                }
            }
        }
    }
}

// MARK: Versions

extension CachedRepository where CacheType: VersionedCache {
    /// The same repository, which tells the cache what version a write has committed.
    ///
    /// An older entry is then replaced by what was written, and not only removed; and for
    /// ``CachePolicy/replicaLag`` what a lagging replica still has is kept out of the cache. A
    /// write after which nobody knows the version (an `upsert`, a `delete`) invalidates.
    ///
    /// - Parameters:
    ///   - version: The version of an entity; `nil` for one that has none.
    ///   - written: What the primary holds after a successful write of an entity, exactly; `nil`
    ///     when that cannot be known.
    public func versioned(
        by version: @escaping @Sendable (Entity) -> CacheVersion?,
        written: @escaping @Sendable (Entity, CachedWrite) -> Entity?
    ) -> Self {
        let lag = policy.replicaLag
        return adding { abilities in
            abilities.version = version
            abilities.written = written
            abilities.record = { [cache] writes async throws(StorageError) in
                try await cache.recordWrites(writes, refusingOlderFor: lag)
            }
        }
    }

    /// The same repository, which tells the cache what version a write has committed, where the
    /// primary counts versions as a ``TableRepository`` does.
    ///
    /// See ``versioned(by:written:)``. `insert` stores the entity as it is, `replace` with the
    /// version after its own.
    public func versioned() -> Self where Entity: VersionedEntity {
        versioned(by: { CacheVersion(Int64($0.version)) }) { entity, write in
            switch write {
            case .insert: return entity
            case .replace:
                var written = entity
                written.version += 1
                return written
            case .upsert: return nil
            }
        }
    }
}

extension CachedRepository where Primary: ConditionalRepository {
    /// The same repository, which asks the primary only for what has changed when it reads an
    /// entity again that it still has, stale or due.
    ///
    /// An entity that has not changed is kept for another time to live. Batches are read again in
    /// full: one round trip for all of them is less than one for each.
    public func revalidatingByVersion() -> Self {
        adding { abilities in
            abilities.version = { [primary] entity in primary.version(of: entity) }
            abilities.revalidate = { [primary] id, version async throws(StorageError) in
                try await primary.get(id, unlessVersion: version)
            }
        }
    }
}

// MARK: Tags

extension CachedRepository where CacheType: TaggedCache {
    /// The same repository, whose entries carry tags.
    ///
    /// ```swift
    /// let todos = todos.tagged { ["list:\($0.list)"] }
    /// try await todos.invalidate(tags: ["list:7"])
    /// ```
    ///
    /// - Parameter tags: The tags of an entity.
    public func tagged(by tags: @escaping @Sendable (Entity) -> Set<CacheTag>) -> Self {
        adding { $0.tags = tags }
    }

    /// Forgets every entity that carries one of the tags, after writes that did not go through this
    /// repository.
    ///
    /// One round trip. When it returns, no reader is given one from before it. What is remembered
    /// as absent carries no tags and stays.
    ///
    /// - Throws: When the cache cannot be told. Nobody knows whose the tags are, so this process
    ///   passes the cache by for every entity until it can be; repeating the call is safe.
    public func invalidate(tags: Set<CacheTag>) async throws(StorageError) {
        guard !tags.isEmpty else { return }
        try await cache.invalidateOrDoubt(tags: tags)
    }
}
