import StorageKit

/// What a broken cache does in place of its model, call by call; `nil` for what the model does.
struct CacheMisbehaviour: Sendable {
    typealias Entry = CacheEntry<Specimen>
    typealias Fill = CacheFill<Int, Specimen, Int>
    typealias Lookup = CacheLookup<Specimen, Int>
    typealias WriteEnd = CacheWriteEnd<Int, Specimen, Int>
    typealias Write = CacheWrite<Int, Specimen>

    var get: (@Sendable (ModelCache, Int) async -> Entry?)?
    var getMany: (@Sendable (ModelCache, [Int]) async -> [Int: Entry])?
    var beginLoads: (@Sendable (ModelCache, [Int], Duration?) async -> [Int: Lookup])?
    var loadEnded: (@Sendable (ModelCache, Int) async -> Bool)?
    var publish: (@Sendable (ModelCache, [Fill]) async -> Set<Int>)?
    var abandonLoads: (@Sendable (ModelCache, [Int: Int]) async -> Void)?
    var invalidate: (@Sendable (ModelCache, [Int]) async -> Void)?
    var removeAll: (@Sendable (ModelCache) async -> Void)?
    var invalidateTags: (@Sendable (ModelCache, Set<CacheTag>) async -> Void)?
    var beginWrites: (@Sendable (ModelCache, [Int], Duration) async -> [Int: Int])?
    var endWrites: (@Sendable (ModelCache, [WriteEnd]) async -> Void)?
    var recordWrites: (@Sendable (ModelCache, [Write], Duration) async -> Void)?
    var statistics: (@Sendable (ModelCache) -> CacheStatistics)?
}
