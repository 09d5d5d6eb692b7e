/// How much a key-value store takes.
///
/// At the limit a call works; beyond it, it throws ``StorageError/Code/limitExceeded`` before
/// anything is sent or changed.
public struct KeyValueLimits: Hashable, Sendable {
    /// The longest key, field or member, in bytes.
    public var maximumKeyBytes: Int
    /// The longest value, in bytes.
    public var maximumValueBytes: Int
    /// The most keys, fields, members or values in one call.
    public var maximumElementsPerCall: Int
    /// The most commands in one pipeline or batch.
    public var maximumCommandsPerBatch: Int
    /// What times to live are rounded up to.
    public var timeToLiveResolution: Duration
    /// The longest time to live.
    public var maximumTimeToLive: Duration

    /// Creates limits; the defaults are those of Redis.
    public init(
        maximumKeyBytes: Int = 512 << 20,
        maximumValueBytes: Int = 512 << 20,
        maximumElementsPerCall: Int = 1 << 19,
        maximumCommandsPerBatch: Int = 100_000,
        timeToLiveResolution: Duration = .milliseconds(1),
        maximumTimeToLive: Duration = .seconds(3_000_000_000)
    ) {
        self.maximumKeyBytes = maximumKeyBytes
        self.maximumValueBytes = maximumValueBytes
        self.maximumElementsPerCall = maximumElementsPerCall
        self.maximumCommandsPerBatch = maximumCommandsPerBatch
        self.timeToLiveResolution = timeToLiveResolution
        self.maximumTimeToLive = maximumTimeToLive
    }
}
