public import StorageKit

extension CacheLaws {
    /// The cases of `TaggedCache`.
    ///
    /// The harness's type is given only to name it.
    public static func tagCases<H: CacheHarness>(
        for harness: H.Type = H.self
    ) -> [ConformanceCase<H>] where H.Subject: TaggedCache {
        [tagRemovesCarriers(), tagRejectsLoads(), tagRejectsRefresh(), tagFrees(), tagReplaced()]
            + [tagDetaches(), tagBytes()]
    }

    private static func tagRemovesCarriers<H: CacheHarness>() -> ConformanceCase<H>
    where H.Subject: TaggedCache {
        law("tags.remove-carriers", "Entries with one of the tags are gone, the others stay.") {
            scene in
            let carried: [Int: Set<CacheTag>] = [
                1: ["a"], 2: ["b"], 3: ["a", "b"], 4: [], 5: ["c"], 6: ["d", "c", "e"], 7: ["ab"],
            ]
            for (number, tags) in carried.sorted(by: { $0.key < $1.key }) {
                try await scene.fill(number, scene.entry(number, tags: tags))
            }
            try await scene.cache.invalidate(tags: ["a"])
            for number in [1, 3] { try await scene.expectGone(number, "that carries the tag") }
            for number in [2, 4, 5, 6, 7] { try await scene.expect(number, is: 0, "without it") }
            try await scene.cache.invalidate(tags: ["b", "e", "unknown"])
            for number in [2, 6] { try await scene.expectGone(number, "that carries one of them") }
            try await scene.cache.invalidate(tags: [])
            for number in [4, 5, 7] { try await scene.expect(number, is: 0, "without one") }
        }
    }

    private static func tagRejectsLoads<H: CacheHarness>() -> ConformanceCase<H>
    where H.Subject: TaggedCache {
        law(
            "tags.reject-loads-under-way",
            "A load that began before a tag was invalidated fills no entry that carries it."
        ) { scene in
            let ticket = try await scene.ticket(1)
            try await scene.cache.invalidate(tags: ["a"])
            try await scene.publish(1, scene.entry(1, tags: ["b", "a"]), ticket)
            try await scene.expectNothing(1, "filled by a load from before")
            guard case .hit = try await scene.begin(1) else { return }
            throw ConformanceFailure(expected: "no hit by a load from before", seen: "a hit")
        }
    }

    private static func tagRejectsRefresh<H: CacheHarness>() -> ConformanceCase<H>
    where H.Subject: TaggedCache {
        law(
            "tags.reject-refreshes-under-way",
            "A load beside an entry that began before a tag was invalidated fills no carrier of it."
        ) { scene in
            try await scene.fill(1, scene.entry(1, tags: ["a"]))
            let refresh = try await scene.ticket(1, unlessFreshFor: nil)
            try await scene.cache.invalidate(tags: ["a"])
            try await scene.expectNothing(1, "after the invalidation of its tag")
            try await scene.publish(1, scene.entry(1, 1, tags: ["a"]), refresh)
            try await scene.expectNothing(1, "filled by a refresh from before")
        }
    }

    private static func tagFrees<H: CacheHarness>() -> ConformanceCase<H>
    where H.Subject: TaggedCache {
        law("tags.can-be-used-again", "A load from after the invalidation of a tag fills carriers.")
        {
            scene in
            for revision in 0..<3 {
                let entry = scene.entry(1, revision, tags: ["a"])
                try await scene.fill(1, entry)
                try await scene.expect(1, is: revision, "filled after an invalidation of its tag")
                try await scene.cache.invalidate(tags: ["a"])
                try await scene.expectGone(1, "after an invalidation of its tag")
            }
        }
    }

    private static func tagReplaced<H: CacheHarness>() -> ConformanceCase<H>
    where H.Subject: TaggedCache {
        law("tags.are-those-of-the-newest-entry", "What replaces an entry has its own tags.") {
            scene in
            try await scene.fill(1, scene.entry(1, tags: ["a"]))
            try await scene.fill(1, scene.entry(1, 1, tags: ["b"]), unlessFreshFor: nil)
            try await scene.cache.invalidate(tags: ["a"])
            try await scene.expect(1, is: 1, "that carries the tag no more")
            try await scene.cache.invalidate(tags: ["b"])
            try await scene.expectGone(1, "that carries the other tag")
        }
    }

    private static func tagDetaches<H: CacheHarness>() -> ConformanceCase<H>
    where H.Subject: TaggedCache {
        law(
            "tags.detach",
            "Who asks after a tag's invalidation was acknowledged does not join a load from before "
                + "it."
        ) { scene in
            try await scene.expectDetached(andNotFilled: false) { cache in
                try await cache.invalidate(tags: ["a"])
            }
        }
    }

    private static func tagBytes<H: CacheHarness>() -> ConformanceCase<H>
    where H.Subject: TaggedCache {
        law("tags.are-their-bytes", "Tags are equal if their bytes are.") { scene in
            try await scene.fill(1, scene.entry(1, tags: ["caf\u{e9}"]))
            try await scene.fill(2, scene.entry(2, tags: ["cafe\u{301}"]))
            try await scene.cache.invalidate(tags: ["cafe\u{301}"])
            try await scene.expect(1, is: 0, "whose tag is written otherwise")
            try await scene.expectGone(2, "whose tag is written so")
        }
    }
}
