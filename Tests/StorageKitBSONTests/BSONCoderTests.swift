import Foundation
import StorageKit
import StorageKitBSON
import Testing

@Suite("Coding entities as BSON")
struct BSONCoderTests {
    private func fields(of entity: some Encodable) throws -> Document {
        try Document(bson: BSONEncoder().encode(entity))
    }

    @Test("every number has the type that its Swift type says, whatever its value")
    func numbers() throws {
        struct Numbers: Codable, Equatable {
            var int = 1
            var int8: Int8 = -8
            var int16: Int16 = -16
            var int32: Int32 = .min
            var int64: Int64 = .max
            var uint: UInt = 1
            var uint8: UInt8 = .max
            var uint16: UInt16 = .max
            var uint32: UInt32 = .max
            var uint64: UInt64 = UInt64(Int64.max)
            var float: Float = 0.1
            var double = 0.1
            var bool = true
        }
        let bytes = try BSONEncoder().encode(Numbers())
        #expect(
            try Document(bson: bytes) == [
                "int": .int64(1), "int8": .int32(-8), "int16": .int32(-16), "int32": .int32(.min),
                "int64": .int64(.max), "uint": .int64(1), "uint8": .int32(255),
                "uint16": .int32(65_535), "uint32": .int64(4_294_967_295), "uint64": .int64(.max),
                "float": .double(Double(Float(0.1))), "double": .double(0.1), "bool": .bool(true),
            ])
        #expect(try BSONDecoder().decode(Numbers.self, from: bytes) == Numbers())
    }

    @Test("Foundation's values and those of documents have BSON's types")
    func values() throws {
        struct Values: Codable, Equatable {
            var date = Date(timeIntervalSince1970: 1.5)
            var uuid = UUID(uuid: (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16))
            var data = Data([1, 2, 3])
            var decimal = Decimal(string: "-12.5")
            var id = ObjectID("0123456789abcdef01234567")
            var moment = DocumentDate(millisecondsSince1970: -1)
            var binary = DocumentBinary([9], subtype: .genericOld)
            var number = Decimal128("1.00")
            var timestamp = DocumentTimestamp(seconds: 1, increment: 2)
            var pattern = DocumentRegularExpression("a+", options: "mi")
            var inner: Document = ["a": .null]
            var any: DocumentValue = [1, "two"]
            var bytes: [UInt8] = [1]
            var texts = ["a", ""]
        }
        let bytes = try BSONEncoder().encode(Values())
        let document = try Document(bson: bytes)
        #expect(document["date"] == .date(DocumentDate(millisecondsSince1970: 1_500)))
        #expect(
            document["uuid"]
                == .binary(DocumentBinary(Array(1...16), subtype: .uuid)))
        #expect(document["data"] == .binary(DocumentBinary([1, 2, 3])))
        #expect(document["decimal"] == Decimal128("-12.5").map(DocumentValue.decimal128))
        #expect(document["id"] == ObjectID("0123456789abcdef01234567").map(DocumentValue.objectID))
        #expect(document["inner"] == ["a": .null])
        #expect(document["any"] == [1, "two"])
        #expect(document["bytes"] == .array([.int32(1)]))
        #expect(document["texts"] == ["a", ""])
        #expect(try BSONDecoder().decode(Values.self, from: bytes) == Values())
    }

    @Test("nil is left out, and null is written where it is said")
    func nothing() throws {
        struct Left: Codable, Equatable {
            var name: String?
            var age: Int?
        }
        struct Said: Encodable {
            func encode(to encoder: any Encoder) throws {
                var container = encoder.container(keyedBy: BSONName.self)
                try container.encodeNil(forKey: "name")
            }
        }
        #expect(try fields(of: Left()) == [:])
        #expect(try fields(of: Said()) == ["name": .null])
        let null = try BSONEncoder().encode(Said())
        #expect(try BSONDecoder().decode(Left.self, from: null) == Left())
        #expect(try fields(of: ["a": [1, nil, 3]]) == ["a": [1, .null, 3]])
        let values = try BSONDecoder().decode(
            [String: [Int?]].self, from: BSONEncoder().encode(["a": [1, nil, 3]]))
        #expect(values == ["a": [1, nil, 3]])
    }

    @Test("fields are read in any order, and those that nobody asks for are passed over")
    func order() throws {
        struct Entity: Codable, Equatable {
            var a: Int
            var b: String
            var c: [Double]
        }
        let document: Document = [
            "c": [1.5], "x": ["y": [1, 2]], "b": "text", "z": .minKey, "a": 7,
        ]
        let entity = try BSONDecoder().decode(Entity.self, from: document.bson())
        #expect(entity == Entity(a: 7, b: "text", c: [1.5]))
    }

    @Test("dictionaries, enums with values and optionals in arrays come back")
    func composite() throws {
        enum Shape: Codable, Equatable {
            case circle(radius: Double)
            case empty
        }
        struct Entity: Codable, Equatable {
            var shapes: [String: Shape]
            var names: [String?]
            var matrix: [[Int]]
            var raw: Role
        }
        enum Role: String, Codable { case reader, writer }
        let entity = Entity(
            shapes: ["a": .circle(radius: 2), "b": .empty], names: ["x", nil],
            matrix: [[1, 2], [], [3]], raw: .writer)
        let again = try BSONDecoder().decode(Entity.self, from: BSONEncoder().encode(entity))
        #expect(again == entity)
    }

    @Test("a whole number is read from every number that is one")
    func exactNumbers() throws {
        let document: Document = [
            "a": .int32(7), "b": .int64(7), "c": .double(7),
            "d": Decimal128("7.00").map(DocumentValue.decimal128) ?? .null,
        ]
        let bytes = try document.bson()
        let sevens = ["a": 7, "b": 7, "c": 7, "d": 7]
        #expect(try BSONDecoder().decode([String: Int].self, from: bytes) == sevens)
        #expect(
            try BSONDecoder().decode([String: UInt8].self, from: bytes)
                == sevens.mapValues(UInt8.init))
        #expect(
            try BSONDecoder().decode([String: Double].self, from: bytes)
                == sevens.mapValues(Double.init))
    }

    @Test("what the types find in their coders is what the user gave")
    func userInfo() throws {
        struct Entity: Codable {
            var name: String
            init() { name = "" }
            init(from decoder: any Decoder) throws {
                name = decoder.userInfo[.name] as? String ?? ""
            }
            func encode(to encoder: any Encoder) throws {
                var container = encoder.container(keyedBy: BSONName.self)
                try container.encode(encoder.userInfo[.name] as? String, forKey: "name")
            }
        }
        let bytes = try BSONEncoder(userInfo: [.name: "charlie"]).encode(Entity())
        #expect(try Document(bson: bytes) == ["name": "charlie"])
        let decoder = BSONDecoder(userInfo: [.name: "delta"])
        #expect(try decoder.decode(Entity.self, from: bytes).name == "delta")
    }

    @Test("a lent bson_t is read where it is")
    func lent() throws {
        let buffer = try BSONBuffer(encoding: ["a": 1])
        #expect(try BSONReading.decode([String: Int].self, from: buffer.pointer) == ["a": 1])
        #expect(try Document(reading: buffer.pointer) == ["a": 1])
        #expect(try BSONReading.decode(Document.self, from: buffer.pointer) == ["a": 1])
        #expect(try BSONBuffer(["a": 1]).bytes == buffer.bytes)
    }

    @Test("documents of many sizes are the same in libbson's memory")
    func growing() throws {
        for size in [0, 1, 100, 479, 480, 481, 511, 512, 513, 5_000, 100_000] {
            let document: Document = ["text": .string(String(repeating: "x", count: size))]
            let buffer = try BSONBuffer(document)
            #expect(buffer.count == size + 16)
            #expect(try Document(reading: buffer.pointer) == document)
        }
    }
}

extension CodingUserInfoKey {
    private static let other: CodingUserInfoKey = { preconditionFailure("no key") }()
    fileprivate static let name = CodingUserInfoKey(rawValue: "name") ?? .other
}

/// Any name, as a literal.
struct BSONName: CodingKey, ExpressibleByStringLiteral {
    var stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init(stringLiteral value: String) { stringValue = value }
    init?(intValue: Int) { nil }
}
