import StorageKitTesting
import Testing

@testable import StorageKit

@Suite("The bytes of a message about a cache")
struct CacheMessageBytesTests {
    typealias Message = CacheMessage<ByteString>

    private static let contents: [Message.Content] = [
        .loadsEnded(["a", ""]), .invalidated([]), .invalidated(["", "a", "löß\0", [0, 255]]),
        .invalidatedTags([]), .invalidatedTags(["a", ""]), .cleared, .beat(0), .beat(.max),
    ]

    private static func message(_ content: Message.Content) -> Message {
        Message(sender: CacheSender(rawValue: 0x0102_0304), content: content)
    }

    @Test("are read as what was written", arguments: contents)
    func roundTrip(content: Message.Content) {
        let message = Self.message(content)
        #expect(Message(bytes: message.bytes) == message)
    }

    @Test("are no such message when one is missing or too many", arguments: contents)
    func lengths(content: Message.Content) {
        let message = Self.message(content)
        let bytes = message.bytes
        for count in 0..<bytes.count {
            // Keys and tags end with the message, so the last may be missing, and be missed.
            let fewer = Message(bytes: ByteString(bytes: bytes.bytes.prefix(count)))
            #expect(fewer == nil || (fewer != message && fewer?.bytes.count == count))
        }
        #expect(Message(bytes: bytes + "1") == nil)
        #expect(Message(bytes: ByteString(bytes: bytes.bytes.dropFirst())) == nil)
    }

    @Test("are read without a trap whatever they are, and mean one message at the most")
    func foreignBytes() throws {
        var generator = SeededGenerator(seed: 20_261_126)
        for _ in 0..<20_000 {
            let content = try #require(Self.contents.randomElement(using: &generator))
            var bytes = Self.message(content).bytes.bytes
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                let place = Int.random(in: bytes.indices, using: &generator)
                bytes[place] = UInt8.random(in: 0...255, using: &generator)
            }
            guard let message = Message(bytes: ByteString(bytes)) else { continue }
            // The order of tags is not kept, and one that comes twice is one.
            if case .invalidatedTags = message.content { continue }
            #expect(message.bytes.bytes == bytes, "seed \(generator.seed)")
        }
    }

    @Test("hold keys that are read as they were written; one that is no key is no message")
    func keys() throws {
        let numbers = CacheMessage(
            sender: CacheSender(rawValue: 7), content: .invalidated([1, -5, .max]))
        let codec = JSONCodec<Int>()
        let bytes = try numbers.mapKeys { key throws(StorageError) in try codec.encode(key) }
        #expect(bytes.content == .invalidated(["1", "-5", "9223372036854775807"]))
        #expect(
            try bytes.mapKeys { key throws(StorageError) in try codec.decode(key) } == numbers)
        #expect(throws: StorageError.self) {
            try Self.message(.invalidated(["1", "?"])).mapKeys { key throws(StorageError) in
                try codec.decode(key)
            }
        }
    }
}
