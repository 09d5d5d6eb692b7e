/// Reads the parts of a ``SharedCacheRecord`` from any bytes at all: `nil` for what is none.
struct SharedCacheReader {
    /// What all records begin with, after the state and the layout.
    struct Head {
        var load: SharedCacheRecord.Load?
        var epoch: SharedCacheEpoch?
        var version: CacheVersion?
        var end: SharedCacheInstant
        /// That the token is none, and so is its end.
        var hasNoLoad: Bool
        /// That the generation is none, and so are the clearings.
        var hasNoEpoch: Bool

        var floor: SharedCacheRecord.Floor? {
            version.map { SharedCacheRecord.Floor(version: $0, end: end) }
        }

        /// That an end has a version, where the two are a floor.
        var hasFloorOrNothing: Bool { version != nil || end.milliseconds == 0 }
    }

    // A place in the whole, and no slice that is cut shorter: that would be counted as another
    // reference at every step, on the path of each hit.
    private let all: [UInt8]
    private var place = 0

    init(_ bytes: [UInt8]) { all = bytes }

    var isAtEnd: Bool { place == all.count }

    mutating func byte() -> UInt8? { places(1).map { all[$0.lowerBound] } }

    mutating func remainder() -> ArraySlice<UInt8> {
        defer { place = all.count }
        return all[place...]
    }

    mutating func bytes(_ count: Int) -> ArraySlice<UInt8>? { places(count).map { all[$0] } }

    /// Where the next bytes are, if there are so many.
    private mutating func places(_ count: Int) -> Range<Int>? {
        guard count <= all.count - place else { return nil }
        defer { place += count }
        return place..<(place + count)
    }

    mutating func number(digits count: Int) -> UInt64? {
        guard let places = places(count) else { return nil }
        var number: UInt64 = 0
        for place in places {
            let digit = all[place]
            guard case 0x30...0x39 = digit else { return nil }
            let (product, overflow) = number.multipliedReportingOverflow(by: 10)
            let (sum, carry) = product.addingReportingOverflow(UInt64(digit - 0x30))
            if overflow || carry { return nil }
            number = sum
        }
        return number
    }

    /// Sixteen lower-case hexadecimal digits.
    mutating func hexadecimal() -> UInt64? {
        guard let places = places(16) else { return nil }
        var number: UInt64 = 0
        for place in places {
            let digit = all[place]
            switch digit {
            case 0x30...0x39: number = number << 4 | UInt64(digit - 0x30)
            case 0x61...0x66: number = number << 4 | UInt64(digit - 0x61 + 10)
            default: return nil
            }
        }
        return number
    }

    mutating func token() -> SharedCacheToken? {
        hexadecimal().flatMap(SharedCacheToken.init)
    }

    mutating func instant() -> SharedCacheInstant? {
        number(digits: 14).map { SharedCacheInstant(milliseconds: Int64($0)) }
    }

    mutating func head() -> Head? {
        guard let token = hexadecimal(), let generation = hexadecimal(),
            let clearings = number(digits: 12), let loadEnd = instant(),
            let version = number(digits: 20), let end = instant()
        else { return nil }
        return Head(
            load: SharedCacheToken(rawValue: token).map { .init(token: $0, end: loadEnd) },
            epoch: SharedCacheToken(rawValue: generation).map {
                SharedCacheEpoch(generation: $0, clearings: clearings)
            },
            version: CacheVersion(Int64(bitPattern: version ^ (1 << 63))).orNone,
            end: end,
            hasNoLoad: token == 0 && loadEnd.milliseconds == 0,
            hasNoEpoch: generation == 0 && clearings == 0)
    }

    mutating func tags() -> [CacheTag]? {
        guard let count = number(digits: 2) else { return nil }
        var tags: [CacheTag] = []
        for _ in 0..<count {
            guard let tag = tag() else { return nil }
            tags.append(tag)
        }
        return tags
    }

    mutating func tag() -> CacheTag? {
        guard let length = number(digits: 4), let name = bytes(Int(length)) else { return nil }
        return String(validating: name, as: UTF8.self).map { CacheTag($0) }
    }
}
