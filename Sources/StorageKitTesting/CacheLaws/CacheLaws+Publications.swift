import StorageKit

extension CacheLaws {
    static func publicationCases<H: CacheHarness>() -> [ConformanceCase<H>] {
        [singleUse(), rejectedAfterInvalidate(), rejectedBesideLater(), rejectedRefresh()]
            + [publishesMany(), olderVersion(), neverAHit()]
    }

    private static func singleUse<H: CacheHarness>() -> ConformanceCase<H> {
        law("publish.ticket-is-single-use", "A ticket fills once.") { scene in
            let ticket = try await scene.ticket(1)
            let stored = try await scene.publish(1, scene.entry(1), ticket)
            try scene.context.expect(stored, "the first publication to be stored")
            try await scene.expectRejected(1, ticket, "with a ticket that was used")
            try await scene.expect(1, is: 0, "after the second publication")
        }
    }

    private static func rejectedAfterInvalidate<H: CacheHarness>() -> ConformanceCase<H> {
        law(
            "publish.rejected-after-invalidation",
            "A load from before an invalidation of its key, or of all, does not fill."
        ) { scene in
            let invalidations: [@Sendable (H.Subject) async throws -> Void] = [
                { try await $0.invalidate(scene.keys([0])) },
                { try await $0.invalidate(scene.keys([7, 1, 8])) },
                { try await $0.removeAll() },
            ]
            for (number, invalidate) in invalidations.enumerated() {
                let ticket = try await scene.ticket(number)
                try await invalidate(scene.cache)
                try await scene.expectRejected(number, ticket, "after an invalidation")
                try await scene.expectGone(number, "after a rejected publication")
            }
        }
    }

    private static func rejectedBesideLater<H: CacheHarness>() -> ConformanceCase<H> {
        law(
            "publish.rejected-beside-a-later-load",
            "A load from before an invalidation does not fill with the registration of one from "
                + "after it, whoever made both."
        ) { scene in
            let old = try await scene.ticket(1)
            try await scene.invalidate(1)
            let new = try await scene.ticket(1, "after an invalidation")
            try await scene.expectRejected(1, old, "beside a later load")
            let stored = try await scene.publish(1, scene.entry(1, 1), new)
            try scene.context.expect(stored, "the later load to fill")
            try await scene.expectRejected(1, old, "after a later load")
            try await scene.expect(1, is: 1, "after all")
        }
    }

    private static func rejectedRefresh<H: CacheHarness>() -> ConformanceCase<H> {
        law(
            "publish.refresh-is-rejected",
            "A refresh from before an invalidation does not fill, though the same value is back."
        ) { scene in
            try await scene.fill([1])
            let refresh = try await scene.ticket(1, unlessFreshFor: nil)
            try await scene.invalidate(1)
            try await scene.expectNothing(1, "after an invalidation beside a refresh")
            try await scene.fill([1])
            try await scene.expectRejected(1, refresh, "after an invalidation and the same value")
            try await scene.expect(1, is: 0, "after all")
        }
    }

    private static func publishesMany<H: CacheHarness>() -> ConformanceCase<H> {
        law(
            "publish.many-stores-those-that-count",
            "publish of several stores those whose tickets are registered and says which."
        ) { scene in
            var fills: [CacheScene<H>.Fill] = []
            for number in 0..<6 {
                let ticket = try await scene.ticket(number)
                let entry = scene.entry(number, 2)
                fills.append(.init(key: scene.key(number), entry: entry, ticket: ticket))
            }
            try await scene.invalidate(1, 4)
            let stored = try await scene.cache.publish(fills)
            try scene.context.expect(
                stored == Set(scene.keys([0, 2, 3, 5])), "0, 2, 3 and 5 to be stored",
                seen: "\(stored)")
            for number in [0, 2, 3, 5] { try await scene.expect(number, is: 2, "that was stored") }
            for number in [1, 4] { try await scene.expectNothing(number, "that was not") }
            let none = try await scene.cache.publish([])
            try scene.context.expect(none.isEmpty, "nothing of nothing to be stored")
        }
    }

    private static func olderVersion<H: CacheHarness>() -> ConformanceCase<H> {
        law(
            "publish.older-version-does-not-replace",
            "An entry does not replace one with a newer version; a newer one replaces it."
        ) { scene in
            try await scene.fill(1, scene.entry(1, 5, version: 5))
            let old = try await scene.ticket(1, unlessFreshFor: nil)
            try await scene.publish(1, scene.entry(1, 4, version: 4), old)
            try await scene.expect(1, is: 5, "after an older version was published")
            try await scene.fill(1, scene.entry(1, 6, version: 6), unlessFreshFor: nil)
            try await scene.expect(1, is: 6, "after a newer version was published")
        }
    }

    private static func neverAHit<H: CacheHarness>() -> ConformanceCase<H> {
        law("publish.without-time-is-no-hit", "An entry with no time to live is never a hit.") {
            scene in
            for (number, time) in [Duration.zero, .seconds(-1)].enumerated() {
                let ticket = try await scene.ticket(number)
                try await scene.publish(number, scene.entry(number, timeToLive: time), ticket)
                try await scene.expectGone(number, "that had no time to live")
            }
        }
    }
}
