import StorageKit
import Testing

@Suite("Typed stores")
struct TypedStoreTests {
    private let ana: ByteString = #"{"name":"Ana"}"#

    struct Profile: Codable, Equatable {
        var name: String
    }

    private func profiles(in store: RecordingStore) -> TypedStore<
        RecordingStore, JSONCodec<Profile>
    > {
        store.typed(as: Profile.self)
    }

    @Test("each call is one of the store, with the value as bytes")
    func writes() async throws {
        let store = RecordingStore { (_, operation) throws(StorageError) in
            if case .set = operation { .done } else { .flag(true) }
        }
        let (profiles, profile) = (profiles(in: store), Profile(name: "Ana"))
        try await profiles.set("1", to: profile)
        try await profiles.set("1", to: profile, expires: .after(.seconds(9)))
        let absent = try await profiles.setIfAbsent("1", to: profile)
        let present = try await profiles.setIfPresent("1", to: profile)
        let swapped = try await profiles.compareAndSet("1", from: Profile(name: "Ben"), to: profile)
        #expect(absent && present && swapped)
        #expect(
            store.operations == [
                .set("1", ana, .never), .set("1", ana, .after(.seconds(9))),
                .setIf(.absent, "1", ana, .never), .setIf(.present, "1", ana, .never),
                .setIf(.equal(to: #"{"name":"Ben"}"#), "1", ana, .never),
            ])
    }

    @Test("each conditional write goes with an expiry too, and a deletion with a condition")
    func conditionalWrites() async throws {
        let store = RecordingStore { (_, operation) throws(StorageError) in
            if case .exchange = operation { .value(nil) } else { .flag(true) }
        }
        let (profiles, profile) = (profiles(in: store), Profile(name: "Ana"))
        let soon = KeyExpiration.after(.seconds(9))
        let done = [
            try await profiles.setIfAbsent("1", to: profile, expires: soon),
            try await profiles.setIfPresent("1", to: profile, expires: .unchanged),
            try await profiles.compareAndSet("1", from: profile, to: profile, expires: soon),
            try await profiles.compareAndDelete("1", from: profile),
        ]
        let old = try await profiles.exchange("1", with: profile, expires: soon)
        #expect(done == [true, true, true, true] && old == nil)
        #expect(
            store.operations == [
                .setIf(.absent, "1", ana, soon), .setIf(.present, "1", ana, .unchanged),
                .setIf(.equal(to: ana), "1", ana, soon), .deleteIf(equal: ana, "1"),
                .exchange("1", ana, soon),
            ])
    }

    @Test("what is read is decoded, and absence stays absence")
    func reads() async throws {
        let store = RecordingStore(.value(ana))
        let (profiles, profile) = (profiles(in: store), Profile(name: "Ana"))
        let read = [
            try await profiles.get("1"), try await profiles.get("1", expires: .unchanged),
            try await profiles.exchange("1", with: profile), try await profiles.take("1"),
        ]
        #expect(read == Array(repeating: profile, count: 4))
        #expect(
            store.operations == [
                .get("1"), .getAndExpire("1", .unchanged), .exchange("1", ana, .never), .take("1"),
            ])
        let none = try await RecordingStore(.value(nil)).typed(as: Profile.self).get("1")
        #expect(none == nil)
    }

    @Test("values of several keys stay at their positions")
    func getMany() async throws {
        let store = RecordingStore(.values([nil, ana, nil]))
        let found = try await profiles(in: store).get(["1", "2", "3"])
        #expect(found == [nil, Profile(name: "Ana"), nil])
    }

    @Test("a deletion passes on what there was")
    func delete() async throws {
        let (one, none) = (RecordingStore(.integer(1)), RecordingStore(.integer(0)))
        let deleted = try await profiles(in: one).delete("1")
        let missing = try await profiles(in: none).delete("1")
        #expect(deleted && !missing)
        #expect(one.operations == [.delete(["1"])])
    }

    @Test("what has no bytes is refused before the store is asked")
    func encodingFails() async {
        let store = RecordingStore(.done)
        let error = await #expect(throws: StorageError.self) {
            try await store.typed(as: Double.self).set("1", to: .nan)
        }
        #expect(error?.code == .encodingFailed)
        #expect(store.operations == [])
    }

    @Test("bytes that are no such value are an error, and not an absence")
    func decodingFails() async {
        let store = RecordingStore(.value("{}"))
        let error = await #expect(throws: StorageError.self) {
            _ = try await profiles(in: store).get("1")
        }
        #expect(error?.code == .decodingFailed)
    }

    @Test("a codec of text is no JSON")
    func otherCodecs() async throws {
        let texts = RecordingStore(.value("Ana")).typed(with: .string)
        let text = try await texts.get("1")
        let bytes = try await RecordingStore(.value([255])).typed(with: .bytes).get("1")
        #expect(text == "Ana" && bytes == [255])
    }
}
