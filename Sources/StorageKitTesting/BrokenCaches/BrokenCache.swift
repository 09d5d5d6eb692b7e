public import StorageKit

/// A model with a defect.
public final class BrokenCache: TaggedCache, BarrierCache, VersionedCache {
    /// The number of a load.
    public typealias Ticket = Int
    /// The number of a write.
    public typealias Barrier = Int

    private let model: ModelCache
    private let behaviour: CacheMisbehaviour

    /// Breaks a model.
    public init(_ model: ModelCache, _ defect: CacheDefect) {
        self.model = model
        behaviour = defect.makeBehaviour()
    }

    /// What the readers of this cache share.
    public var coordinator: CacheCoordinator<Int, Specimen> { model.coordinator }

    /// What has happened so far, or what it says has.
    public var statistics: CacheStatistics {
        behaviour.statistics?(model) ?? model.statistics
    }

    /// As the model, or as the defect has it; so all of these calls.
    public func get(_ key: Int) async -> CacheEntry<Specimen>? {
        guard let get = behaviour.get else { return model.get(key) }
        return await get(model, key)
    }

    /// See ``get(_:)-(Int)``.
    public func get(_ keys: [Int]) async -> [Int: CacheEntry<Specimen>] {
        guard let getMany = behaviour.getMany else { return model.get(keys) }
        return await getMany(model, keys)
    }

    /// See ``get(_:)-(Int)``.
    public func beginLoads(
        _ keys: [Int], unlessFreshFor demanded: Duration?
    ) async -> [Int: CacheLookup<Specimen, Int>] {
        guard let begin = behaviour.beginLoads else {
            return model.beginLoads(keys, unlessFreshFor: demanded)
        }
        return await begin(model, keys, demanded)
    }

    /// See ``get(_:)-(Int)``.
    public func loadEnded(of key: Int, within patience: Duration) async -> Bool {
        guard let ended = behaviour.loadEnded else { return false }
        return await ended(model, key)
    }

    /// See ``get(_:)-(Int)``.
    public func publish(_ fills: [CacheFill<Int, Specimen, Int>]) async -> Set<Int> {
        guard let publish = behaviour.publish else { return model.publish(fills) }
        return await publish(model, fills)
    }

    /// See ``get(_:)-(Int)``.
    public func abandonLoads(_ tickets: [Int: Int]) async {
        guard let abandon = behaviour.abandonLoads else { return model.abandonLoads(tickets) }
        await abandon(model, tickets)
    }

    /// See ``get(_:)-(Int)``.
    public func invalidate(_ keys: [Int]) async {
        guard let invalidate = behaviour.invalidate else { return model.invalidate(keys) }
        await invalidate(model, keys)
    }

    /// See ``get(_:)-(Int)``.
    public func removeAll() async {
        guard let removeAll = behaviour.removeAll else { return model.removeAll() }
        await removeAll(model)
    }

    /// See ``get(_:)-(Int)``.
    public func invalidate(tags: Set<CacheTag>) async {
        guard let invalidate = behaviour.invalidateTags else {
            return model.invalidate(tags: tags)
        }
        await invalidate(model, tags)
    }

    /// See ``get(_:)-(Int)``.
    public func beginWrites(_ keys: [Int], lasting duration: Duration) async -> [Int: Int] {
        guard let begin = behaviour.beginWrites else {
            return model.beginWrites(keys, lasting: duration)
        }
        return await begin(model, keys, duration)
    }

    /// See ``get(_:)-(Int)``.
    public func endWrites(_ writes: [CacheWriteEnd<Int, Specimen, Int>]) async {
        guard let end = behaviour.endWrites else { return model.endWrites(writes) }
        await end(model, writes)
    }

    /// See ``get(_:)-(Int)``.
    public func recordWrites(
        _ writes: [CacheWrite<Int, Specimen>], refusingOlderFor duration: Duration
    ) async {
        guard let record = behaviour.recordWrites else {
            return model.recordWrites(writes, refusingOlderFor: duration)
        }
        await record(model, writes, duration)
    }
}
