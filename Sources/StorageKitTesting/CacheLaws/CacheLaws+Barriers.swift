public import StorageKit

extension CacheLaws {
    /// The cases of `BarrierCache`.
    ///
    /// The harness's type is given only to name it.
    public static func barrierCases<H: CacheHarness>(
        for harness: H.Type = H.self
    ) -> [ConformanceCase<H>] where H.Subject: BarrierCache {
        [barrierHoldsEmpty(), barrierTearsLoads(), barrierEnds(), barrierLeavesEntry()]
            + [lastWriterFrees(), contendedLeavesNothing(), barrierSurvivesInvalidation()]
            + [barrierDies(), lateEndClears(), endedTwice(), barrierDetaches(), barriersOfMany()]
    }

    private static let anHour = Duration.seconds(3600)

    private static func barrierHoldsEmpty<H: CacheHarness>() -> ConformanceCase<H>
    where H.Subject: BarrierCache {
        law("barrier.holds-empty", "Under a barrier nothing is served and no load is registered.") {
            scene in
            try await scene.fill([1, 2])
            _ = try await scene.barrier(1)
            try await scene.expectNothing(1, "under a barrier")
            try await scene.expectBypass(1, .writing, "under a barrier")
            try await scene.expectBypass(1, .writing, unlessFreshFor: nil, "under a barrier")
            try await scene.expect(2, is: 0, "beside a barrier")
        }
    }

    private static func barrierTearsLoads<H: CacheHarness>() -> ConformanceCase<H>
    where H.Subject: BarrierCache {
        law("barrier.tears-loads", "A load from before a barrier fills neither under nor after it.")
        {
            scene in
            let ticket = try await scene.ticket(1)
            let barrier = try await scene.barrier(1)
            try await scene.expectRejected(1, ticket, "under a barrier")
            try await scene.expectBypass(1, .writing, "after a fill was rejected")
            try await scene.end(1, barrier)
            try await scene.expectRejected(1, ticket, "after a barrier")
            try await scene.expectGone(1, "after a barrier")
        }
    }

    private static func barrierEnds<H: CacheHarness>() -> ConformanceCase<H>
    where H.Subject: BarrierCache {
        law("barrier.ends", "After the end of the only barrier the key is absent and free.") {
            scene in
            for revision in 0..<3 {
                let barrier = try await scene.barrier(1)
                try await scene.end(1, barrier)
                try await scene.expectGone(1, "after the end of a barrier")
                try await scene.fill(1, scene.entry(1, revision))
                try await scene.expect(1, is: revision, "filled after a barrier")
            }
        }
    }

    private static func barrierLeavesEntry<H: CacheHarness>() -> ConformanceCase<H>
    where H.Subject: BarrierCache {
        law("barrier.leaves-its-entry", "The only writer under a barrier leaves its entry behind.")
        {
            scene in
            try await scene.fill([1])
            let barrier = try await scene.barrier(1)
            try await scene.end(1, barrier, leaving: 1)
            try await scene.expect(1, is: 1, "that the writer left")
            try await scene.expectHit(1, 1, "that the writer left")
        }
    }

