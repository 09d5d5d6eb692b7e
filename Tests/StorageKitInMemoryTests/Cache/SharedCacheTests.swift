import StorageKit
import StorageKitInMemory
import StorageKitTesting
import Testing

@Suite("A cache that processes share", .timeLimit(.minutes(5)))
struct SharedCacheTests {
    private let scene = SharedCacheScene()

    @Test("gives another process the entry as it was published")
    func entry() async throws {
        let (here, there) = (scene.cache(), scene.cache())
        let entry = CacheEntry(
            "v", timeToLive: .seconds(60), freshFor: .seconds(20), version: CacheVersion(3),
            tags: ["a", "b"])
        #expect(try await here.fill("k", entry))
        #expect(try await there.get("k") == entry)
        scene.clock.advance(by: .seconds(25))
        let later = try await there.get("k")
        #expect(later?.timeToLive == .seconds(35))
        #expect(later?.isStale == true)
        scene.clock.advance(by: .seconds(35))
        #expect(try await there.get("k") == nil)
    }

    @Test("keeps what is known to be absent")
    func absence() async throws {
        #expect(try await scene.cache().fill("k", CacheEntry(nil, timeToLive: .seconds(1))))
        let entry = try await scene.cache().get("k")
        #expect(entry != nil)
        #expect(entry?.value == nil)
    }

    @Test("refuses the fill of a load that another process invalidated")
    func staleFill() async throws {
        let (here, there) = (scene.cache(), scene.cache())
        guard case .load(let ticket) = try await here.beginLoad("k") else {
            Issue.record("no load")
            return
        }
        try await there.invalidate("k")
        #expect(try await !here.publish("old", for: "k", ticket: ticket))
        #expect(here.statistics.rejectedFills == 1)
        #expect(try await here.get("k") == nil)
    }

    @Test("takes an entry of another schema for a miss, counts and replaces it")
    func schema() async throws {
        let old = scene.cache()
        let new = scene.cache(SharedCacheOptions(schemaVersion: 2))
        try await old.fill("k", CacheEntry("old"))
        #expect(try await new.get("k") == nil)
        #expect(new.statistics.unreadableEntries == 1)
        #expect(try await new.fill("k", CacheEntry("new")))
        #expect(try await new.get("k")?.value == "new")
        #expect(try await old.get("k") == nil)
    }

    @Test("takes what is no record, or none that can be decoded, for a miss")
    func foreignBytes() async throws {
        let names = SharedCacheNames(namespace: "test")
        let cache = scene.cache()
        try await scene.store.set(names.record(of: "k"), to: "somebody else's")
        #expect(try await cache.get("k") == nil)
        #expect(try await cache.fill("k", CacheEntry("ours")))
        #expect(try await cache.get("k")?.value == "ours")
        try await scene.store.delete(names.record(of: "k"))
        _ = try await scene.store.listPush(names.record(of: "k"), ["x"])
        #expect(try await cache.get("k") == nil)
        try await cache.invalidate("k")
    }

    @Test("compresses above a size, and reads no more than the limit")
    func compression() async throws {
        let options = SharedCacheOptions(
            maximumPayloadBytes: 200, compression: RunLengths(), compressionThreshold: 100)
        let cache = scene.cache(options)
        let long = String(repeating: "a", count: 5_000)
        #expect(try await cache.fill("long", CacheEntry(long)))
        #expect(try await cache.get("long")?.value == long)
        var strict = options
        strict.maximumDecompressedBytes = 4_999
        #expect(try await scene.cache(strict).get("long") == nil)
        var other = options
        other.compression = RunLengths(identifier: 8)
        #expect(try await scene.cache(other).get("long") == nil)
    }

    @Test("does not store what is too large, and lets the next reader load")
    func tooLarge() async throws {
        let cache = scene.cache(SharedCacheOptions(maximumPayloadBytes: 20))
        #expect(try await !cache.fill("k", CacheEntry(String(repeating: "a", count: 14))))
        #expect(cache.statistics.unstorableEntries == 1)
        #expect(try await cache.fill("k", CacheEntry(String(repeating: "a", count: 13))))
    }

    @Test("clears everything at once, loads under way included")
    func clearing() async throws {
        let (here, there) = (scene.cache(), scene.cache())
        try await here.fill("k", CacheEntry("v"))
        guard case .load(let ticket) = try await here.beginLoad("l") else {
            Issue.record("no load")
            return
        }
        try await there.removeAll()
        #expect(try await here.get("k") == nil)
        #expect(try await !here.publish("v", for: "l", ticket: ticket))
        #expect(try await here.fill("k", CacheEntry("w")))
    }

