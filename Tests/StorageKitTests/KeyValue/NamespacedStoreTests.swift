import StorageKit
import StorageKitTesting
import Testing

@Suite("Namespaces")
struct NamespacedStoreTests {
    private let store = RecordingStore(.value(nil))

    private func prefix(of path: [String]) -> ByteString {
        path.dropFirst().reduce(store.namespace(path[0])) { $0.namespace($1) }.prefix
    }

    @Test("a key is called by its path in the store beneath, with what divides it escaped")
    func keys() async throws {
        _ = try await store.namespace("sessions").get("17")
        _ = try await store.namespace("sessions").namespace("mobile").get("17")
        _ = try await store.namespace("a:b/c%d").get("e:f/g%h")
        _ = try await store.namespace("").namespace("").get("")
        #expect(
            store.operations == [
                .get("sessions:17"), .get("sessions/mobile:17"), .get("a%3Ab%2Fc%25d:e:f/g%h"),
                .get("/:"),
            ])
    }

    @Test("two different paths never give the same key, and no prefix begins another")
    func injective() {
        var generator = SeededGenerator(seed: keyValueSeed)
        var seen: [ByteString: (path: [String], key: ByteString)] = [:]
        var prefixes: [ByteString: [String]] = [:]
        for _ in 0..<20_000 {
            let path = (0..<Int.random(in: 1...3, using: &generator)).map { _ in generator.name() }
            let key = ByteString(generator.name())
            let prefix = prefix(of: path)
            let other = seen.updateValue((path, key), forKey: prefix + key)
            #expect(other?.path ?? path == path && other?.key ?? key == key, "seed \(keyValueSeed)")
            #expect(prefixes.updateValue(path, forKey: prefix) ?? path == path)
        }
        // Keys of one namespace cannot be those of another if no prefix begins another prefix;
        // in their order, one that did would come just before.
        let ordered = prefixes.keys.sorted()
        for (prefix, next) in zip(ordered, ordered.dropFirst()) {
            #expect(!next.hasPrefix(prefix), "\(prefix) begins \(next)")
        }
    }

    @Test("a nested namespace is another than a flat one with the same letters")
    func nested() {
        let paths = [
            ["a", "b"], ["a/b"], ["a:b"], ["a%2Fb"], ["a", "", "b"], ["a", "b", ""], ["ab"],
        ]
        #expect(Set(paths.map(prefix)).count == paths.count)
    }

    @Test("a namespace made where only the protocol is known is the one that is made elsewhere")
    func genericNesting() async throws {
        func nested(_ store: some KeyValueStore, _ path: [String]) async throws {
            guard let name = path.first else { return _ = try await store.get("x") }
            try await nested(store.namespace(name), Array(path.dropFirst()))
        }
        try await nested(store, ["a", "b", "c"])
        try await nested(store.namespace("a"), ["b", "c"])
        try await nested(store.namespace("a").namespace("b"), ["c"])
        _ = try await inGenericCode(inGenericCode(store.namespace("a"), "b"), "c").get("x")
        _ = try await inGenericCode(store.namespace("a"), "b").namespace("c").get("x")
        #expect(store.operations == Array(repeating: .get("a/b/c:x"), count: 5))
    }

    @Test("wrappers between two namespaces leave the path as it is")
    func wrapped() async throws {
        let store = RecordingStore { (_, operation) throws(StorageError) in
            if case .increment = operation { .integer(1) } else { .value(nil) }
        }
        let sessions = RelayStore(store.namespace("a"))
        _ = try await sessions.namespace("b").get("x")
        _ = try await inGenericCode(sessions, "b").get("x")
        _ = try await RelayStore(RelayStore(sessions).namespace("b")).namespace("c").get("x")
        _ = try await sessions.namespace("b").namespace("c").increment("x")
        _ = try await RelayStore(store).namespace("b").namespace("c").get("x")
        let (value, sum) = try await RelayStore(sessions).namespace("b").pipeline {
            ($0.get("x"), $0.increment("y"))
        }
        let (read, counted) = (try value.get(), try sum.get())
        #expect(read == nil && counted == 1)
        #expect(
            store.operations == [
                .get("a/b:x"), .get("a/b:x"), .get("a/b/c:x"), .increment("a/b/c:x", by: 1),
                .get("b/c:x"), .get("a/b:x"), .increment("a/b:y", by: 1),
            ])
        #expect(sessions.namespace("b").base.base.prefix == "a/b:")
    }

    private func inGenericCode<Store: KeyValueStore>(
        _ store: Store, _ name: String
    ) -> NamespacedStore<Store> {
        store.namespace(name)
    }

    @Test("the key that is given back is the key that was asked for")
    func translation() {
        var generator = SeededGenerator(seed: keyValueSeed)
        for _ in 0..<1_000 {
            let translation = KeyTranslation(prefix: generator.bytes())
            let key = generator.bytes()
            #expect(translation.outer(translation.inner(key)) == key)
        }
    }

    @Test("a scan asks for the prefix beneath and answers with the keys as they are called here")
    func scan() async throws {
        let page = ScanPage<ByteString>(elements: ["jobs:a", "jobs:jobs:"], next: ScanCursor("7"))
        let store = RecordingStore(.elementPage(page))
        let found = try await store.namespace("jobs").keys(withPrefix: "x", after: nil, limit: 9)
        #expect(store.operations == [.scan(prefix: "jobs:x", nil, limit: 9)])
        #expect(found == ScanPage(elements: ["a", "jobs:"], next: ScanCursor("7")))
    }

    @Test("members of a set are no keys, and are left as they are")
    func members() async throws {
        let page = ScanPage<ByteString>(elements: ["jobs:a"], next: nil)
        let store = RecordingStore(.elementPage(page))
        let found = try await store.namespace("jobs").setMembers(of: "s", after: nil, limit: 9)
        #expect(found.elements == ["jobs:a"])
    }

    @Test("the prefix counts for the length of a key, here and beneath")
    func limits() async throws {
        let limits = KeyValueLimits(maximumKeyBytes: 8)
        let store = RecordingStore(limits: limits) { (_, _) throws(StorageError) in .value(nil) }
        let jobs = store.namespace("jobs")
        #expect(jobs.limits.maximumKeyBytes == 3)
        _ = try await jobs.get("abc")
        let error = await #expect(throws: StorageError.self) { _ = try await jobs.get("abcd") }
        #expect(error?.code == .limitExceeded)
        #expect(store.namespace("long-name").limits.maximumKeyBytes == 0)
        #expect(store.operations == [.get("jobs:abc")])
    }

    @Test("a pipeline and a batch are translated, and so are their answers")
    func batches() async throws {
        let page = ScanPage<ByteString>(elements: ["n:k"], next: nil)
        let store = RecordingStore { (_, operation) throws(StorageError) in
            if case .scan = operation { .elementPage(page) } else { .integer(1) }
        }
        let (keys, count) = try await store.namespace("n").pipeline {
            ($0.keys(withPrefix: "", after: nil, limit: 1), $0.increment("c"))
        }
        let again = try await store.namespace("n").atomically {
            [$0.keys(withPrefix: "k", after: nil, limit: 1)]
        }
        let first = try keys.get()
        let counted = try count.get()
        #expect(first.elements == ["k"] && counted == 1 && again.map(\.elements) == [["k"]])
        #expect(
            store.operations == [
                .scan(prefix: "n:", nil, limit: 1), .increment("n:c", by: 1),
                .scan(prefix: "n:k", nil, limit: 1),
            ])
    }
}
