import StorageKit
import StorageKitTesting
import Testing

@Suite("Byte strings")
struct ByteStringTests {
    @Test("a literal, an interpolation and a text give their UTF-8, an array its bytes")
    func literals() {
        let name = "é"
        #expect(("user:é" as ByteString).bytes == Array("user:é".utf8))
        #expect(("user:\(name)" as ByteString).bytes == Array("user:é".utf8))
        #expect(ByteString(name).bytes == [0xC3, 0xA9])
        #expect(ByteString("xéx".dropFirst().dropLast()).bytes == [0xC3, 0xA9])
        #expect(([0, 255] as ByteString).bytes == [0, 255])
        #expect(ByteString(bytes: [9, 8, 7].dropFirst()).bytes == [8, 7])
        #expect(ByteString().isEmpty && ("" as ByteString) == ByteString([]))
    }

    @Test("bytes that are not UTF-8 are no text, all others are the text they were made of")
    func text() {
        #expect(("Ana\0\n%*" as ByteString).string == "Ana\0\n%*")
        #expect(ByteString([0xC3]).string == nil)
        #expect(ByteString([0xFF, 0xFE]).string == nil)
        #expect(ByteString().string == "")
    }

    @Test("they are ordered byte by byte, unsigned, a prefix before what it begins")
    func order() {
        let ordered: [ByteString] = [
            [], [0], [0, 0], [0, 1], [1], [0x7F], [0x80], [0xFF], [0xFF, 0],
        ]
        #expect(ordered.reversed().sorted() == ordered)
        for (index, left) in ordered.enumerated() {
            for (other, right) in ordered.enumerated() {
                #expect((left < right) == (index < other))
            }
        }
    }

    @Test("a prefix is where the bytes begin, and the empty one is everywhere")
    func prefixes() {
        let key: ByteString = "session:17"
        #expect(key.hasPrefix("session:") && key.hasPrefix("") && key.hasPrefix(key))
        #expect(!key.hasPrefix("ession") && !key.hasPrefix("session:177"))
        let joined: ByteString = "session:" + "17"
        #expect(joined == key)
    }

    @Test("the description is one line of printable ASCII, and tells different bytes apart")
    func description() {
        #expect("\("user:1" as ByteString)" == "user:1")
        #expect("\(ByteString([0x0A, 0x00, 0xC3, 0x7F]))" == #"\x0A\x00\xC3\x7F"#)
        #expect("\(#"\x0A"# as ByteString)" == #"\\x0A"#)
        var generator = SeededGenerator(seed: keyValueSeed)
        var described: [String: ByteString] = [:]
        for _ in 0..<5_000 {
            let bytes = generator.bytes(upTo: 3)
            let text = bytes.description
            #expect(text.utf8.allSatisfy { (0x20...0x7E).contains($0) })
            #expect(described.updateValue(bytes, forKey: text) ?? bytes == bytes)
        }
    }
}