    @Test("deletes what was cleared, and no more, when it is told to")
    func outdated() async throws {
        let cache = scene.cache(SharedCacheOptions(timeToLive: nil))
        for number in 0..<600 { try await cache.fill("old\(number)", CacheEntry("v")) }
        #expect(try await cache.removeOutdated() == 0)
        try await cache.removeAll()
        try await cache.fill("new", CacheEntry("v"))
        guard case .load(let ticket) = try await cache.beginLoad("loading") else {
            Issue.record("no load")
            return
        }
        let barriers = try await cache.beginWrites(["writing"], lasting: .seconds(60))
        try await scene.store.set("{test}:other", to: "somebody else's")
        #expect(try await cache.removeOutdated() == 600)
        #expect(try await cache.removeOutdated() == 0)
        #expect(try await cache.get("new")?.value == "v")
        #expect(try await cache.publish("v", for: "loading", ticket: ticket))
        #expect(try await cache.get("writing") == nil)
        try await cache.endWrites(barriers.map { CacheWriteEnd(key: $0, barrier: $1) })
        #expect(try await scene.store.get("{test}:other") != nil)
        // Without a generation nothing counts, and all of it is deleted.
        try await scene.store.delete(SharedCacheNames(namespace: "test").generation)
        #expect(try await cache.removeOutdated() == 2)
    }

    @Test("is cleared when the generation was lost", arguments: [false, true])
    func lostGeneration(foreign: Bool) async throws {
        let cache = scene.cache()
        let names = SharedCacheNames(namespace: "test")
        try await cache.fill("k", CacheEntry("v"))
        try await scene.store.delete(names.generation)
        if foreign { try await scene.store.set(names.generation, to: "?") }
        #expect(try await cache.get("k") == nil)
        #expect(try await cache.fill("k", CacheEntry("w")))
        #expect(try await cache.get("k")?.value == "w")
    }

    @Test("invalidates by tag, and keeps the entries without it")
    func tags() async throws {
        let (here, there) = (scene.cache(), scene.cache())
        try await here.fill("a", CacheEntry("1", tags: ["x"]))
        try await here.fill("b", CacheEntry("2", tags: ["y"]))
        guard case .load(let ticket) = try await here.beginLoad("c") else {
            Issue.record("no load")
            return
        }
        try await there.invalidate(tags: ["x"])
        #expect(Set(try await here.get(["a", "b"]).keys) == ["b"])
        let late = CacheFill(key: "c", entry: CacheEntry("3", tags: ["x"]), ticket: ticket)
        let stored = try await here.publish([late])
        #expect(stored.isEmpty, "who joined the load after the invalidation would be given it")
        #expect(try await here.get("c") == nil)
        #expect(try await here.fill("a", CacheEntry("4", tags: ["x"])))
        #expect(try await there.get("a")?.value == "4")
    }

    @Test("is cleared when its tags were lost")
    func lostTags() async throws {
        let cache = scene.cache()
        try await cache.fill("a", CacheEntry("1", tags: ["x"]))
        try await cache.invalidate(tags: ["y"])
        try await scene.store.delete(SharedCacheNames(namespace: "test").tags)
        #expect(try await cache.get("a") == nil)
        try await cache.invalidate(tags: ["z"])
        #expect(try await cache.fill("a", CacheEntry("2", tags: ["x"])))
        #expect(try await cache.get("a")?.value == "2")
    }

    @Test("leases with the lookup when told to, and gives each lease out once")
    func leaseOnRead() async throws {
        let here = scene.cache(SharedCacheOptions(lookupMode: .leaseOnRead))
        let there = scene.cache()
        #expect(try await here.get("k") == nil)
        guard case .bypass(.loading) = try await there.beginLoad("k"),
            case .load(let ticket) = try await here.beginLoad("k"),
            case .bypass(.loading) = try await here.beginLoad("k")
        else {
            Issue.record("the lookup's lease was not given out once")
            return
        }
        #expect(try await here.publish("v", for: "k", ticket: ticket))
        #expect(try await here.get("other") == nil)
        scene.clock.advance(by: .seconds(11))
        #expect(try await there.fill("other", CacheEntry("w")))
        guard case .hit = try await here.beginLoad("other") else {
            Issue.record("a lease was given out after its end")
            return
        }
    }

    @Test("serves and fills nothing under a barrier, and leaves an entry that nobody disputes")
    func barrier() async throws {
        let (here, there) = (scene.cache(), scene.cache())
        try await here.fill("k", CacheEntry("old"))
        let barriers = try await here.beginWrites(["k"], lasting: .seconds(5))
        #expect(try await there.get("k") == nil)
        guard case .bypass(.writing) = try await there.beginLoad("k") else {
            Issue.record("a load began under a barrier")
            return
        }
        let barrier = try #require(barriers["k"])
        try await here.endWrites([
            CacheWriteEnd(key: "k", barrier: barrier, entry: CacheEntry("new"))
        ])
        #expect(try await there.get("k")?.value == "new")
    }

