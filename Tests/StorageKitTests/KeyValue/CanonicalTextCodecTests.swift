import StorageKit
import StorageKitTesting
import Testing

@Suite("The codec of texts that are keys")
struct CanonicalTextCodecTests {
    /// Scalars that combine, are composed, or are in need of another order, and some that are not.
    private static let scalars: [Unicode.Scalar] = [
        "a", "e", "q", "A", "\u{DF}", "\u{2C8}", "\u{E9}", "\u{C5}", "\u{212B}", "\u{301}",
        "\u{30A}", "\u{307}", "\u{323}", "\u{344}", "\u{1100}", "\u{1161}", "\u{11A8}",
        "\u{AC00}", "\u{AC01}", "\u{958}", "\u{915}", "\u{93C}",
        "\u{2126}", "\u{3A9}", "\u{4E2D}", "\u{1F600}",
    ]

    @Test("writes equal texts as equal bytes and different ones as different bytes")
    func equality() throws {
        let codec = CanonicalTextCodec()
        var generator = SeededGenerator(seed: 20_261_127)
        func draw() -> String {
            var text = String.UnicodeScalarView()
            for _ in 0..<Int.random(in: 0...3, using: &generator) {
                if let scalar = Self.scalars.randomElement(using: &generator) {
                    text.append(scalar)
                }
            }
            return String(text)
        }
        var texts: [String: (spelling: [UInt8], bytes: ByteString)] = [:]
        var owners: [ByteString: String] = [:]
        var respelt = 0
        for _ in 0..<20_000 {
            let text = draw()
            let bytes = try codec.encode(text)
            if let first = texts[text] {
                #expect(first.bytes == bytes, "\(first.spelling), \(Array(text.utf8))")
                if first.spelling != Array(text.utf8) { respelt += 1 }
            } else {
                #expect(owners[bytes] == nil, "\(bytes) is another text's")
                texts[text] = (Array(text.utf8), bytes)
                owners[bytes] = text
            }
            #expect(try codec.decode(bytes) == text)
        }
        #expect(respelt > 100, "otherwise nothing was shown")
    }

    @Test("writes what is composed as it is, and by the base that it is given")
    func composed() throws {
        for text in ["", "a", "stra\u{DF}e", "caf\u{E9}", "\u{4E2D}\u{1F600}", "\u{416}"] {
            #expect(try CanonicalTextCodec().encode(text) == ByteString(text))
        }
        #expect(try CanonicalTextCodec(JSONCodec<String>()).encode("e\u{301}") == "\"\u{E9}\"")
    }
}
