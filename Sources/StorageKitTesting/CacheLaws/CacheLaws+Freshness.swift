import StorageKit

extension CacheLaws {
    static func freshnessCases<H: CacheHarness>() -> [ConformanceCase<H>] {
        [demandedFreshness(), staleEntries(), freshAsItLives(), refreshReplaces()]
    }

    private static func demandedFreshness<H: CacheHarness>() -> ConformanceCase<H> {
        law(
            "fresh.as-demanded",
            "An entry is a hit if it is fresh for longer than demanded; otherwise a load begins "
                + "beside it, and it stays a hit for others."
        ) { scene in
            let entry = scene.entry(1, timeToLive: .seconds(7200), freshFor: .seconds(3600))
            try await scene.fill(1, entry)
            try await scene.expectHit(1, 0, "that is fresh")
            try await scene.expectHit(1, 0, unlessFreshFor: .seconds(1200), "fresh for long")
            _ = try await scene.ticket(1, unlessFreshFor: .seconds(5400), "when more is demanded")
            try await scene.expect(1, is: 0, "beside the load")
            try await scene.expectHit(1, 0, "beside the load")
            try await scene.expectBypass(1, .loading, unlessFreshFor: nil, "beside the load")
        }
    }

    private static func staleEntries<H: CacheHarness>() -> ConformanceCase<H> {
        law("fresh.stale-stays", "An entry that is not fresh any more is kept and says so.") {
            scene in
            let entry = scene.entry(1, timeToLive: .seconds(7200), freshFor: .milliseconds(5))
            try await scene.fill(1, entry)
            try await scene.letPass(.milliseconds(10))
            try await scene.expect(1, is: 0, "when it is stale")
            let seen = try await scene.cache.get(scene.key(1))
            try scene.context.expect(
                seen?.isStale ?? false, "an entry that is stale", seen: "\(seen as Any)")
            _ = try await scene.ticket(1, "where the entry is stale")
            try await scene.expect(1, is: 0, "while it is loaded again")
        }
    }

    private static func freshAsItLives<H: CacheHarness>() -> ConformanceCase<H> {
        law(
            "fresh.as-long-as-it-lives",
            "An entry without a time of its own is fresh while it lives."
        ) { scene in
            try await scene.fill(1, scene.entry(1, timeToLive: .seconds(3600)))
            try await scene.expectHit(1, 0, unlessFreshFor: .seconds(1200), "with an hour to live")
            _ = try await scene.ticket(1, unlessFreshFor: .seconds(5400), "when more is demanded")
        }
    }

    private static func refreshReplaces<H: CacheHarness>() -> ConformanceCase<H> {
        law("fresh.refresh-replaces", "A load beside an entry replaces it when it publishes.") {
            scene in
            try await scene.fill([1])
            for revision in 1...3 {
                let next = scene.entry(1, revision)
                try await scene.fill(1, next, unlessFreshFor: nil)
                try await scene.expect(1, is: revision, "after a refresh")
            }
            let ticket = try await scene.ticket(1, unlessFreshFor: nil)
            try await scene.cache.abandonLoads([scene.key(1): ticket])
            try await scene.expect(1, is: 3, "after a refresh that was abandoned")
        }
    }
}
