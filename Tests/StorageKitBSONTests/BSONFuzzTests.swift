import StorageKit
@testable import StorageKitBSON
import StorageKitTesting
import Testing

/// Bytes from outside.
///
/// Each is put at the end of memory of its own, so that the address sanitizer sees a read of the
/// byte behind.
@Suite("Bytes from outside, read as BSON")
struct BSONFuzzTests {
    /// An entity that reads everything that it can.
    private struct Entity: Codable {
        var name: String?
        var age: Int?
        var profile: [String: String]?
        var posts: [Post]?
        var any: DocumentValue?

        struct Post: Codable {
            var title: String
            var likes: Int32
            var tags: [String]
            var score: Double?
        }
    }

    private static let sample: Document = [
        "name": "charlie", "age": 42, "profile": ["location": "Berlin"],
        "posts": [
            ["title": "first", "likes": .int32(3), "tags": ["a", "b"], "score": 0.5],
            ["title": "second", "likes": .int32(4), "tags": []],
        ],
        "any": [
            .binary(DocumentBinary([1, 2, 3], subtype: .genericOld)), .null, .undefined,
            .regularExpression(DocumentRegularExpression("a", options: "i")), .minKey,
            .javaScriptWithScope("f()", ["x": 1]), .symbol("s"), .decimal128(.infinity),
            .timestamp(DocumentTimestamp(seconds: 1, increment: 2)), .bool(true),
            .pointer(DocumentPointer(collection: "c", id: ObjectID(high: 1, low: 2))),
        ],
    ]

    /// Reads in every way; what is taken has to be what it writes again.
    private func read(_ bytes: [UInt8]) {
        // A copy of the exact size.
        let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 1)
        defer { copy.deallocate() }
        copy.copyBytes(from: bytes)
        do throws(StorageError) {
            let document = try Document(reading: UnsafeRawBufferPointer(copy))
            let again = try document.bson()
            #expect(try Document(bson: again).bson() == again)
        } catch { #expect([.corrupted, .limitExceeded].contains(error.code)) }
        do throws(StorageError) {
            _ = try BSONReading.decode(
                Entity.self, from: UnsafeRawBufferPointer(copy), userInfo: [:])
        } catch {
            #expect([.corrupted, .limitExceeded, .decodingFailed].contains(error.code))
        }
        if let buffer = BSONBuffer(copying: bytes) {
            _ = try? BSONReading.decode(Entity.self, from: buffer.pointer)
        }
    }

    @Test("every beginning of a document is refused")
    func truncated() throws {
        let whole = try Self.sample.bson()
        for length in 0..<whole.count {
            #expect(throws: StorageError.self) { try Document(bson: Array(whole[..<length])) }
            // And again with the length that it has.
            var part = Array(whole[..<length])
            guard length >= 4 else { continue }
            part.replaceSubrange(
                0..<4, with: withUnsafeBytes(of: UInt32(length).littleEndian, Array.init))
            read(part)
        }
    }

    @Test("every byte may be any other one")
    func flipped() throws {
        let whole = try Self.sample.bson()
        for place in whole.indices {
            for value: UInt8 in [0, 1, 0x7F, 0x80, 0xFF, whole[place] &+ 1, whole[place] &- 1] {
                var bytes = whole
                bytes[place] = value
                read(bytes)
            }
        }
    }

    @Test("every four bytes may be any length")
    func lyingLengths() throws {
        let whole = try Self.sample.bson()
        let lies: [Int32] = [
            .min, -1, 0, 1, 4, 5, Int32(whole.count), Int32(whole.count) - 1, .max,
        ]
        for place in 0..<(whole.count - 4) {
            for lie in lies {
                var bytes = whole
                bytes.replaceSubrange(
                    place..<(place + 4), with: withUnsafeBytes(of: lie.littleEndian, Array.init))
                read(bytes)
            }
        }
    }

    @Test("random bytes with a right length and end", arguments: 0..<8 as Range<UInt64>)
    func random(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<2_000 {
            let count = Int.random(in: 5...80, using: &generator)
            var bytes = (0..<count).map { _ in
                // Small numbers are types and lengths that lead further.
                Bool.random(using: &generator)
                    ? UInt8.random(in: 0...20, using: &generator)
                    : UInt8.random(in: .min ... .max, using: &generator)
            }
            bytes.replaceSubrange(
                0..<4, with: withUnsafeBytes(of: UInt32(count).littleEndian, Array.init))
            bytes[count - 1] = 0
            read(bytes)
        }
    }

    @Test("documents that were changed at several places", arguments: 0..<8 as Range<UInt64>)
    func mutated(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let whole = try Self.sample.bson()
        for _ in 0..<2_000 {
            var bytes = whole
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                let place = Int.random(in: bytes.indices, using: &generator)
                switch Int.random(in: 0..<3, using: &generator) {
                case 0: bytes[place] = .random(in: .min ... .max, using: &generator)
                case 1: bytes.remove(at: place)
                default: bytes.insert(.random(in: 0...20, using: &generator), at: place)
                }
            }
            guard bytes.count >= 5 else { continue }
            let count = UInt32(bytes.count)
            bytes.replaceSubrange(
                0..<4, with: withUnsafeBytes(of: count.littleEndian, Array.init))
            bytes[bytes.count - 1] = 0
            read(bytes)
        }
    }
}
