import StorageKit

extension CacheLaws {
    static func lookupCases<H: CacheHarness>() -> [ConformanceCase<H>] {
        [
            nothingAtFirst(), findsWhatWasPublished(), findsThoseThatExist(), keepsAbsence(),
            timeLeft(),
        ]
            + [keepsVersions(), countsLookups()]
    }

    private static func nothingAtFirst<H: CacheHarness>() -> ConformanceCase<H> {
        law("get.nothing-at-first", "A key that nobody filled has no entry.") { scene in
            try await scene.expectNothing(1, "in a fresh cache")
            _ = try await scene.ticket(1)
            try await scene.expectNothing(1, "while it is being loaded")
            let none = try await scene.cache.get([])
            try scene.context.expect(none.isEmpty, "nothing under no keys", seen: "\(none)")
        }
    }

    private static func findsWhatWasPublished<H: CacheHarness>() -> ConformanceCase<H> {
        law("get.finds-what-was-published", "An entry that was stored is found under its key.") {
            scene in
            for number in 0..<20 { try await scene.fill(number, scene.entry(number, number % 3)) }
            for number in 0..<20 {
                try await scene.expect(number, is: number % 3, "among others")
            }
            try await scene.expectNothing(20, "among others")
        }
    }

    private static func findsThoseThatExist<H: CacheHarness>() -> ConformanceCase<H> {
        law(
            "get.many-finds-those-that-exist",
            "get of several keys finds those that have an entry, however often they are given."
        ) { scene in
            try await scene.fill([1, 3, 5])
            let found = try await scene.cache.get(scene.keys([5, 0, 1, 2, 1, 3, 4]))
            let revisions = found.mapValues { $0.value?.id }
            try scene.context.expect(
                revisions == [scene.key(1): 1, scene.key(3): 3, scene.key(5): 5],
                "the entries of 1, 3 and 5", seen: "\(revisions)")
        }
    }

    private static func keepsAbsence<H: CacheHarness>() -> ConformanceCase<H> {
        law(
            "get.keeps-absence", "That the primary has no value is kept as an entry without value."
        ) { scene in
            try await scene.fill(1, CacheEntry(nil))
            let one = try await scene.cache.get(scene.key(1))
            try scene.context.expect(
                one != nil && one?.value == nil, "an entry without value", seen: "\(one as Any)")
            let many = try await scene.cache.get([scene.key(1)])
            try scene.context.expectEqual(many.count, 1, "the entries found by several keys")
            guard case .hit(let entry) = try await scene.begin(1), entry.value == nil else {
                throw ConformanceFailure(expected: "a hit without value", seen: "something else")
            }
        }
    }

    private static func timeLeft<H: CacheHarness>() -> ConformanceCase<H> {
        law("get.says-what-is-left", "An entry says how much longer it lives and is fresh.") {
            scene in
            let entry = scene.entry(1, timeToLive: .seconds(7200), freshFor: .seconds(3600))
            try await scene.fill(1, entry)
            try await scene.letPass(.milliseconds(10))
            let seen = try await scene.cache.get(scene.key(1))
            for (what, left, whole) in [
                ("timeToLive", seen?.timeToLive, 7200), ("freshFor", seen?.freshFor, 3600),
            ] {
                let whole = Duration.seconds(whole)
                try scene.context.expect(
                    left.map { $0 < whole && $0 > whole - .seconds(600) } ?? false,
                    "\(what) a little below \(whole)", seen: "\(left as Any)")
            }
        }
    }

    private static func keepsVersions<H: CacheHarness>() -> ConformanceCase<H> {
        law("get.tells-the-version", "An entry has the version that it was published with.") {
            scene in
            try await scene.fill(1, scene.entry(1, version: 7))
            try await scene.fill(2, scene.entry(2))
            let one = try await scene.cache.get(scene.key(1))
            try scene.context.expectEqual(one?.version, CacheVersion(7), "the version of 1")
            let two = try await scene.cache.get(scene.key(2))
            try scene.context.expectEqual(two?.version, nil, "the version of 2")
        }
    }

    private static func countsLookups<H: CacheHarness>() -> ConformanceCase<H> {
        law("statistics.count", "Lookups, entries stored and fills rejected are counted.") {
            scene in
            let before = scene.cache.statistics
            let ticket = try await scene.ticket(1)
            try await scene.invalidate(1)
            try await scene.publish(1, scene.entry(1), ticket)
            try await scene.fill(1, scene.entry(1))
            _ = try await scene.cache.get(scene.key(1))
            _ = try await scene.cache.get(scene.keys([1, 2]))
            let after = scene.cache.statistics
            try scene.context.expectEqual(after.hits - before.hits, 2, "the hits")
            try scene.context.expectEqual(after.misses - before.misses, 1, "the misses")
            try scene.context.expectEqual(after.published - before.published, 1, "the stored")
            try scene.context.expectEqual(
                after.rejectedFills - before.rejectedFills, 1, "the rejected fills")
        }
    }
}
