public import StorageKit

extension KeyValueLaws {
    /// The cases that count round trips, for harnesses that can.
    public static func roundTripCases<Harness: KeyValueRoundTripCountingHarness>(
        for harness: Harness.Type = Harness.self
    ) -> [ConformanceCase<Harness>]
    where
        Harness.Subject: ExpiringKeyValueStore & ConditionalWriteStore & AtomicCounterStore
            & HashStore & SortedSetStore & ListStore & SetStore & PipelinedStore
            & AtomicBatchStore
    {
        [oneRoundTrip(), oneRoundTripForMany(), scanRoundTrips(), noMoreThanOne()]
    }

    private static func oneRoundTrip<H: KeyValueRoundTripCountingHarness>() -> ConformanceCase<H>
    where H.Subject: ExpiringKeyValueStore & AllKindsStore & PipelinedStore & AtomicBatchStore {
        law(
            "round-trips.one-per-call",
            "Every call is one round trip, whatever it finds and however much it carries."
        ) { scene in
            let c = scene.commands
            var calls: [KeyValueCall<KeyValueScene<H>.Store>] = [
                KeyValueCall(c.get("value")), KeyValueCall(c.get(["value", "x", "list"])),
                KeyValueCall(c.set("value", to: "2")), KeyValueCall(c.delete(["x", "y"])),
                KeyValueCall(c.exists("value")),
                KeyValueCall(c.keys(withPrefix: "v", after: nil, limit: 10)),
                KeyValueCall(c.set("value", to: "2", expires: .after(minutes))),
                KeyValueCall(c.set("value", to: "2", expires: .unchanged)),
                KeyValueCall(c.timeToLive(of: "value")),
                KeyValueCall(c.expire("value", after: minutes)), KeyValueCall(c.persist("value")),
                KeyValueCall(c.get("value", expires: .never)),
                KeyValueCall(c.get("value", expires: .unchanged)),
                KeyValueCall(c.get("value", expires: .after(minutes))),
                KeyValueCall(c.setIfAbsent("value", to: "1")),
                KeyValueCall(c.setIfPresent("value", to: "1", expires: .after(minutes))),
                KeyValueCall(c.compareAndSet("value", from: "1", to: "1", expires: .unchanged)),
            ]
            for held in KeyValueKind.allCases {
                for kind in KeyValueKind.allCases { calls += scene.calls(kind, "\(held)") }
            }
            for call in calls {
                // The first of its kind may connect, or teach the server a script.
                _ = await call.outcome(on: scene.store)
                for kind in KeyValueKind.allCases {
                    try await scene.store.delete("\(kind)")
                    try await scene.fill("\(kind)", kind)
                }
                let seen = try await scene.roundTrips { _ = await call.outcome(on: scene.store) }
                try scene.context.expectEqual(seen, 1, "the round trips of \(call)")
            }
            _ = try await scene.store.get("value")
            let seen = try await scene.roundTrips { _ = try await scene.store.get("value") }
            try scene.context.expectEqual(seen, 1, "the round trips of get as a method")
        }
    }

    private static func oneRoundTripForMany<H: KeyValueRoundTripCountingHarness>()
        -> ConformanceCase<H>
    where H.Subject: ExpiringKeyValueStore & AllKindsStore & PipelinedStore & AtomicBatchStore {
        law(
            "round-trips.one-per-batch", "A pipeline, and an atomic batch, is one round trip."
        ) { scene in
            let size = min(100, scene.store.limits.maximumCommandsPerBatch)
            for _ in 0..<2 {
                _ = try await scene.store.pipeline { c in (0..<size).map { _ in c.increment("n") } }
                _ = try await scene.store.atomically { c in
                    (0..<size).map { _ in c.increment("n") }
                }
            }
            let pipeline = try await scene.roundTrips {
                _ = try await scene.store.pipeline { c in (0..<size).map { _ in c.increment("n") } }
            }
            try scene.context.expectEqual(pipeline, 1, "the round trips of a pipeline")
            let batch = try await scene.roundTrips {
                _ = try await scene.store.atomically { c in
                    (0..<size).map { _ in c.increment("n") }
                }
            }
            try scene.context.expectEqual(batch, 1, "the round trips of an atomic batch")
        }
    }

    private static func scanRoundTrips<H: KeyValueRoundTripCountingHarness>() -> ConformanceCase<H>
    where H.Subject: ExpiringKeyValueStore & AllKindsStore & PipelinedStore & AtomicBatchStore {
        law(
            "round-trips.scans-ask-page-by-page",
            "A scan asks nothing before its first element is asked for, and then for pages, not "
                + "for elements."
        ) { scene in
            for number in 0..<40 { try await scene.store.set("k\(number)", to: "1") }
            // A server that others use as well goes through their keys too: more than it has.
            let large = 1_000_000
            let none = try await scene.roundTrips {
                _ = scene.store.keys(withPrefix: "k").makeAsyncIterator()
            }
            try scene.context.expectEqual(none, 0, "the round trips of a scan that was not begun")
            let first = try await scene.roundTrips {
                for try await _ in scene.store.keys(withPrefix: "k", pageSize: large) { break }
            }
            try scene.context.expectEqual(first, 1, "the round trips to the first element")
            let all = try await scene.roundTrips {
                _ = try await scene.allKeys(withPrefix: "k", pageSize: large)
            }
            try scene.context.expect(
                all <= 4, "at most four round trips for forty keys in pages of a million",
                seen: "\(all)")
        }
    }

    private static func noMoreThanOne<H: KeyValueRoundTripCountingHarness>() -> ConformanceCase<H>
    where H.Subject: ExpiringKeyValueStore & AllKindsStore & PipelinedStore & AtomicBatchStore {
        law(
            "round-trips.refusals-ask-nobody",
            "What is refused whatever the store holds is refused before anybody is asked."
        ) { scene in
            let c = scene.commands
            let calls: [KeyValueCall<KeyValueScene<H>.Store>] = [
                KeyValueCall(c.keys(withPrefix: "", after: nil, limit: 0)),
                KeyValueCall(c.set("a", to: "1", expires: .after(.zero))),
                KeyValueCall(c.expire("a", after: .zero)),
                KeyValueCall(c.incrementFloat("a", by: .nan)),
                KeyValueCall(c.listPush("a", [])), KeyValueCall(c.setCombine(.union, [])),
                KeyValueCall(c.sortedSetAdd("a", ["m": .nan])),
            ]
            _ = try await scene.store.get("a")
            for call in calls {
                let seen = try await scene.roundTrips { _ = await call.outcome(on: scene.store) }
                try scene.context.expectEqual(seen, 0, "the round trips of \(call)")
            }
            let batches = try await scene.roundTrips {
                _ = try? await scene.store.pipeline { ($0.increment("a"), $0.listPush("l", [])) }
                _ = try? await scene.store.atomically { ($0.increment("a"), $0.listPush("l", [])) }
            }
            try scene.context.expectEqual(batches, 0, "the round trips of refused batches")
        }
    }
}

extension KeyValueScene where Harness: KeyValueRoundTripCountingHarness {
    /// How many requests the subject sends in a body.
    fileprivate func roundTrips(_ body: () async throws -> Void) async throws -> Int {
        let before = try await harness.roundTrips(of: store.base)
        try await body()
        return try await harness.roundTrips(of: store.base) - before
    }
}
