import StorageKit

extension RepositoryLaws {
    /// The cases that count round trips, for harnesses that can.
    public static func roundTripCases<Harness: RoundTripCountingHarness>(
        for harness: Harness.Type = Harness.self
    ) -> [ConformanceCase<Harness>] {
        [oneRoundTrip(), noRoundTrip()]
    }

    private static func oneRoundTrip<H: RoundTripCountingHarness>() -> ConformanceCase<H> {
        law(
            "round-trips.one-per-call",
            "Every call is one round trip, whatever it finds and however much it carries."
        ) { scene in
            try await scene.fill(0..<6)
            for call in calls(scene) {
                let seen = try await roundTrips(in: scene) {
                    _ = await call.outcome(on: scene.store)
                }
                try scene.context.expectEqual(seen, 1, "the round trips of \(call)")
            }
        }
    }

    private static func noRoundTrip<H: RoundTripCountingHarness>() -> ConformanceCase<H> {
        law(
            "round-trips.empty-batch-asks-nobody",
            "get of no identifiers asks nobody."
        ) { scene in
            try await scene.fill(0..<2)
            let seen = try await roundTrips(in: scene) { _ = try await scene.store.get([]) }
            try scene.context.expectEqual(seen, 0, "the round trips of get([])")
        }
    }

    /// Calls of every method, those that succeed and those that the store refuses.
    private static func calls<H: RoundTripCountingHarness>(
        _ scene: RepositoryScene<H>
    ) -> [RepositoryCall<H.Subject.Entity, H.Subject.ID>] {
        let batch = min(5, scene.store.limits.maximumBatchSize)
        return [
            .get(scene.id(0)), .get(scene.id(9)), .getMany((0..<batch).map(scene.id)),
            .insert(scene.entity(6)), .insert(scene.entity(0)), .replace(scene.entity(1, 1)),
            .replace(scene.entity(9)), .upsert(scene.entity(2, 1)), .upsert(scene.entity(7)),
            .delete(scene.id(3)), .delete(scene.id(9)),
            .scan(after: nil, limit: scene.pageSize(3)),
            .scan(after: scene.id(0), limit: scene.pageSize(50)),
        ]
    }

    private static func roundTrips<H: RoundTripCountingHarness>(
        in scene: RepositoryScene<H>, _ body: () async throws -> Void
    ) async throws -> Int {
        let before = try await scene.harness.roundTrips(of: scene.store.base)
        try await body()
        return try await scene.harness.roundTrips(of: scene.store.base) - before
    }
}
