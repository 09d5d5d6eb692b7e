import StorageKit
import Testing

private enum Role: String, Codable { case reader, writer }

private struct Everything: Codable, Equatable {
    var flag: Bool
    var count: Int
    var small: UInt8
    var ratio: Double
    var rough: Float
    var name: String
    var role: Role
    var raw: [UInt8]
    var tags: [String]
    var nothing: [String]
    var rows: [[Int]]
    var absent: Int?
    var present: Int?
}

private struct Nested: Codable {
    struct Address: Codable { var city: String }
    var home: Address
}

private struct One<Value: Codable & Equatable>: Codable, Equatable { var value: Value }

@Suite("Entities become properties and come back")
struct GraphCodingTests {
    private let everything = Everything(
        flag: true, count: -7, small: 200, ratio: 0.1, rough: 0.5, name: "é", role: .writer,
        raw: [1, 2], tags: ["a", "b"], nothing: [], rows: [[1], []], absent: nil, present: 3)

    @Test("each field becomes the value of its kind, and nil is absent")
    func encoding() throws {
        let properties = try GraphEncoder().encode(everything)
        let expected: [PropertyKey: GraphValue] = [
            "flag": true, "count": -7, "small": 200, "ratio": 0.1, "rough": 0.5, "name": "é",
            "role": "writer", "raw": .bytes([1, 2]), "tags": ["a", "b"], "nothing": [],
            "rows": [[1], []], "present": 3,
        ]
        #expect(properties == expected)
    }

    @Test("what was encoded is decoded as it was")
    func decoding() throws {
        let properties = try GraphEncoder().encode(everything)
        #expect(try GraphDecoder().decode(Everything.self, from: properties) == everything)
    }

    @Test("what a property cannot hold is refused with its place")
    func refusing() {
        expect(.encodingFailed, "home", "node of its own") {
            _ = try GraphEncoder().encode(Nested(home: Nested.Address(city: "Ulm")))
        }
        expect(.encodingFailed, "value", "64-bit") {
            _ = try GraphEncoder().encode(One(value: UInt64.max))
        }
        expect(.encodingFailed, "value.1", "nil") {
            _ = try GraphEncoder().encode(One(value: [1, nil]))
        }
        expect(.encodingFailed, "value", "node of its own") {
            _ = try GraphEncoder().encode(One(value: ["key": 1]))
        }
        expect(.encodingFailed, "named fields") { _ = try GraphEncoder().encode([1]) }
    }

    @Test("what is missing or of another type is named, with the type that is due")
    func missing() {
        expect(.decodingFailed, "value", "Int") { _ = try decode(Int.self, nil) }
        expect(.decodingFailed, "value", "Role") { _ = try decode(Role.self, nil) }
        expect(.decodingFailed, "value", "Int", "text") { _ = try decode(Int.self, "1") }
        expect(.decodingFailed, "value", "UInt8") { _ = try decode(UInt8.self, 256) }
        expect(.decodingFailed, "value") { _ = try decode(Role.self, "owner") }
        expect(.decodingFailed, "value.1", "String") { _ = try decode([String].self, ["a", 1]) }
    }

    @Test("numbers of either kind are read where they fit exactly")
    func numbers() throws {
        #expect(try decode(Int.self, 3.0) == 3)
        #expect(try decode(Double.self, 3) == 3)
        expect(.decodingFailed, "value") { _ = try decode(Int.self, 3.5) }
        expect(.decodingFailed, "value") {
            _ = try decode(Double.self, .integer(9_007_199_254_740_993))
        }
        #expect(try decode([UInt8].self, [1, 2]) == [1, 2])
        #expect(try decode(Int?.self, nil) == nil)
    }

    @Test("typed changes make the pieces of an update, the later one of two")
    func changes() {
        let age = GraphProperty<Int>("age")
        let name = GraphProperty<String>("name")
        let update = GraphNodeUpdate([age.set(31), name.set("Ada"), age.set(32), name.remove()])
        #expect(update == GraphNodeUpdate(["age": 32, "name": nil]))
    }

    private func decode<Value: Codable & Equatable>(
        _ type: Value.Type, _ value: GraphValue?
    ) throws -> Value {
        let properties = value.map { [PropertyKey("value"): $0] } ?? [:]
        return try GraphDecoder().decode(One<Value>.self, from: properties).value
    }

    private func expect(
        _ code: StorageError.Code, _ words: String..., body: () throws -> Void
    ) {
        let error = #expect(throws: StorageError.self) { try body() }
        #expect(error?.code == code)
        for word in words {
            #expect(error?.message.contains(word) == true, "\(error?.message ?? "") has no \(word)")
        }
    }
}
