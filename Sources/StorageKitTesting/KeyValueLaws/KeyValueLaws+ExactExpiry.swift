public import StorageKit

extension KeyValueLaws {
    /// The cases of `ExpiringKeyValueStore` that need a clock which stands still.
    public static func exactExpiryCases<Harness: MovableClockHarness>(
        for harness: Harness.Type = Harness.self
    ) -> [ConformanceCase<Harness>] where Harness.Subject: ExpiringKeyValueStore {
        [exactMoment(), exactRest(), exactRounding()]
    }

    private static func exactMoment<H: MovableClockHarness>() -> ConformanceCase<H>
    where H.Subject: ExpiringKeyValueStore {
        law(
            "exact-expiry.vanishes-at-the-moment",
            "A key exists until its time to live has passed and not a moment longer."
        ) { scene in
            let step = scene.store.limits.timeToLiveResolution
            try await scene.store.set("a", to: "1", expires: .after(step * 10))
            try await scene.harness.advanceTime(by: step * 9, for: scene.store.base)
            try await scene.expect("a", holds: "1", "one step before its time")
            try await scene.harness.advanceTime(by: step, for: scene.store.base)
            try await scene.expect("a", holds: nil, "at its time")
        }
    }

    private static func exactRest<H: MovableClockHarness>() -> ConformanceCase<H>
    where H.Subject: ExpiringKeyValueStore {
        law(
            "exact-expiry.time-to-live-counts-down",
            "timeToLive is what was given less the time that has passed."
        ) { scene in
            let step = scene.store.limits.timeToLiveResolution
            try await scene.store.set("a", to: "1", expires: .after(step * 3))
            for rest in [3, 2, 1] {
                let seen = try await scene.store.timeToLive(of: "a")
                try scene.context.expectEqual(seen, .remaining(step * rest), "timeToLive of 'a'")
                try await scene.harness.advanceTime(by: step, for: scene.store.base)
            }
            let seen = try await scene.store.timeToLive(of: "a")
            try scene.context.expectEqual(seen, .absent, "timeToLive at the moment")
        }
    }

    private static func exactRounding<H: MovableClockHarness>() -> ConformanceCase<H>
    where H.Subject: ExpiringKeyValueStore {
        law(
            "exact-expiry.rounds-up",
            "A time to live between two steps of the resolution is rounded up to the longer."
        ) { scene in
            let step = scene.store.limits.timeToLiveResolution
            guard step > .nanoseconds(1) else {
                throw ConformanceNotApplicable("times to live are not rounded")
            }
            try await scene.store.set("a", to: "1", expires: .after(step + .nanoseconds(1)))
            try await scene.harness.advanceTime(
                by: step * 2 - .nanoseconds(1), for: scene.store.base)
            try await scene.expect("a", holds: "1", "before the rounded time")
            try await scene.harness.advanceTime(by: .nanoseconds(1), for: scene.store.base)
            try await scene.expect("a", holds: nil, "at the rounded time")
        }
    }
}
