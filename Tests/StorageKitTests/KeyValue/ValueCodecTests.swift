import StorageKit
import Testing

@Suite("Codecs")
struct ValueCodecTests {
    struct Profile: Codable, Equatable {
        var name: String
        var age: Int
        var score: Double?
        var tags: [String: Int] = [:]
    }

    private let codec = JSONCodec<Profile>()

    @Test("JSON has its keys in order, so that equal values have equal bytes")
    func sortedKeys() throws {
        let tags = Dictionary(uniqueKeysWithValues: (0..<50).map { ("tag \($0)", $0) })
        var profile = Profile(name: "a/b", age: 3, tags: tags)
        let bytes = try codec.encode(profile)
        for tag in tags.keys { profile.tags[tag] = nil }
        for (tag, number) in tags.sorted(by: { $0.value > $1.value }) { profile.tags[tag] = number }
        #expect(try codec.encode(profile) == bytes)
        let small = try codec.encode(Profile(name: "a/b", age: 3))
        #expect(small == #"{"age":3,"name":"a/b","tags":{}}"#)
    }

    @Test("a value comes back as it was, awkward ones too")
    func roundTrip() throws {
        for name in ["", "é\u{0}\n\"\\", "👩‍👩‍👧"] {
            let profile = Profile(name: name, age: .min, score: 0.1, tags: ["": .max])
            #expect(try codec.decode(try codec.encode(profile)) == profile)
        }
    }

    @Test("a number that JSON does not have is refused before anything is written")
    func notANumber() {
        for number in [Double.nan, .infinity] {
            let error = #expect(throws: StorageError.self) {
                try codec.encode(Profile(name: "", age: 0, score: number))
            }
            #expect(error?.code == .encodingFailed)
            #expect(error?.mayHaveBeenApplied == false)
        }
    }

    @Test(
        "bytes of another shape are refused, and are not in the message",
        arguments: [
            "", "secret", #"{"name":"secret"}"#, #"{"name":1,"age":2,"tags":{}}"#, "[]", "\u{0}",
        ] as [ByteString])
    func otherShapes(bytes: ByteString) {
        let error = #expect(throws: StorageError.self) { try codec.decode(bytes) }
        #expect(error?.code == .decodingFailed)
        #expect(error?.description.contains("secret") == false)
    }

    @Test("text is its UTF-8, and bytes that are not are refused")
    func text() throws {
        #expect(try StringCodec().encode("é") == [0xC3, 0xA9])
        #expect(try StringCodec().decode([0xC3, 0xA9]) == "é")
        let error = #expect(throws: StorageError.self) { try StringCodec().decode([0xC3]) }
        #expect(error?.code == .decodingFailed)
    }

    @Test("bytes are as they are")
    func bytes() throws {
        let all = ByteString(Array(0...255))
        #expect(try BytesCodec().decode(try BytesCodec().encode(all)) == all)
    }
}
