import StorageKit
import StorageKitBSON
import Testing

@Suite("Containers in each other, in BSON")
struct BSONContainerTests {
    /// An entity that is what a closure writes.
    struct Written: Encodable {
        var write: (any Encoder) throws -> Void
        func encode(to encoder: any Encoder) throws { try write(encoder) }
    }

    private func document(_ write: @escaping (any Encoder) throws -> Void) throws -> Document {
        try Document(bson: BSONEncoder().encode(Written(write: write)))
    }

    @Test("containers that are written by turns have their fields where they were begun")
    func byTurns() throws {
        let document = try document { encoder in
            var outer = encoder.container(keyedBy: BSONName.self)
            try outer.encode(1, forKey: "first")
            var left = outer.nestedContainer(keyedBy: BSONName.self, forKey: "left")
            var right = outer.nestedUnkeyedContainer(forKey: "right")
            try left.encode("a", forKey: "a")
            try right.encode(true)
            try outer.encode(2, forKey: "second")
            var inner = left.nestedContainer(keyedBy: BSONName.self, forKey: "inner")
            try right.encode(false)
            try left.encode("b", forKey: "b")
            try inner.encode(3, forKey: "c")
            var deep = right.nestedUnkeyedContainer()
            try deep.encode("x")
            try outer.encode(4, forKey: "last")
        }
        #expect(
            document == [
                "first": 1, "left": ["a": "a", "inner": ["c": 3], "b": "b"],
                "right": [true, false, ["x"]], "second": 2, "last": 4,
            ])
    }

    @Test("a class has what its superclass has under super, or in the same document")
    func superclasses() throws {
        class Animal: Codable {
            var name = "cat"
            init() {}
        }
        final class Pet: Animal {
            var owner = "me"
            override init() { super.init() }
            required init(from decoder: any Decoder) throws {
                let container = try decoder.container(keyedBy: BSONName.self)
                owner = try container.decode(String.self, forKey: "owner")
                try super.init(from: container.superDecoder())
            }
            override func encode(to encoder: any Encoder) throws {
                var container = encoder.container(keyedBy: BSONName.self)
                try super.encode(to: container.superEncoder())
                try container.encode(owner, forKey: "owner")
            }
        }
        let pet = Pet()
        pet.name = "dog"
        pet.owner = "you"
        let bytes = try BSONEncoder().encode(pet)
        #expect(try Document(bson: bytes) == ["super": ["name": "dog"], "owner": "you"])
        let again = try BSONDecoder().decode(Pet.self, from: bytes)
        #expect(again.name == "dog" && again.owner == "you")
        let same = try document { encoder in
            try Animal().encode(to: encoder)
            var container = encoder.container(keyedBy: BSONName.self)
            try container.encode(1, forKey: "more")
        }
        #expect(same == ["name": "cat", "more": 1])
    }

    @Test("super may be a scalar, an array or nothing at all")
    func superScalars() throws {
        let document = try document { encoder in
            var outer = encoder.container(keyedBy: BSONName.self)
            var number = outer.superEncoder(forKey: "number").singleValueContainer()
            var array = outer.superEncoder(forKey: "array").unkeyedContainer()
            _ = outer.superEncoder(forKey: "nothing")
            try array.encode("a")
            try number.encode(1.5)
            try array.encode("b")
        }
        #expect(document == ["number": 1.5, "array": ["a", "b"], "nothing": [:]])
    }

    @Test("a value that writes nothing is an empty document")
    func nothing() throws { #expect(try document { _ in } == [:]) }

    @Test("an array of more than ten elements has its names in order")
    func names() throws {
        let bytes = try BSONEncoder().encode(["a": Array(0..<120)])
        let read = try BSONDecoder().decode([String: [Int]].self, from: bytes)
        #expect(read == ["a": Array(0..<120)])
        let names = try BSONDecoder().decode(Names.self, from: bytes)
        #expect(names.count == 120)
        #expect(bytes.firstRange(of: Array("\u{12}119\0".utf8)) != nil)
    }

    private struct Names: Decodable {
        var count: Int?
        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: BSONName.self)
            count = try container.nestedUnkeyedContainer(forKey: "a").count
        }
    }

    @Test("what a value wrote before it threw is taken back, and its container goes on")
    func recovery() throws {
        struct Failing: Encodable {
            func encode(to encoder: any Encoder) throws {
                var container = encoder.container(keyedBy: BSONName.self)
                try container.encode(1, forKey: "half")
                _ = container.nestedContainer(keyedBy: BSONName.self, forKey: "inner")
                throw CancellationError()
            }
        }
        let document = try document { encoder in
            var container = encoder.container(keyedBy: BSONName.self)
            try? container.encode(Failing(), forKey: "a")
            try? container.encode(UInt64.max, forKey: "b")
            try? container.encode([UInt64.max], forKey: "c")
            try? container.encode(Document(fields: [DocumentField("\0", 1)]), forKey: "d")
            var array = container.nestedUnkeyedContainer(forKey: "e")
            try? array.encode(Failing())
            try array.encode(2)
            try container.encode(3, forKey: "f")
        }
        #expect(document == ["e": [2], "f": 3])
    }

    @Test("the way to a value is that of its names, for writers and readers")
    func paths() throws {
        struct Probe: Codable {
            var path: [String]
            init() { path = [] }
            init(from decoder: any Decoder) throws { path = decoder.codingPath.map(\.stringValue) }
            func encode(to encoder: any Encoder) throws {
                var container = encoder.container(keyedBy: BSONName.self)
                try container.encode(
                    encoder.codingPath.map(\.stringValue).joined(separator: "/"), forKey: "at")
            }
        }
        let entity = ["a": ["b": [Probe(), Probe()]]]
        let bytes = try BSONEncoder().encode(entity)
        let at = try Document(bson: bytes)
        #expect(at[path: "a.b.1.at"] == "a/b/1")
        let again = try BSONDecoder().decode([String: [String: [Probe]]].self, from: bytes)
        #expect(again["a"]?["b"]?.map(\.path) == [["a", "b", "0"], ["a", "b", "1"]])
        let nested = try document { encoder in
            var outer = encoder.container(keyedBy: BSONName.self)
            var inner = outer.nestedUnkeyedContainer(forKey: "list")
            try outer.encode(1, forKey: "before")
            try inner.encode(Probe())
        }
        #expect(nested[path: "list.0.at"] == "list/0")
    }
}
