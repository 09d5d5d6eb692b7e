import StorageKitTesting
import Testing

@testable import StorageKit

@Suite("The bytes of a message about a cache")
struct CacheMessageCodingTests {
    private let coding = CacheMessageCoding(codec: StringCodec())

    private static let contents: [CacheMessage<String>.Content] = [
        .invalidated([]), .invalidated(["", "a", "löß\0"]), .invalidatedTags([]),
        .invalidatedTags(["a", ""]), .cleared, .beat(0), .beat(.max),
    ]

    @Test("are read as what was written", arguments: contents)
    func roundTrip(content: CacheMessage<String>.Content) throws {
        let message = CacheMessage(sender: CacheSender(rawValue: 0x0102_0304), content: content)
        #expect(coding.decode(try coding.encode(message)) == message)
    }

    @Test("are no message when one is missing or too many", arguments: contents)
    func lengths(content: CacheMessage<String>.Content) throws {
        let bytes = try coding.encode(
            CacheMessage(sender: CacheSender(rawValue: 7), content: content))
        for count in 0..<bytes.count {
            #expect(coding.decode(ByteString(bytes: bytes.bytes.prefix(count))) == nil)
        }
        #expect(coding.decode(bytes + [0]) == nil)
    }

    @Test("are read without a trap whatever they are, and mean one message at the most")
    func foreignBytes() throws {
        var generator = SeededGenerator(seed: 20_261_126)
        for _ in 0..<20_000 {
            let content = Self.contents.randomElement(using: &generator)!
            var bytes = try coding.encode(
                CacheMessage(sender: CacheSender(rawValue: 7), content: content)
            ).bytes
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                let place = Int.random(in: bytes.indices, using: &generator)
                bytes[place] = UInt8.random(in: 0...255, using: &generator)
            }
            guard let message = coding.decode(ByteString(bytes)) else { continue }
            // The order of tags is not kept, and one that comes twice is one.
            if case .invalidatedTags = message.content { continue }
            #expect(try coding.encode(message).bytes == bytes, "seed \(generator.seed)")
        }
    }
}
