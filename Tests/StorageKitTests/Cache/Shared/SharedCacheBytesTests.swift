import StorageKitTesting
import Testing

@testable import StorageKit

@Suite("The bytes of a shared cache's record")
struct SharedCacheBytesTests {
    @Test("are read as the record that was written", arguments: 0..<8)
    func roundTrip(round: Int) {
        var records = RandomRecords(seed: 17 &+ UInt64(round))
        for _ in 0..<200 {
            let record = records.next()
            #expect(SharedCacheRecord(bytes: record.bytes) == record)
        }
    }

    @Test("when damaged are nothing, or a record that is written as they are", arguments: 0..<8)
    func mutated(round: Int) {
        var records = RandomRecords(seed: 1_000 &+ UInt64(round))
        for _ in 0..<200 {
            var bytes = records.next().bytes.bytes
            for _ in 0..<Int.random(in: 1...3, using: &records.generator) {
                records.damage(&bytes)
            }
            guard let record = SharedCacheRecord(bytes: ByteString(bytes)) else { continue }
            #expect(record.bytes.bytes == bytes)
        }
    }

    @Test("by chance are nothing", arguments: 0..<4)
    func random(round: Int) {
        var generator = SeededGenerator(seed: 5_000 &+ UInt64(round))
        for _ in 0..<500 {
            let count = Int.random(in: 0...200, using: &generator)
            var bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
            if count > 1, Bool.random(using: &generator) {
                bytes[0] = "LEBF".utf8.randomElement(using: &generator) ?? 0
                bytes[1] = UInt8(ascii: "2")
            }
            #expect(SharedCacheRecord(bytes: ByteString(bytes)) == nil)
        }
    }

    @Test("of an older layout are nothing")
    func olderLayout() {
        var records = RandomRecords(seed: 9_000)
        for _ in 0..<50 {
            var bytes = records.next().bytes.bytes
            bytes[1] = UInt8(ascii: "1")
            #expect(SharedCacheRecord(bytes: ByteString(bytes)) == nil)
        }
    }

    @Test("show the state first, and numbers in their order")
    func layout() {
        let token = SharedCacheToken(rawValue: 0xAB)
        let floor = SharedCacheRecord.Floor(
            version: CacheVersion(1), end: SharedCacheInstant(milliseconds: 7))
        let bytes = SharedCacheRecord.floor(floor).bytes.string
        let zeros = { String(repeating: "0", count: $0) }
        #expect(bytes == "F2" + zeros(58) + "09223372036854775809" + zeros(13) + "7")
        #expect(token?.text == zeros(14) + "ab")
    }
}

/// Records of every kind, by chance.
private struct RandomRecords {
    var generator: SeededGenerator

    init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

    mutating func next() -> SharedCacheRecord {
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: .lease(.init(load: load(), epoch: epoch(), floor: maybe { $0.floor() }))
        case 1: .entry(entry())
        case 2:
            .barrier(
                .init(
                    writers: (0...Int.random(in: 0...3, using: &generator)).map { _ in load() },
                    isContended: Bool.random(using: &generator), epoch: epoch(),
                    floor: maybe { $0.floor() }))
        default: .floor(floor())
        }
    }

    mutating func damage(_ bytes: inout [UInt8]) {
        guard let index = bytes.indices.randomElement(using: &generator) else { return }
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: bytes[index] = UInt8.random(in: 0...255, using: &generator)
        case 1: bytes.remove(at: index)
        case 2: bytes.insert(UInt8.random(in: 48...57, using: &generator), at: index)
        default: bytes.removeSubrange(index...)
        }
    }

    private mutating func maybe<T>(_ make: (inout Self) -> T) -> T? {
        Bool.random(using: &generator) ? make(&self) : nil
    }

    private mutating func instant() -> SharedCacheInstant {
        let all: [Int64] = [0, 1, 1_700_000_000_000, .max]
        return SharedCacheInstant(milliseconds: all.randomElement(using: &generator) ?? 0)
    }

    private mutating func load() -> SharedCacheRecord.Load {
        .init(token: SharedCacheToken(using: &generator), end: instant())
    }

    private mutating func epoch() -> SharedCacheEpoch {
        SharedCacheEpoch(
            generation: SharedCacheToken(using: &generator),
            clearings: UInt64.random(in: 0...SharedCacheEpoch.maximumClearings, using: &generator))
    }

    private mutating func version() -> CacheVersion {
        CacheVersion(Int64.random(in: (.min + 1)...(.max), using: &generator))
    }

    private mutating func floor() -> SharedCacheRecord.Floor {
        .init(version: version(), end: instant())
    }

    private mutating func entry() -> SharedCacheRecord.Entry {
        let tags = (0..<Int.random(in: 0...3, using: &generator)).map { _ in
            CacheTag(["", "a", "é", "long name"].randomElement(using: &generator) ?? "")
        }
        let payload = (0..<Int.random(in: 0...9, using: &generator)).map { _ in
            UInt8.random(in: 0...255, using: &generator)
        }
        let version = maybe { $0.version() }
        return .init(
            content: SharedCacheContent(
                payload: ByteString(payload), version: version, tags: Set(tags)),
            epoch: epoch(), stored: instant(), freshUntil: instant(), end: instant(),
            refresh: maybe { $0.load() }, floorEnd: version == nil ? .never : instant())
    }
}
