import StorageKit

extension CacheLaws {
    static func expiryCases<H: CacheHarness>() -> [ConformanceCase<H>] {
        [absentAtItsEnd(), eachByItself(), absenceExpires(), expiresBesideRefresh()]
    }

    static func boundCases<H: CacheHarness>() -> [ConformanceCase<H>] {
        [
            law("bound.is-kept", "A cache with a capacity never has more entries than that.") {
                scene in
                guard let capacity = scene.harness.capacity else {
                    throw ConformanceNotApplicable("no capacity is declared")
                }
                let numbers = 0..<(3 * capacity + 8)
                for number in numbers {
                    let ticket = try await scene.ticket(number)
                    try await scene.publish(number, scene.entry(number), ticket)
                }
                let found = try await scene.cache.get(scene.keys(numbers))
                try scene.context.expect(
                    found.count <= capacity, "\(capacity) entries at the most",
                    seen: "\(found.count)")
                try scene.context.expect(!found.isEmpty, "some entries to stay", seen: "none")
            }
        ]
    }

    private static func absentAtItsEnd<H: CacheHarness>() -> ConformanceCase<H> {
        law(
            "expiry.absent-at-its-end",
            "An entry is a hit only before its time to live has passed, never at that moment."
        ) { scene in
            try await scene.fill(2, scene.entry(2, timeToLive: .seconds(3600)))
            let ticket = try await scene.ticket(1)
            try await scene.publish(1, scene.entry(1, timeToLive: .milliseconds(20)), ticket)
            try await scene.letPass(.milliseconds(20))
            try await scene.expectGone(1, "at its end")
            try await scene.expect(2, is: 0, "that has an hour")
        }
    }

    private static func eachByItself<H: CacheHarness>() -> ConformanceCase<H> {
        law("expiry.refresh-gives-a-new-end", "What replaces an entry has its own time to live.") {
            scene in
            try await scene.fill(1, scene.entry(1, timeToLive: .milliseconds(400)))
            let longer = scene.entry(1, 1, timeToLive: .seconds(3600))
            let ticket = try await scene.ticket(1, unlessFreshFor: nil)
            try await scene.publish(1, longer, ticket)
            try await scene.fill(2, scene.entry(2, timeToLive: .seconds(3600)))
            let shorter = scene.entry(2, 1, timeToLive: .milliseconds(20))
            try await scene.publish(2, shorter, scene.ticket(2, unlessFreshFor: nil))
            try await scene.letPass(.milliseconds(400))
            try await scene.expect(1, is: 1, "whose end was moved away")
            try await scene.expectGone(2, "whose end was moved closer")
        }
    }

    private static func absenceExpires<H: CacheHarness>() -> ConformanceCase<H> {
        law("expiry.of-an-absence", "Knowledge that there is no value expires as values do.") {
            scene in
            let ticket = try await scene.ticket(1)
            try await scene.publish(1, CacheEntry(nil, timeToLive: .milliseconds(20)), ticket)
            try await scene.letPass(.milliseconds(20))
            try await scene.expectGone(1, "at its end")
        }
    }

    private static func expiresBesideRefresh<H: CacheHarness>() -> ConformanceCase<H> {
        law("expiry.beside-a-refresh", "A load beside an entry does not keep it from expiring.") {
            scene in
            let ticket = try await scene.ticket(1)
            let short = scene.entry(1, timeToLive: .milliseconds(300))
            try await scene.publish(1, short, ticket)
            _ = try await scene.begin(1, unlessFreshFor: nil)
            try await scene.letPass(.milliseconds(300))
            try await scene.expectNothing(1, "at its end, beside a load")
        }
    }
}
