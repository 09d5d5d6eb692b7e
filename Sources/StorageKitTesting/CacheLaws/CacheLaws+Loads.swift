import StorageKit

extension CacheLaws {
    static func loadCases<H: CacheHarness>() -> [ConformanceCase<H>] {
        [oneLoad(), hitInstead(), answersEveryKey(), endsByPublishing(), endsByAbandoning()]
            + [foreignTicket(), leaseEnds(), waitComesBack(), cancelledWait()]
    }

    private static func oneLoad<H: CacheHarness>() -> ConformanceCase<H> {
        law("load.one-for-each-key", "At most one load of a key is registered.") { scene in
            _ = try await scene.ticket(1)
            try await scene.expectBypass(1, .loading, "while it is being loaded")
            try await scene.expectBypass(1, .loading, unlessFreshFor: nil, "on demand")
            _ = try await scene.ticket(2, "beside the load of another key")
        }
    }

    private static func hitInstead<H: CacheHarness>() -> ConformanceCase<H> {
        law("load.hit-instead", "Where there is a fresh entry by now no load is registered.") {
            scene in
            try await scene.fill(1, scene.entry(1, 3))
            try await scene.expectHit(1, 3, "after it was filled")
        }
    }

    private static func answersEveryKey<H: CacheHarness>() -> ConformanceCase<H> {
        law("load.answers-every-key", "beginLoads answers each of its keys by itself.") { scene in
            try await scene.fill([1])
            _ = try await scene.ticket(2)
            let asked = scene.keys([3, 1, 2, 4, 3])
            let lookups = try await scene.cache.beginLoads(asked, unlessFreshFor: .zero)
            let kinds = lookups.mapValues { lookup in
                switch lookup {
                case .hit: "hit"
                case .load: "load"
                case .bypass(let reason): "\(reason)"
                }
            }
            let expected = [1: "hit", 2: "loading", 3: "load", 4: "load"]
            for (number, kind) in expected {
                try scene.context.expectEqual(
                    kinds[scene.key(number)], kind, "the answer for \(number)")
            }
            try scene.context.expectEqual(kinds.count, 4, "the number of answers")
            let none = try await scene.cache.beginLoads([], unlessFreshFor: .zero)
            try scene.context.expectEqual(none.count, 0, "the number of answers for no keys")
        }
    }

    private static func endsByPublishing<H: CacheHarness>() -> ConformanceCase<H> {
        law("load.ends-by-publishing", "A load that has published is not registered any more.") {
            scene in
            try await scene.fill([1])
            try await scene.fill(1, scene.entry(1, 1), unlessFreshFor: nil)
            try await scene.expect(1, is: 1, "after the second load")
            _ = try await scene.ticket(1, unlessFreshFor: nil, "after two that ended")
        }
    }

    private static func endsByAbandoning<H: CacheHarness>() -> ConformanceCase<H> {
        law("load.ends-by-abandoning", "A load that was abandoned is not registered any more.") {
            scene in
            let numbers = [1, 2, 3]
            var tickets: [H.Subject.Key: H.Subject.Ticket] = [:]
            for number in numbers { tickets[scene.key(number)] = try await scene.ticket(number) }
            try await scene.cache.abandonLoads(tickets)
            for number in numbers {
                guard let ticket = tickets[scene.key(number)] else { continue }
                try await scene.expectRejected(number, ticket, "after it was abandoned")
                _ = try await scene.ticket(number, "after one that was abandoned")
            }
            try await scene.cache.abandonLoads([:])
        }
    }

    private static func foreignTicket<H: CacheHarness>() -> ConformanceCase<H> {
        law("load.old-ticket-ends-nothing", "An old ticket does not end the load that came later.")
        {
            scene in
            let old = try await scene.ticket(1)
            try await scene.invalidate(1)
            let new = try await scene.ticket(1, "after an invalidation")
            try await scene.cache.abandonLoads([scene.key(1): old])
            try await scene.expectBypass(1, .loading, "after an old ticket was abandoned")
            let stored = try await scene.publish(1, scene.entry(1, 1), new)
            try scene.context.expect(stored, "the later load to fill")
        }
    }

    private static func leaseEnds<H: CacheHarness>() -> ConformanceCase<H> {
        law(
            "load.lease-ends",
            "A load that does not end keeps others away for the lease time, and then cannot fill "
                + "in place of another."
        ) { scene in
            let lost = try await scene.ticket(1)
            try await scene.letPass(scene.harness.leaseTime)
            let next = try await scene.ticket(1, "after the lease time")
            try await scene.expectRejected(1, lost, "when another load took its place")
            let stored = try await scene.publish(1, scene.entry(1, 1), next)
            try scene.context.expect(stored, "the load in its place to fill")
        }
    }

    private static func waitComesBack<H: CacheHarness>() -> ConformanceCase<H> {
        law("load.wait-ends", "Who waits for a load comes back when it has ended.") { scene in
            for end in 0..<3 {
                let ticket = try await scene.ticket(end)
                let waiting = scene.task {
                    await scene.cache.loadEnded(of: scene.key(end), within: .seconds(36_000))
                }
                for _ in 0..<(10 * end) { await Task.yield() }
                switch end {
                case 0: try await scene.publish(end, scene.entry(end), ticket)
                case 1: try await scene.cache.abandonLoads([scene.key(end): ticket])
                default: try await scene.invalidate(end)
                }
                _ = try await scene.within("the one who waits to come back") {
                    try await waiting.value
                }
            }
        }
    }

    private static func cancelledWait<H: CacheHarness>() -> ConformanceCase<H> {
        law("load.wait-is-cancelled", "Who waits for a load returns when cancelled.") { scene in
            _ = try await scene.ticket(1)
            for yields in [0, 30] {
                let waiting = scene.task {
                    await scene.cache.loadEnded(of: scene.key(1), within: .seconds(36_000))
                }
                for _ in 0..<yields { await Task.yield() }
                waiting.cancel()
                _ = try await scene.within("a cancelled one to come back") {
                    try await waiting.value
                }
            }
        }
    }
}
