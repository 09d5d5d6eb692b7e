import Foundation
import StorageKit
import StorageKitBSON
import Testing

@Suite("What the coders of BSON refuse")
struct BSONRefusalTests {
    private func error(_ body: () throws -> Void) -> StorageError? {
        do {
            try body()
            return nil
        } catch { return error as? StorageError }
    }

    @Test("the outermost value has to be a document")
    func outermost() {
        #expect(error { _ = try BSONEncoder().encode(5) }?.code == .encodingFailed)
        #expect(error { _ = try BSONEncoder().encode([1, 2]) }?.code == .encodingFailed)
        #expect(error { _ = try BSONEncoder().encode(["a"]) }?.code == .encodingFailed)
        #expect(error { _ = try BSONEncoder().encode(Date.distantPast) }?.code == .encodingFailed)
        #expect(error { _ = try BSONEncoder().encode(Int?.none) }?.code == .encodingFailed)
    }

    @Test("numbers that BSON cannot hold are refused, with the way to them")
    func numbers() {
        let large = error { _ = try BSONEncoder().encode(["a": ["b": UInt64.max]]) }
        #expect(large?.code == .encodingFailed)
        #expect(large?.message.contains("a.b") == true)
        let long = error { _ = try BSONEncoder().encode(["a": Decimal.greatestFiniteMagnitude]) }
        #expect(long?.code == .encodingFailed)
    }

    @Test("a zero in a name or a pattern is refused, and one in a text is kept")
    func zeros() throws {
        #expect(error { _ = try BSONEncoder().encode(["a\0b": 1]) }?.code == .encodingFailed)
        let name = Document(fields: [DocumentField("\0", 1)])
        #expect(error { _ = try name.bson() }?.code == .encodingFailed)
        let pattern: Document = ["a": .regularExpression(DocumentRegularExpression("\0"))]
        #expect(error { _ = try pattern.bson() }?.code == .encodingFailed)
        let text: Document = ["a": "x\0y"]
        #expect(try Document(bson: text.bson()) == text)
    }

    @Test("a hundred documents in each other are taken, one more is not, both ways")
    func depth() throws {
        func nested(_ depth: Int) -> Document {
            (1..<depth).reduce([:]) { inner, _ in ["a": .document(inner)] }
        }
        let deepest = try nested(100).bson()
        #expect(try Document(bson: deepest) == nested(100))
        #expect(error { _ = try nested(101).bson() }?.code == .limitExceeded)
        // One more around it, by hand.
        let length = UInt32(deepest.count + 8)
        let deeper =
            withUnsafeBytes(of: length.littleEndian, Array.init) + [3, 0x61, 0] + deepest + [0]
        #expect(error { _ = try Document(bson: deeper) }?.code == .limitExceeded)
        #expect(
            error { _ = try BSONDecoder().decode(Chain.self, from: deeper) }?.code
                == .limitExceeded)
        #expect(error { _ = try BSONEncoder().encode(Chain(length: 101)) }?.code == .limitExceeded)
        #expect(error { _ = try BSONEncoder().encode(Chain(length: 100)) } == nil)
    }

    /// Documents in each other.
    private final class Chain: Codable {
        var a: Chain?
        init(length: Int) { a = length > 1 ? Chain(length: length - 1) : nil }
    }

    @Test("a field that is missing, of another type or too large says where and what")
    func shapes() throws {
        struct Entity: Codable {
            var posts: [Post]
        }
        struct Post: Codable {
            var likes: Int8
        }
        func message(_ post: Document) -> String? {
            let document: Document = ["posts": [["likes": 1], .document(post)]]
            let found = error {
                _ = try BSONDecoder().decode(Entity.self, from: document.bson())
            }
            #expect(found?.code == .decodingFailed)
            return found?.message
        }
        #expect(message([:]) == "at posts.1.likes: there is no such field")
        #expect(
            message(["likes": "secret"])
                == "at posts.1.likes: a string where a whole number is due")
        #expect(message(["likes": 128]) == "at posts.1.likes: a number that Int8 cannot hold")
        #expect(message(["likes": 1.5]) == "at posts.1.likes: a number that Int8 cannot hold")
    }

    @Test("a double is read only from a number that it can hold")
    func doubles() throws {
        func read(_ value: DocumentValue) throws -> Double? {
            let document: Document = ["a": value]
            return try? BSONDecoder().decode([String: Double].self, from: document.bson())["a"]
        }
        #expect(try read(.int64(1 << 53)) == 9_007_199_254_740_992)
        #expect(try read(.int64(1 << 53 + 1)) == nil)
        #expect(try read(Decimal128("0.5").map(DocumentValue.decimal128) ?? .null) == 0.5)
        #expect(try read(Decimal128("0.1").map(DocumentValue.decimal128) ?? .null) == nil)
        #expect(try read("1") == nil)
    }

    @Test("what a type throws itself is kept beneath the error")
    func underlying() throws {
        enum Role: String, Codable { case reader }
        let bytes = try BSONEncoder().encode(["role": "secret"])
        let found = error { _ = try BSONDecoder().decode([String: Role].self, from: bytes) }
        #expect(found?.code == .decodingFailed)
        #expect(found?.message == "at role: the type refuses the value")
        #expect(found?.underlying is DecodingError)
    }

    @Test("one value twice is refused: as a document and as an array, or two scalars")
    func twice() {
        struct Both: Encodable {
            func encode(to encoder: any Encoder) throws {
                _ = encoder.container(keyedBy: BSONName.self)
                _ = encoder.unkeyedContainer()
            }
        }
        struct Two: Encodable {
            func encode(to encoder: any Encoder) throws {
                var container = encoder.singleValueContainer()
                try container.encode(1)
                try container.encode("two")
            }
        }
        #expect(error { _ = try BSONEncoder().encode(["a": Both()]) }?.code == .encodingFailed)
        #expect(error { _ = try BSONEncoder().encode(["a": Two()]) }?.code == .encodingFailed)
    }

    @Test("text that is not UTF-8 is damage, and no byte of it becomes a string")
    func encoding() {
        let bytes: [UInt8] = [14, 0, 0, 0, 2, 0x61, 0, 2, 0, 0, 0, 0xE9, 0, 0]
        #expect(error { _ = try Document(bson: bytes) }?.code == .corrupted)
        let read = error { _ = try BSONDecoder().decode([String: String].self, from: bytes) }
        #expect(read?.code == .corrupted)
    }

    @Test("a decoder that a type keeps for later throws, and reads nothing")
    func kept() throws {
        final class Keeping: Decodable {
            let decoder: any Decoder
            let container: KeyedDecodingContainer<BSONName>
            init(from decoder: any Decoder) throws {
                self.decoder = decoder
                container = try decoder.container(keyedBy: BSONName.self)
            }
        }
        let kept = try BSONDecoder().decode(Keeping.self, from: BSONEncoder().encode(["a": 1]))
        let read = error { _ = try kept.container.decode(Int.self, forKey: "a") }
        #expect(read?.code == .invalidState)
        #expect(error { _ = try Document(from: kept.decoder) }?.code == .invalidState)
        #expect(kept.container.allKeys.isEmpty && !kept.container.contains("a"))
    }
}
