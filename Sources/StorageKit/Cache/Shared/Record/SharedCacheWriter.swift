/// Writes the parts of a ``SharedCacheRecord``; `SharedCacheRecord+Bytes.swift` has the layout.
struct SharedCacheWriter {
    /// What tells records of this layout from those that another version has written.
    static let layout = UInt8(ascii: "2")

    private(set) var bytes: [UInt8] = []

    mutating func add(_ more: some Sequence<UInt8>) { bytes.append(contentsOf: more) }

    mutating func add(_ number: UInt64, digits: Int) {
        let text = String(number)
        assert(text.utf8.count <= digits, "a number without a place of its own")
        add(repeatElement(UInt8(ascii: "0"), count: digits - text.utf8.count))
        add(text.utf8)
    }

    mutating func add(_ token: SharedCacheToken?) {
        if let token { add(token.text.utf8) } else { add(0, digits: 16) }
    }

    mutating func add(_ instant: SharedCacheInstant?) {
        add(UInt64(instant?.milliseconds ?? 0), digits: 14)
    }

    mutating func add(version: CacheVersion?) {
        add(UInt64(bitPattern: version?.rawValue ?? .min) ^ (1 << 63), digits: 20)
    }

    mutating func add(_ floor: SharedCacheRecord.Floor?) {
        add(version: floor?.version)
        add(floor?.end)
    }

    mutating func add(_ tags: [CacheTag]) {
        add(UInt64(tags.count), digits: 2)
        for tag in tags {
            add(UInt64(tag.name.utf8.count), digits: 4)
            add(tag.name.utf8)
        }
    }

    mutating func add(
        head state: Unicode.Scalar, _ load: SharedCacheRecord.Load?, _ epoch: SharedCacheEpoch?
    ) {
        add([UInt8(ascii: state), Self.layout])
        add(load?.token)
        add(epoch?.generation)
        add(epoch?.clearings ?? 0, digits: 12)
        add(load?.end)
    }
}
