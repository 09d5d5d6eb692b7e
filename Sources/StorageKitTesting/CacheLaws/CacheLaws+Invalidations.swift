import StorageKit

extension CacheLaws {
    static func invalidationCases<H: CacheHarness>() -> [ConformanceCase<H>] {
        [invalidateRemoves(), invalidateMany(), invalidateFrees(), invalidateDetaches()]
            + [
                removesBeforeItDetaches(), removeAllRemoves(), removeAllFrees(),
                removeAllDetaches(),
            ]
    }

    private static func invalidateRemoves<H: CacheHarness>() -> ConformanceCase<H> {
        law("invalidate.removes", "An invalidated key has no entry; the others keep theirs.") {
            scene in
            try await scene.fill([1, 2, 3])
            try await scene.invalidate(2)
            try await scene.expectGone(2, "after an invalidation")
            try await scene.expect(1, is: 0, "beside an invalidation")
            try await scene.expect(3, is: 0, "beside an invalidation")
            try await scene.invalidate(9)
            try await scene.expectGone(9, "that never had an entry")
        }
    }

    private static func invalidateMany<H: CacheHarness>() -> ConformanceCase<H> {
        law("invalidate.removes-each-of-many", "Several keys are invalidated as each by itself.") {
            scene in
            try await scene.fill(0..<12)
            try await scene.cache.invalidate(scene.keys([3, 0, 3, 20, 7, 11, 5]))
            for number in [0, 3, 5, 7, 11] { try await scene.expectGone(number, "among many") }
            for number in [1, 2, 4, 6, 8, 9, 10] {
                try await scene.expect(number, is: 0, "beside many")
            }
            try await scene.cache.invalidate([])
            try await scene.expect(1, is: 0, "after an invalidation of no keys")
        }
    }

    private static func invalidateFrees<H: CacheHarness>() -> ConformanceCase<H> {
        law("invalidate.frees-the-key", "After an invalidation another load may begin and fill.") {
            scene in
            for revision in 0..<3 {
                _ = try await scene.ticket(1)
                try await scene.invalidate(1)
                try await scene.fill(1, scene.entry(1, revision))
                try await scene.expect(1, is: revision, "filled after an invalidation")
                try await scene.invalidate(1)
            }
        }
    }

    private static func invalidateDetaches<H: CacheHarness>() -> ConformanceCase<H> {
        law(
            "invalidate.detaches",
            "Who asks after an invalidation was acknowledged does not join a load from before it."
        ) { scene in
            try await scene.expectDetached { try await $0.invalidate(scene.keys([5, 1])) }
        }
    }

    private static func removesBeforeItDetaches<H: CacheHarness>() -> ConformanceCase<H> {
        overlappingLaw(
            "invalidate.removes-before-it-detaches",
            "First the entries and registrations are gone, then running loads are detached: a load "
                + "that begins in between and finds the old entry is joined by nobody later."
        ) { scene in
            for round in 0..<30 {
                let primary = try await scene.primary([round])
                try await scene.fill([round])
                try await primary.replace(Specimen(number: round, revision: 1))
                let held = HeldLookupCache(scene.cache)
                let readers = CachedRepository(
                    primary: primary, cache: held, key: { [h = scene.harness] in h.key($0) })
                let invalidation = scene.task {
                    for _ in 0..<(round % 3) { await Task.yield() }
                    try await scene.invalidate(round)
                }
                let between = scene.task { try await readers.get(round) }
                try await invalidation.value
                let late = scene.task { try await readers.get(round) }
                for _ in 0..<10 { await Task.yield() }
                held.release()
                let seen = try await late.value
                _ = try await between.value
                try scene.context.expectEqual(
                    seen?.revision, 1, "what is read after the acknowledgement")
            }
        }
    }

    private static func removeAllRemoves<H: CacheHarness>() -> ConformanceCase<H> {
        law("remove-all.removes", "removeAll removes every entry.") { scene in
            try await scene.cache.removeAll()
            try await scene.fill(0..<12)
            try await scene.cache.removeAll()
            for number in 0..<12 { try await scene.expectGone(number, "after removeAll") }
        }
    }

    private static func removeAllFrees<H: CacheHarness>() -> ConformanceCase<H> {
        law("remove-all.frees", "After removeAll loads may begin and fill as before.") { scene in
            for revision in 0..<3 {
                for number in 0..<4 { _ = try await scene.ticket(number) }
                try await scene.cache.removeAll()
                for number in 0..<4 {
                    try await scene.fill(number, scene.entry(number, revision))
                    try await scene.expect(number, is: revision, "filled after removeAll")
                }
                try await scene.cache.removeAll()
            }
        }
    }

    private static func removeAllDetaches<H: CacheHarness>() -> ConformanceCase<H> {
        law(
            "remove-all.detaches",
            "Who asks after removeAll was acknowledged does not join a load from before it."
        ) { scene in
            try await scene.expectDetached { try await $0.removeAll() }
        }
    }
}