    @Test("leaves nothing of a strict write that an invalidation disputes")
    func disputed() async throws {
        let (here, there) = (scene.cache(), scene.cache())
        let barriers = try await here.beginWrites(["k"], lasting: .seconds(5))
        try await there.invalidate("k")
        let barrier = try #require(barriers["k"])
        try await here.endWrites([
            CacheWriteEnd(key: "k", barrier: barrier, entry: CacheEntry("new"))
        ])
        #expect(try await there.get("k") == nil)
        #expect(try await there.fill("k", CacheEntry("loaded")))
    }

    @Test("refuses fills below a recorded version for as long as a replica may lag")
    func floor() async throws {
        let (here, there) = (scene.cache(), scene.cache())
        try await here.recordWrites(
            [CacheWrite(key: "k", version: CacheVersion(5))], refusingOlderFor: .seconds(30))
        #expect(try await !there.fill("k", CacheEntry("v4", version: CacheVersion(4))))
        #expect(try await !there.fill("k", CacheEntry("?")))
        scene.clock.advance(by: .seconds(30))
        #expect(try await there.fill("k", CacheEntry("?")))
    }

    enum Removal: CaseIterable {
        case invalidation, clearing, deletion, barrier
    }

    @Test(
        "refuses them as well when the entry that the write left is removed",
        arguments: Removal.allCases)
    func floorOfEntry(removal: Removal) async throws {
        let (here, there) = (scene.cache(), scene.cache())
        let old = CacheEntry("v4", version: CacheVersion(4))
        try await here.fill("k", old)
        let write = CacheWrite(key: "k", version: CacheVersion(5), entry: CacheEntry("v5"))
        try await here.recordWrites([write], refusingOlderFor: .seconds(30))
        #expect(try await there.get("k")?.value == "v5")
        try await remove("k", from: there, by: removal)
        #expect(try await here.get("k") == nil)
        #expect(try await !here.fill("k", old))
        scene.clock.advance(by: .seconds(30))
        #expect(try await here.fill("k", old))
    }

    private func remove(
        _ key: String, from cache: SharedCacheScene.Shared, by removal: Removal
    ) async throws {
        switch removal {
        case .invalidation: try await cache.invalidate([key])
        case .clearing: try await cache.removeAll()
        case .deletion:
            try await cache.removeAll()
            #expect(try await cache.removeOutdated() == 1)
        case .barrier:
            let barriers = try await cache.beginWrites([key], lasting: .seconds(1))
            try await cache.endWrites(barriers.map { CacheWriteEnd(key: $0, barrier: $1) })
        }
    }
}

@Suite("Waiting for another process's load", .timeLimit(.minutes(5)))
struct SharedCacheWaitingTests {
    private let scene = SharedCacheScene()

    @Test("ends with the load, whatever came of it", arguments: [0, 1, 2, 3])
    func woken(how: Int) async throws {
        let (here, there) = (scene.cache(), scene.cache())
        guard case .load(let ticket) = try await there.beginLoad("k") else {
            Issue.record("no load")
            return
        }
        async let ended = here.loadEnded(of: "k", within: .seconds(5))
        await scene.clock.waitForSleepers(1)
        switch how {
        case 0: try await there.publish("v", for: "k", ticket: ticket)
        case 1: try await there.abandonLoad("k", ticket: ticket)
        case 2: try await there.invalidate("k")
        default: try await there.removeAll()
        }
        #expect(await ended)
    }

    @Test("is over at once when the load has ended already")
    func over() async throws {
        #expect(await scene.cache().loadEnded(of: "k", within: .seconds(5)))
    }

    @Test("ends in vain when patience does, and with the lease when that is sooner")
    func patience() async throws {
        let here = scene.cache()
        guard case .load = try await scene.cache().beginLoad("k") else {
            Issue.record("no load")
            return
        }
        async let impatient = here.loadEnded(of: "k", within: .seconds(5))
        await scene.clock.waitForSleepers(1)
        scene.clock.advance(by: .seconds(5))
        #expect(await !impatient)
        async let patient = here.loadEnded(of: "k", within: .seconds(60))
        await scene.clock.waitForSleepers(1)
        scene.clock.advance(by: .seconds(10))
        #expect(await patient)
    }

    @Test("ends when its task is cancelled")
    func cancelled() async throws {
        let here = scene.cache()
        guard case .load = try await scene.cache().beginLoad("k") else {
            Issue.record("no load")
            return
        }
        let waiting = Task { await here.loadEnded(of: "k", within: .seconds(5)) }
        await scene.clock.waitForSleepers(1)
        waiting.cancel()
        #expect(await !waiting.value)
    }
}
