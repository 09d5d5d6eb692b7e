import StorageKit
import StorageKitInMemory
import StorageKitTesting
import Testing

/// "é" is one scalar or two: the same text, in other bytes.
@Suite("A text as the key of a shared cache", .timeLimit(.minutes(5)))
struct SharedCacheTextKeyTests {
    private let scene = SharedCacheScene()

    static let spellings = [
        ["caf\u{E9}", "cafe\u{301}"],
        // Angstrom: the sign, the letter, and the letter with its ring beside it.
        ["\u{212B}", "\u{C5}", "A\u{30A}"],
        // Two marks below and above a letter, in either order.
        ["q\u{307}\u{323}", "q\u{323}\u{307}"],
        // Hangul, by syllable and by letters.
        ["\u{AC01}", "\u{1100}\u{1161}\u{11A8}"],
    ]

    @Test("is one key however it is spelt", arguments: spellings)
    func spelt(_ spellings: [String]) async throws {
        let (here, there) = (scene.cache(), scene.cache())
        for written in spellings {
            for invalidated in spellings {
                try await here.fill(written, CacheEntry("v"))
                #expect(try await there.get(invalidated)?.value == "v")
                #expect(try await there.get(spellings).count == 1)
                try await there.invalidate(invalidated)
                #expect(try await here.get(written) == nil)
            }
        }
    }

    @Test("tears the registered loads of all its spellings", arguments: spellings)
    func loads(_ spellings: [String]) async throws {
        for mode in [SharedCacheLookupMode.getThenLease, .leaseOnRead] {
            let here = scene.cache(SharedCacheOptions(lookupMode: mode))
            for written in spellings {
                for invalidated in spellings {
                    guard case .load(let ticket) = try await here.beginLoad(written) else {
                        Issue.record("there is an entry")
                        return
                    }
                    try await scene.cache().invalidate(invalidated)
                    #expect(try await !here.publish("old", for: written, ticket: ticket))
                }
            }
        }
    }

    @Test("is stored as it is where it has one spelling, and composed where it has several")
    func bytes() async throws {
        let names = SharedCacheNames(namespace: "test")
        for key in ["", "a:1", "stra\u{DF}e", "\u{2C8}", "\u{416}\u{4E2D}\u{1F600}", "e\u{301}"] {
            try await scene.cache().fill(key, CacheEntry("v"))
            let bytes = key == "e\u{301}" ? "\u{E9}" : ByteString(key)
            #expect(try await scene.store.get(names.record(of: bytes)) != nil)
        }
    }

    @Test("is one key by whatever codec of texts, and the value's spelling is kept")
    func otherCodec() async throws {
        let cache = KeyValueCache<String, StringCodec, InMemoryKeyValueStore>(
            scene.store, namespace: "test", keys: JSONCodec<String>(), values: .string)
        try await cache.fill("e\u{301}", CacheEntry("e\u{301}"))
        let value = try await cache.get("\u{E9}")?.value ?? nil
        #expect(value.map { Array($0.utf8) } == Array("e\u{301}".utf8))
    }
}
