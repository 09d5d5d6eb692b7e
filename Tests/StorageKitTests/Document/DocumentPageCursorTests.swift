import Foundation
import StorageKitTesting
import Testing

@testable import StorageKit

@Suite("A cursor of documents on its way")
struct DocumentPageCursorTests {
    private static let seed: UInt64 = 20_261_127

    private static let nested: DocumentValue = [
        "a": ["b": [1, "x", .null, .minKey, .maxKey]], "a.b": .int32(.min), "": [:],
    ]

    private static let cursors = [
        DocumentPageCursor(order: 0, values: []),
        DocumentPageCursor(
            order: .max,
            values: [
                .null, true, false, .minKey, .maxKey, .int32(.min), .int32(.max), .int64(.min),
                .int64(.max), -0.0, .double(.infinity), .double(.leastNonzeroMagnitude), "",
                "é\0𝄞", .binary(DocumentBinary([])),
                .binary(DocumentBinary([0, 255], subtype: .uuid)),
                .objectID(ObjectID(seconds: 1, process: 2, counter: 3)),
                .date(DocumentDate(millisecondsSince1970: -1)),
                .timestamp(DocumentTimestamp(seconds: 1, increment: .max)),
                .decimal128(Decimal128(high: 1, low: .max)), nested, [:],
            ]),
    ]

    @Test("comes back as it was, from a text that a URL holds", arguments: cursors)
    func roundTrip(cursor: DocumentPageCursor) throws {
        let text = cursor.text
        #expect(
            text.utf8.allSatisfy {
                "-_".utf8.contains($0) || Character(Unicode.Scalar($0)).isLetter
                    || Character(Unicode.Scalar($0)).isNumber
            })
        #expect(try DocumentPageCursor(text) == cursor)
        let json = try JSONEncoder().encode([cursor])
        #expect(try JSONDecoder().decode([DocumentPageCursor].self, from: json) == [cursor])
    }

    @Test("a text stays what it is, for those that were handed out before")
    func stability() throws {
        let cursor = DocumentPageCursor(order: 0x0102_0304_0506_0708, values: [-1, "a", .null])
        #expect(cursor.text == "AQECAwQFBgcIEv__________AgAAAAFhCg")
        #expect(try DocumentPageCursor("AQECAwQFBgcIEv__________AgAAAAFhCg") == cursor)
    }

    @Test("the number of an order stays what it is")
    func fingerprint() throws {
        let keyset = try DocumentKeyset([DocumentOrder("a", .descending)], of: "people")
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in "people\0a\0descending\0_id\0descending\0".utf8 {
            hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3
        }
        #expect(keyset.fingerprint == hash)
    }

    @Test(
        "what is no cursor is refused",
        arguments: [
            "", "A", "AQ", "not a cursor", "é", "AQECAwQFBgcIAQ", "AQECAwQFBgcIAA",
            // Another version, a boolean of 2, a text that is too short, one that is no UTF-8.
            "AgECAwQFBgcI", "AQECAwQFBgcICAI", "AQECAwQFBgcIAv____9h", "AQECAwQFBgcIAgAAAAH_",
            // Undefined, and a document of more fields than there are bytes.
            "AQECAwQFBgcIBg", "AQECAwQFBgcIA_____8",
        ])
    func refused(text: String) throws {
        #expect(throws: StorageError.self) { try DocumentPageCursor(text) }
        let json = try JSONEncoder().encode([text])
        do {
            _ = try JSONDecoder().decode([DocumentPageCursor].self, from: json)
            Issue.record("\(text) was taken for a cursor")
        } catch let error as StorageError {
            #expect(error.code == .invalidArgument)
        }
    }

    @Test("a text of arrays within arrays is refused before the stack is used up")
    func depth() throws {
        var bytes: [UInt8] = [1] + Array(repeating: 0, count: 8)
        for _ in 0..<100_000 { bytes += [4, 0, 0, 0, 1] }
        let text = Data(bytes + [10]).base64EncodedString()
            .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
        #expect(throws: StorageError.self) { try DocumentPageCursor(text) }
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
            guard let cursor = try? DocumentPageCursor(String(text)) else { continue }
            #expect(try DocumentPageCursor(cursor.text).text == cursor.text, "seed \(Self.seed)")
        }
    }
}
