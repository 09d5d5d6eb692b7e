/// The scripts of shared caches, one for each transition; made once, for their hashes.
enum CacheScripts {
    static let lookUp = RedisScript(CacheScriptText.lookUp)
    static let lookUpLeasing = RedisScript(CacheScriptText.lookUpLeasing)
    static let beginLoads = RedisScript(CacheScriptText.beginLoads)
    static let endLoads = RedisScript(CacheScriptText.endLoads)
    static let invalidate = RedisScript(CacheScriptText.invalidate)
    static let beginWrites = RedisScript(CacheScriptText.beginWrites)
    static let endWrites = RedisScript(CacheScriptText.endWrites)
    static let recordWrites = RedisScript(CacheScriptText.recordWrites)
    static let removeOutdated = RedisScript(CacheScriptText.removeOutdated)
    static let invalidateTags = RedisScript(CacheScriptText.invalidateTags)
}
