/// Which clearing was the last of each tag, for a storage that keeps them in one value.
///
/// ```
///   0   1  T
///   1   1  layout: 1
///   2  16  generation that it belongs to, hexadecimal
///  18      each tag: 12 for its clearing, 4 for its length in bytes, its name
/// ```
struct SharedCacheTagTable: Hashable, Sendable {
    /// The generation that it belongs to.
    let generation: SharedCacheToken
    /// The clearings.
    private(set) var cleared: [CacheTag: UInt64] = [:]

    init(generation: SharedCacheToken) { self.generation = generation }

    /// The highest clearing that was noted.
    var last: UInt64 { cleared.values.max() ?? 0 }

    mutating func note(_ tags: [CacheTag], clearing: UInt64) {
        for tag in tags { cleared[tag] = clearing }
    }

    /// The table as it is stored; equal tables have equal bytes.
    var bytes: ByteString {
        var writer = SharedCacheWriter()
        writer.add([UInt8(ascii: "T"), UInt8(ascii: "1")])
        writer.add(generation)
        let names = cleared.keys.sorted { ByteString($0.name) < ByteString($1.name) }
        for tag in names {
            writer.add(cleared[tag, default: 0], digits: 12)
            writer.add(UInt64(tag.name.utf8.count), digits: 4)
            writer.add(tag.name.utf8)
        }
        return ByteString(writer.bytes)
    }

    /// The table of these bytes; `nil` for what is none.
    init?(bytes: ByteString) {
        var reader = SharedCacheReader(bytes.bytes)
        guard reader.byte() == UInt8(ascii: "T"), reader.byte() == UInt8(ascii: "1"),
            let generation = reader.token()
        else { return nil }
        self.generation = generation
        while !reader.isAtEnd {
            guard let clearing = reader.number(digits: 12), let tag = reader.tag() else {
                return nil
            }
            cleared[tag] = clearing
        }
    }
}
