import Foundation
import StorageKit
import Testing

private struct Address: Codable, Equatable {
    var city: String
    var zip: Int32?
}

private struct User: Codable, Equatable {
    enum CodingKeys: String, CodingKey {
        case id = "_id", name, age, tags, address, joined, token, extra
    }

    var id: ObjectID
    var name: String
    var age: Int
    var tags: [String]
    var address: Address?
    var joined: Date
    var token: UUID
    var extra: DocumentValue
}

@Suite("Coding entities as documents")
struct DocumentCoderTests {
    private let user = User(
        id: ObjectID(seconds: 1, process: 2, counter: 3), name: "ana", age: 42, tags: ["x", "y"],
        address: Address(city: "Berlin", zip: nil), joined: Date(timeIntervalSince1970: 1.5),
        token: UUID(), extra: ["deep": [.minKey]])

    @Test("an entity comes back as it was, its fields in their order and in their types")
    func roundTrip() throws {
        let document = try DocumentEncoder().encode(user)
        #expect(
            document.fields.map(\.name) == [
                "_id", "name", "age", "tags", "address", "joined", "token", "extra",
            ])
        #expect(document["_id"] == .objectID(user.id))
        #expect(document["age"] == .int64(42))
        #expect(document["address"] == ["city": "Berlin"])
        #expect(document["joined"] == .date(DocumentDate(millisecondsSince1970: 1_500)))
        #expect(document["token"] == user.token.documentValue)
        #expect(document["extra"] == user.extra)
        #expect(try DocumentDecoder().decode(User.self, from: document) == user)
    }

    private struct One<Value: Codable & Equatable>: Codable, Equatable { var a: Value }

    private func encoded<Value: Codable & Equatable>(_ value: Value) throws -> DocumentValue? {
        try DocumentEncoder().encode(One(a: value))["a"]
    }

    private func decoded<Value: Codable & Equatable>(
        _ value: DocumentValue, as type: Value.Type = Value.self
    ) throws -> Value {
        try DocumentDecoder().decode(One<Value>.self, from: ["a": value]).a
    }

    @Test("integers are stored by their width, and read from any number that is exactly one")
    func integers() throws {
        #expect(try encoded(Int(1)) == .int64(1))
        #expect(try encoded(UInt32(1)) == .int64(1))
        #expect(try encoded(UInt(1)) == .int64(1))
        #expect(try encoded(UInt64(Int64.max)) == .int64(.max))
        #expect(try encoded(Int16(-1)) == .int32(-1))
        #expect(try encoded(UInt8(255)) == .int32(255))
        #expect(code { try encoded(UInt64.max) } == .encodingFailed)
        #expect(try decoded(.int32(7), as: Int.self) == 7)
        #expect(try decoded(7.0, as: UInt8.self) == 7)
        #expect(try decoded(.decimal128(Decimal128(7)), as: Int64.self) == 7)
        for value: DocumentValue in [7.5, .int64(300), -1, "7", true, .null] {
            #expect(code { try decoded(value, as: UInt8.self) } == .decodingFailed, "\(value)")
        }
    }

    @Test("other numbers are read where they are exact")
    func numbers() throws {
        #expect(try encoded(Float(1.5)) == 1.5)
        #expect(try decoded(.int64(1 << 53), as: Double.self) == 9_007_199_254_740_992)
        #expect(code { try decoded(.int64(1 << 53 + 1), as: Double.self) } == .decodingFailed)
        #expect(try decoded(1.5, as: Float.self) == 1.5)
        let decimal = try #require(Decimal(string: "1.25"))
        #expect(try encoded(decimal) == .decimal128(Decimal128("1.25") ?? .zero))
        #expect(try decoded(.decimal128(Decimal128("1.25") ?? .zero), as: Decimal.self) == decimal)
    }

    @Test("nil is left out by an entity, and null where it is said")
    func nils() throws {
        #expect(try DocumentEncoder().encode(Address(city: "x", zip: nil)).count == 1)
        #expect(try encoded([1, nil] as [Int?]) == [1, .null])
        #expect(try decoded([1, .null], as: [Int?].self) == [1, nil])
        #expect(try decoded(.null, as: Int?.self) == nil)
        #expect(
            try DocumentDecoder().decode(Address.self, from: ["city": "x", "zip": .null]).zip
                == nil)
    }

    @Test("an error has the path of the field")
    func paths() throws {
        let document: Document = ["a": [["city": "x"], ["city": 5]]]
        do {
            _ = try DocumentDecoder().decode(One<[Address]>.self, from: document)
            Issue.record("decoded")
        } catch {
            #expect(error.message.contains("a.1.city"), "\(error)")
        }
        do {
            _ = try DocumentDecoder().decode(Address.self, from: [:])
            Issue.record("decoded")
        } catch {
            #expect(error.message.contains("city"), "\(error)")
        }
    }

    @Test("what is no document is refused, and so is a NUL in a name")
    func refusals() throws {
        #expect(code { try DocumentEncoder().encode(5) } == .encodingFailed)
        #expect(code { try DocumentEncoder().encode([1, 2]) } == .encodingFailed)
        #expect(code { try DocumentEncoder().encode(["a\0b": 1]) } == .encodingFailed)
        let dictionary = try DocumentEncoder().encode(["b": 1])
        #expect(dictionary == ["b": 1])
    }

    private class Base: Codable {
        var x = 1
    }

    private final class Derived: Base {
        var y = 2

        override init() { super.init() }

        required init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: Keys.self)
            y = try container.decode(Int.self, forKey: .y)
            try super.init(from: container.superDecoder())
        }

        override func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: Keys.self)
            try container.encode(y, forKey: .y)
            try super.encode(to: container.superEncoder())
        }

        private enum Keys: CodingKey { case y }
    }

    @Test("a class writes its superclass to super")
    func superclass() throws {
        let document = try DocumentEncoder().encode(Derived())
        #expect(document == ["y": 2, "super": ["x": 1]])
        #expect(try DocumentDecoder().decode(Derived.self, from: document).x == 1)
    }

    private func code<Value>(_ body: () throws -> Value) -> StorageError.Code? {
        do {
            _ = try body()
            return nil
        } catch {
            return (error as? StorageError)?.code
        }
    }
}
