import StorageKit

extension CacheLaws {
    static func concurrencyCases<H: CacheHarness>() -> [ConformanceCase<H>] {
        [oneLoadAtOnce(), onePublicationAtOnce(), linearizable(), neverOlder()]
    }

    private static func oneLoadAtOnce<H: CacheHarness>() -> ConformanceCase<H> {
        overlappingLaw(
            "concurrency.one-load", "Of loads that begin at once exactly one is registered."
        ) { scene in
            for round in 0..<10 {
                let loads = try await scene.atOnce { _ in
                    if case .load = try await scene.begin(round) { true } else { false }
                }
                try scene.context.expectEqual(loads.count { $0 }, 1, "the registered loads")
            }
        }
    }

    private static func onePublicationAtOnce<H: CacheHarness>() -> ConformanceCase<H> {
        overlappingLaw(
            "concurrency.one-publication", "Of publications at once with one ticket one is stored."
        ) { scene in
            for round in 0..<10 {
                let ticket = try await scene.ticket(round)
                let stored = try await scene.atOnce { task in
                    try await scene.publish(round, scene.entry(round, task), ticket)
                }
                try scene.context.expectEqual(stored.count { $0 }, 1, "the publications stored")
                let winner = stored.firstIndex(of: true) ?? 0
                try await scene.expect(round, is: winner, "after publications at once")
            }
        }
    }

    private static func linearizable<H: CacheHarness>() -> ConformanceCase<H> {
        overlappingLaw(
            "concurrency.one-key-is-linearizable",
            "Overlapping calls about one key get answers that they could have got one after the "
                + "other, each at one moment between its begin and its end."
        ) { scene in
            for round in 0..<12 {
                let seed = scene.context.seed &+ UInt64(round)
                var history = try await CacheHistory(scene, key: round).record(seed: seed)
                if scene.harness.leasesOnLookup { history = CacheHistory<H>.visible(in: history) }
                let explained = Linearizability.holds(history, from: CacheHistory<H>.Model()) {
                    $0.answer(to: $1)
                }
                guard !explained else { continue }
                throw ConformanceFailure(
                    expected: "answers that some order of the calls gives",
                    seen: "answers that no order gives, within the recorded begins and ends",
                    steps: history.map(\.description))
            }
        }
    }

    private static func neverOlder<H: CacheHarness>() -> ConformanceCase<H> {
        overlappingLaw(
            "concurrency.never-older",
            "No reader is given anything older than what was acknowledged before it asked."
        ) { scene in
            let primary = try await scene.primary(0..<2)
            let readers = scene.readers(of: primary)
            // What was read is on its way for a while: writes must be able to overtake it.
            for _ in 0..<100 { primary.inject(.holdAfter { await Task.yield() }, into: .get) }
            let acknowledged = AcknowledgedRevisions(count: 2)
            _ = try await scene.atOnce(6) { task in
                for step in 1...25 {
                    let number = (task + step) % 2
                    if task < 2 {
                        try await readers.replace(Specimen(number: task, revision: step))
                        acknowledged.set(task, step)
                    } else {
                        let floor = acknowledged[number]
                        let seen = try await readers.get(number)
                        try scene.context.expect(
                            (seen?.revision ?? -1) >= floor, "revision \(floor) or a newer one",
                            seen: "\(seen?.revision ?? -1)")
                    }
                    await Task.yield()
                }
            }
        }
    }
}
