import StorageKit
import StorageKitBSON
import Testing

@Suite("Arrays of entities")
struct BSONListTests {
    private struct Line: Codable, Equatable {
        var text: String
        var notes: [[Note?]]
    }

    private struct Note: Codable, Equatable {
        var number: Int
    }

    private struct Page: Codable, Equatable {
        var lines: [Line]
    }

    @Test("arrays in arrays, optional elements and empty arrays come back as they were")
    func roundTrip() throws {
        let page = Page(
            lines: (0..<13).map { line in
                Line(
                    text: "line \(line)",
                    notes: (0..<line).map { column in
                        (0..<column).map { $0 % 3 == 0 ? nil : Note(number: $0) }
                    })
            })
        let bytes = try BSONEncoder().encode(page)
        #expect(try BSONDecoder().decode(Page.self, from: bytes) == page)
    }

    @Test("an element of another type is named with its place, and those before it are let go")
    func wrongElement() throws {
        let document: Document = [
            "lines": [["text": "a long text, kept on the heap", "notes": []], ["text": 7]]
        ]
        let bytes = try document.bson()
        let error = #expect(throws: StorageError.self) {
            try BSONDecoder().decode(Page.self, from: bytes)
        }
        #expect(error?.code == .decodingFailed)
        #expect(error?.message.contains("lines.1.text") == true)
    }

    @Test("what is no array is refused, and a damaged element is damage")
    func refusals() throws {
        let scalar = try (["lines": 7] as Document).bson()
        let error = #expect(throws: StorageError.self) {
            try BSONDecoder().decode(Page.self, from: scalar)
        }
        #expect(error?.code == .decodingFailed)
        var damaged = try (["lines": [["text": "a", "notes": []]]] as Document).bson()
        // Behind the lengths and the name of the array stands the type of its first element.
        damaged[4 + 1 + 6 + 4] = 0x7E
        let damage = #expect(throws: StorageError.self) {
            try BSONDecoder().decode(Page.self, from: damaged)
        }
        #expect(damage?.code == .corrupted)
    }

    @Test("many types of keys are decoded, also those that find no slot for a maker")
    func manyKeys() throws {
        func check<Value: Codable & Equatable>(_ value: Value, depth: Int) throws {
            let bytes = try BSONEncoder().encode(Wrapped(value: value))
            #expect(try BSONDecoder().decode(Wrapped<Value>.self, from: bytes).value == value)
            // Each is another type, with another type of keys.
            if depth > 0 { try check(Wrapped(value: value), depth: depth - 1) }
        }
        try check(1, depth: 45)
        try check("text", depth: 45)
        try check(true, depth: 45)
        try check(1.5, depth: 45)
        try check(Int8(1), depth: 45)
        try check([1, 2], depth: 45)
        try check(UInt16(1), depth: 45)
    }
}

private struct Wrapped<Value: Codable & Equatable>: Codable, Equatable {
    var value: Value
}