    private static func lastWriterFrees<H: CacheHarness>() -> ConformanceCase<H>
    where H.Subject: BarrierCache {
        law("barrier.ends-with-the-last-writer", "A key is free when its last barrier has ended.") {
            scene in
            for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0]] {
                var barriers: [H.Subject.Barrier] = []
                for _ in 0..<3 { barriers.append(try await scene.barrier(1)) }
                for place in order {
                    try await scene.expectBypass(1, .writing, "before the last has ended")
                    try await scene.expectNothing(1, "before the last has ended")
                    try await scene.end(1, barriers[place])
                }
                try await scene.expectGone(1, "when the last has ended")
            }
        }
    }

    private static func contendedLeavesNothing<H: CacheHarness>() -> ConformanceCase<H>
    where H.Subject: BarrierCache {
        law(
            "barrier.contended-leaves-nothing",
            "Of writers whose barriers overlapped none leaves an entry: nobody knows whose write "
                + "was the last."
        ) { scene in
            for order in [[0, 1], [1, 0]] {
                let barriers = [try await scene.barrier(1), try await scene.barrier(1)]
                for place in order { try await scene.end(1, barriers[place], leaving: place) }
                try await scene.expectGone(1, "after writes that overlapped")
            }
            // One after the other they did not.
            try await scene.end(1, scene.barrier(1), leaving: 1)
            try await scene.end(1, scene.barrier(1), leaving: 2)
            try await scene.expect(1, is: 2, "after writes one after the other")
        }
    }

    private static func barrierSurvivesInvalidation<H: CacheHarness>() -> ConformanceCase<H>
    where H.Subject: BarrierCache {
        law("barrier.survives-invalidation", "Invalidating a key does not remove its barriers.") {
            scene in
            let barrier = try await scene.barrier(1)
            try await scene.invalidate(1)
            try await scene.expectBypass(1, .writing, "after an invalidation")
            try await scene.end(1, barrier)
            try await scene.expectGone(1, "after the end")
        }
    }

    private static func barrierDies<H: CacheHarness>() -> ConformanceCase<H>
    where H.Subject: BarrierCache {
        law("barrier.ends-by-itself", "A barrier ends after its time, each by itself.") { scene in
            _ = try await scene.barrier(1, .milliseconds(20))
            _ = try await scene.barrier(2, .milliseconds(20))
            let long = try await scene.barrier(2)
            try await scene.letPass(.milliseconds(20))
            try await scene.expectGone(1, "after the barrier's time")
            try await scene.fill([1])
            try await scene.expectBypass(2, .writing, "while another barrier lasts")
            try await scene.end(2, long)
            try await scene.expectGone(2, "after both")
        }
    }

    private static func lateEndClears<H: CacheHarness>() -> ConformanceCase<H>
    where H.Subject: BarrierCache {
        law(
            "barrier.late-end-clears",
            "Ending a barrier that is gone leaves no entry and ends what is under the key."
        ) { scene in
            let late = try await scene.barrier(1, .milliseconds(20))
            let later = try await scene.barrier(2, .milliseconds(20))
            try await scene.letPass(.milliseconds(20))
            try await scene.fill([1])
            let ticket = try await scene.ticket(2)
            try await scene.end(1, late, leaving: 7)
            try await scene.expectGone(1, "after the end of a barrier that was gone")
            try await scene.end(2, later, leaving: 7)
            try await scene.expectRejected(2, ticket, "after the end of a barrier that was gone")
            try await scene.expectGone(2, "after the end of a barrier that was gone")
        }
    }

    private static func endedTwice<H: CacheHarness>() -> ConformanceCase<H>
    where H.Subject: BarrierCache {
        law("barrier.ends-its-own", "Ending a barrier again does not end that of another writer.") {
            scene in
            let first = try await scene.barrier(1)
            try await scene.end(1, first)
            let second = try await scene.barrier(1)
            try await scene.end(1, first, leaving: 7)
            try await scene.expectBypass(1, .writing, "under the other writer's barrier")
            try await scene.end(1, second)
            try await scene.expectGone(1, "after both")
        }
    }

    private static func barrierDetaches<H: CacheHarness>() -> ConformanceCase<H>
    where H.Subject: BarrierCache {
        law("barrier.detaches", "Who asks after a barrier was set joins no load from before it.") {
            scene in
            try await scene.expectDetached { cache in
                let barriers = try await cache.beginWrites(scene.keys([1]), lasting: anHour)
                guard let barrier = barriers[scene.key(1)] else { return }
                try await cache.endWrites([.init(key: scene.key(1), barrier: barrier)])
            }
        }
    }

    private static func barriersOfMany<H: CacheHarness>() -> ConformanceCase<H>
    where H.Subject: BarrierCache {
        law("barrier.of-many", "Barriers of several keys are as one of each.") { scene in
            try await scene.fill(0..<4)
            let keys = scene.keys([0, 1, 2])
            let barriers = try await scene.cache.beginWrites(keys, lasting: anHour)
            try scene.context.expectEqual(barriers.count, 3, "the number of barriers")
            for number in 0..<3 { try await scene.expectBypass(number, .writing, "among many") }
            let ends = [0, 2].compactMap { number in
                barriers[scene.key(number)].map {
                    CacheWriteEnd(
                        key: scene.key(number), barrier: $0, entry: scene.entry(number, 1))
                }
            }
            try await scene.cache.endWrites(ends)
            try await scene.expect(0, is: 1, "whose barrier ended")
            try await scene.expectBypass(1, .writing, "whose barrier did not end")
            try await scene.expect(2, is: 1, "whose barrier ended")
            try await scene.expect(3, is: 0, "without barrier")
            try await scene.cache.endWrites([])
            let none = try await scene.cache.beginWrites([], lasting: anHour)
            try scene.context.expectEqual(none.count, 0, "the number of barriers of no keys")
        }
    }
}

extension CacheScene where Harness.Subject: BarrierCache {
    func barrier(
        _ number: Int, _ duration: Duration = .seconds(3600)
    ) async throws -> Subject.Barrier {
        let barriers = try await cache.beginWrites([key(number)], lasting: duration)
        context.note("beginWrites of \(number), lasting \(duration)")
        guard let barrier = barriers[key(number)] else {
            throw ConformanceFailure(expected: "a barrier for every key", seen: "none")
        }
        return barrier
    }

    func end(
        _ number: Int, _ barrier: Subject.Barrier, leaving revision: Int? = nil
    ) async throws {
        let entry = revision.map { self.entry(number, $0) }
        try await cache.endWrites([.init(key: key(number), barrier: barrier, entry: entry)])
        context.note("endWrites of \(number)")
    }
}
