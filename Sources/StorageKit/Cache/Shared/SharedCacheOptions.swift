/// How a ``SharedCache`` works; the same in all processes that use it.
public struct SharedCacheOptions: Sendable {
    /// The version of what the codec writes: count it up when old bytes would be read wrongly.
    ///
    /// An entry of another version is a miss, and the next load replaces it.
    public var schemaVersion: UInt32
    /// How long an entry is a hit when its publisher says nothing; `nil` for as long as there is
    /// room.
    ///
    /// Give one: it is what bounds the age of an entry whose invalidation never reached the cache,
    /// and what frees the room of what was cleared. Without one, call
    /// ``SharedCache/removeOutdated()`` now and then, or let the storage evict what nobody reads.
    public var timeToLive: Duration?
    /// How long a load may take; then another may begin, and the first cannot publish any more.
    ///
    /// It is also for how long the key stays empty when whoever loaded it has died.
    public var leaseTime: Duration
    /// When a load is registered.
    public var lookupMode: SharedCacheLookupMode
    /// The longest payload that is stored, in bytes, compressed or not.
    ///
    /// What is longer goes to those who asked and is counted, see
    /// ``CacheStatistics/unstorableEntries``.
    public var maximumPayloadBytes: Int
    /// What makes payloads smaller; `nil` for nothing.
    public var compression: (any CacheCompression)?
    /// From how many bytes on a payload is compressed.
    public var compressionThreshold: Int
    /// The longest payload that is decompressed, in bytes; what would be longer is a miss.
    public var maximumDecompressedBytes: Int
    /// How many loads ``SharedCacheLookupMode/leaseOnRead`` keeps ready at the most.
    public var maximumHeldLeases: Int

    /// Creates options.
    public init(
        schemaVersion: UInt32 = 1,
        timeToLive: Duration? = .seconds(3600),
        leaseTime: Duration = .seconds(10),
        lookupMode: SharedCacheLookupMode = .getThenLease,
        maximumPayloadBytes: Int = 1 << 20,
        compression: (any CacheCompression)? = nil,
        compressionThreshold: Int = 1024,
        maximumDecompressedBytes: Int = 16 << 20,
        maximumHeldLeases: Int = 1024
    ) {
        precondition(leaseTime >= .milliseconds(1), "a lease lasts for a millisecond at least")
        self.schemaVersion = schemaVersion
        self.timeToLive = timeToLive
        self.leaseTime = leaseTime
        self.lookupMode = lookupMode
        self.maximumPayloadBytes = maximumPayloadBytes
        self.compression = compression
        self.compressionThreshold = compressionThreshold
        self.maximumDecompressedBytes = maximumDecompressedBytes
        self.maximumHeldLeases = maximumHeldLeases
    }
}
