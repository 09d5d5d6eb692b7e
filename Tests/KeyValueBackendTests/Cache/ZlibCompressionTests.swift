import StorageKit
import StorageKitTesting
import TestSupport
import Testing

@testable import KeyValueBackend

@Suite("Compression with zlib")
struct ZlibCompressionTests {
    @Test("bytes come back as they were, at every level", arguments: [1, 6, 9])
    func roundTrip(level: Int) throws {
        let compression = ZlibCompression(level: level)
        var random = SeededGenerator(seed: testSeed)
        for count in [0, 1, 7, 1_000, 100_000] {
            let noise = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
            for bytes in [noise, [UInt8](repeating: 7, count: count)] {
                let small = try compression.compress(ByteString(bytes))
                let plain = try compression.decompress(small, limit: count)
                #expect(plain == ByteString(bytes))
            }
        }
    }

    @Test("text becomes smaller")
    func smaller() throws {
        let text = ByteString(String(repeating: "a sentence of many. ", count: 500))
        let small = try ZlibCompression().compress(text)
        #expect(small.count < text.count / 10)
    }

    @Test("what would be longer than the limit is refused, and one of its length is not")
    func limit() async throws {
        let compression = ZlibCompression()
        let small = try compression.compress(ByteString([UInt8](repeating: 1, count: 1_000)))
        #expect(try compression.decompress(small, limit: 1_000).count == 1_000)
        for limit in [999, 0, -1] {
            try await expectError(.decodingFailed) {
                _ = try compression.decompress(small, limit: limit)
            }
        }
    }

    // A few bits behind the last code are padding: a change there changes nothing.
    @Test("damaged bytes are an error, or the damage changes nothing; cut or lengthened ones are")
    func damage() async throws {
        let compression = ZlibCompression()
        let text: ByteString = "some text, some more text, and some text"
        let bytes = try compression.compress(text).bytes
        var harmless = 0
        for place in bytes.indices {
            var changed = bytes
            changed[place] ^= 0x10
            do {
                let plain = try compression.decompress(ByteString(changed), limit: 1 << 40)
                #expect(plain == text)
                harmless += 1
            } catch {
                #expect(error.code == .decodingFailed)
            }
            try await expectError(.decodingFailed) {
                _ = try compression.decompress(ByteString(Array(bytes[..<place])), limit: 1 << 40)
            }
        }
        #expect(harmless <= 1)
        try await expectError(.decodingFailed) {
            _ = try compression.decompress(ByteString(bytes + [0]), limit: 1_000)
        }
    }
}
