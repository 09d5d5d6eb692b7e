import Foundation
import StorageKitTesting
import Testing

@testable import StorageKit

@Suite("A cursor on its way")
struct KeysetCursorTests {
    private static let seed: UInt64 = 20_261_126

    private static let cursors = [
        KeysetCursor(order: 0, values: []),
        KeysetCursor(
            order: .max,
            values: [
                .boolean(true), .boolean(false), .integer(.min), .integer(.max), .integer(0),
                .real(-0.0), .real(.infinity), .real(.leastNonzeroMagnitude), .text(""),
                .text("é\0𝄞"), .bytes([]), .bytes([0, 255]),
                .date(Date(timeIntervalSinceReferenceDate: -0.123_456_789)), .uuid(UUID()),
                .decimal(Decimal(string: "-12345678901234567890.0123") ?? 0), .json("{}"),
            ]),
    ]

    @Test("comes back as it was, from a text that a URL holds", arguments: cursors)
    func roundTrip(cursor: KeysetCursor) throws {
        let text = cursor.text
        #expect(text.utf8.allSatisfy { "-_".utf8.contains($0) || Character(.init($0)).isASCIIWord })
        #expect(try KeysetCursor(text) == cursor)
        let json = try JSONEncoder().encode([cursor])
        #expect(try JSONDecoder().decode([KeysetCursor].self, from: json) == [cursor])
    }

    @Test("a text stays what it is, for those that were handed out before")
    func stability() throws {
        let cursor = KeysetCursor(order: 0x0102_0304_0506_0708, values: [.integer(-1), .text("a")])
        #expect(cursor.text == "AQECAwQFBgcIA___________BQAAAAFh")
        #expect(try KeysetCursor("AQECAwQFBgcIA___________BQAAAAFh") == cursor)
    }

    @Test("the number of an order stays what it is")
    func fingerprint() throws {
        let order = try KeysetOrder([], of: "person", key: ["id"])
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in "person\0id\0ascending\0".utf8 {
            hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3
        }
        #expect(order.fingerprint == hash)
    }

    @Test(
        "what is no cursor is refused",
        arguments: [
            "", "A", "AQ", "not a cursor", "é", "AQECAwQFBgcIAw", "AQECAwQFBgcIAA",
            "AQECAwQFBgcI_w", "AgECAwQFBgcI", "AQECAwQFBgcIBf____9h", "AQECAwQFBgcIBQAAAAH_",
            "AQECAwQFBgcIB3_4AAAAAAAA", "AQECAwQFBgcICQAAAANOYU4", "AQECAwQFBgcICAA",
        ])
    func refused(text: String) throws {
        #expect(throws: StorageError.self) { try KeysetCursor(text) }
        let json = try JSONEncoder().encode([text])
        do {
            _ = try JSONDecoder().decode([KeysetCursor].self, from: json)
            Issue.record("\(text) was taken for a cursor")
        } catch let error as StorageError {
            #expect(error.code == .invalidArgument)
        }
    }

    @Test("a damaged text is refused, or a cursor that can be written again")
    func damage() throws {
        var generator = SeededGenerator(seed: Self.seed)
        let characters = Array("ABCabc019-_=+/ ")
        for _ in 0..<5_000 {
            var text = Array(Self.cursors[1].text)
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                let index = Int.random(in: text.indices, using: &generator)
                switch Int.random(in: 0..<3, using: &generator) {
                case 0: text[index] = characters.randomElement(using: &generator) ?? "A"
                case 1: text.remove(at: index)
                default:
                    text.removeLast(min(text.count - 1, Int.random(in: 0..<9, using: &generator)))
                }
            }
            guard let cursor = try? KeysetCursor(String(text)) else { continue }
            #expect(try KeysetCursor(cursor.text).text == cursor.text, "seed \(Self.seed)")
        }
    }
}

extension Character {
    fileprivate init(_ byte: UInt8) { self.init(Unicode.Scalar(byte)) }

    fileprivate var isASCIIWord: Bool { isASCII && (isLetter || isNumber) }
}
