/// What all entries of a shared cache must belong to in order to count.
///
/// Clearing a cache writes a new generation and touches no entry: an entry, a lease and a barrier
/// carry the generation they began in, and what carries another is as absent. A number that
/// counts up would be wrong: when the storage loses it, it begins again, and entries of an old life
/// count again. A generation that is lost is replaced by a new one, by whoever misses it, and
/// everything is cleared: the safe side.
///
/// Invalidating a tag counts `clearings` up and notes the count for the tag. An entry carries the
/// count at the beginning of its load, and counts as long as none of its tags has a higher one.
public struct SharedCacheEpoch: Hashable, Sendable {
    /// The name of the cache's present life.
    public var generation: SharedCacheToken
    /// How often tags were invalidated in it; twelve decimal digits at the most.
    public private(set) var clearings: UInt64

    /// The most clearings before the generation has to be a new one.
    public static var maximumClearings: UInt64 { 999_999_999_999 }

    /// Creates an epoch.
    public init(generation: SharedCacheToken, clearings: UInt64 = 0) {
        precondition(clearings <= Self.maximumClearings, "a count of more than twelve digits")
        self.generation = generation
        self.clearings = clearings
    }
}

// G, the layout 1, the generation in sixteen hexadecimal digits, the clearings in twelve digits.
extension SharedCacheEpoch {
    /// The epoch as it is stored.
    public var bytes: ByteString {
        var writer = SharedCacheWriter()
        writer.add([UInt8(ascii: "G"), UInt8(ascii: "1")])
        writer.add(generation)
        writer.add(clearings, digits: 12)
        return ByteString(writer.bytes)
    }

    /// The epoch of these bytes; `nil` for what is none.
    public init?(bytes: ByteString) {
        var reader = SharedCacheReader(bytes.bytes)
        guard reader.byte() == UInt8(ascii: "G"), reader.byte() == UInt8(ascii: "1"),
            let generation = reader.token(), let clearings = reader.number(digits: 12),
            reader.isAtEnd
        else { return nil }
        self.init(generation: generation, clearings: clearings)
    }
}
