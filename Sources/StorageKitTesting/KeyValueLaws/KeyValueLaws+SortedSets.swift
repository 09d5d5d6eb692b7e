public import StorageKit

extension KeyValueLaws {
    /// The cases of `SortedSetStore`.
    public static func sortedSetCases<Harness: KeyValueHarness>(
        for harness: Harness.Type = Harness.self
    ) -> [ConformanceCase<Harness>] where Harness.Subject: SortedSetStore {
        [
            scoresAdd(), scoresInOrder(), scoreUpdates(), scoresOfAbsent(), scoresRemove(),
            scoresRemoveRanks(),
            scoresRemoveRange(), scoresVanish(), scoresOrder(), scoresRank(), scoresByRank(),
            scoresByScore(), scoresLimit(), scoresCount(), scoresIncrement(), scoresPop(),
            scoresExact(), scoresRefuse(), scoresBytes(), scoresKinds(), scoresIsCollection(),
            scoresLimits(), scoresAtOnce(), scoresRandom(),
        ]
    }

    /// Members as they come out of a set.
    static func members(_ pairs: (ByteString, Double)...) -> [ScoredMember] {
        pairs.map { ScoredMember(member: $0.0, score: $0.1) }
    }

    private static func scoresAdd<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: SortedSetStore {
        law(
            "sorted-set.adds",
            "sortedSetAdd writes scores of members, each once, and returns how many are new."
        ) { scene in
            let c = scene.commands
            try await scene.expect(c.sortedSetAdd("z", ["a": 1, "b": 2]), answers: 2)
            try await scene.expect(c.sortedSetAdd("z", ["b": 0.5, "c": 3]), answers: 1)
            try await scene.expect(c.sortedSetAdd("z", ["a": 1]), answers: 0)
            try await scene.expect(c.sortedSetAdd("z", [:]), answers: 0)
            try await scene.expect(
                c.sortedSetRange("z", ranks: 0..<10),
                answers: members(("b", 0.5), ("a", 1), ("c", 3)))
            try await scene.expect(c.sortedSetScore("z", of: "b"), answers: 0.5)
            try await scene.expect(c.sortedSetCount("z"), answers: 3)
            try await scene.expect(c.sortedSetAdd("other", ["a": 9]), answers: 1)
            try await scene.expect(c.sortedSetScore("z", of: "a"), answers: 1)
        }
    }

    private static func scoresInOrder<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: SortedSetStore {
        law(
            "sorted-set.adds-in-order",
            "sortedSetAdd of a list writes one member after the other: of one that is there twice "
                + "the last score counts that the update allows, and it is new once."
        ) { scene in
            let c = scene.commands
            try await scene.expect(
                c.sortedSetAdd("z", members(("a", 1), ("b", 2), ("a", 3))), answers: 2)
            try await scene.expect(
                c.sortedSetAdd("z", members(("b", 9), ("c", 2.5), ("b", 0.5))), answers: 1)
            try await scene.expect(
                c.sortedSetRange("z", ranks: 0..<10),
                answers: members(("b", 0.5), ("c", 2.5), ("a", 3)))
            let table: [(ScoreUpdate, Double)] = [
                (.always, 2), (.ifAbsent, 3), (.ifHigher, 4), (.ifLower, 1),
            ]
            for (update, result) in table {
                try await scene.store.delete("z")
                let scores = members(("a", 3), ("a", 1), ("a", 4), ("a", 2))
                try await scene.expect(
                    c.sortedSetAdd("z", scores, if: update), answers: 1)
                try await scene.expect(c.sortedSetScore("z", of: "a"), answers: result)
            }
            try await scene.expect(c.sortedSetAdd("none", [ScoredMember]()), answers: 0)
            try await scene.expectKeys(["z"], "after an empty list")
        }
    }

    private static func scoreUpdates<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: SortedSetStore {
        law(
            "sorted-set.updates-if",
            "sortedSetAdd writes a score only if the update allows it: always, if the member is "
                + "new, if it is there, if the score is higher or lower; it returns how many are "
                + "new."
        ) { scene in
            // What a member with 5 and a new one have after 4, 5 and 6 were written to both.
            let table: [(ScoreUpdate, [Double], isAdded: Bool)] = [
                (.always, [4, 5, 6], true), (.ifAbsent, [5, 5, 5], true),
                (.ifPresent, [4, 5, 6], false), (.ifHigher, [5, 5, 6], true),
                (.ifLower, [4, 5, 5], true),
            ]
            for (update, results, isAdded) in table {
                for (score, result) in zip([4.0, 5, 6], results) {
                    try await scene.store.delete("z")
                    try await scene.store.sortedSetAdd("z", ["old": 5])
                    try await scene.expect(
                        scene.commands.sortedSetAdd("z", ["old": score, "new": score], if: update),
                        answers: isAdded ? 1 : 0)
                    try await scene.expect(
                        scene.commands.sortedSetScore("z", of: "old"), answers: result)
                    try await scene.expect(
                        scene.commands.sortedSetScore("z", of: "new"),
                        answers: isAdded ? score : nil)
                }
            }
            try await scene.expect(
                scene.commands.sortedSetAdd("none", ["a": 1], if: .ifPresent), answers: 0)
            try await scene.expectKeys(["z"], "after ifPresent on a set that does not exist")
        }
    }

    private static func scoresOfAbsent<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: SortedSetStore {
        law(
            "sorted-set.absent-has-no-members",
            "A sorted set that does not exist has no members, and a member that is not in one has "
                + "no score and no rank."
        ) { scene in
            let c = scene.commands
            try await scene.store.sortedSetAdd("z", ["a": 1])
            for key: ByteString in ["z", "none"] {
                try await scene.expect(c.sortedSetScore(key, of: "x"), answers: nil)
                try await scene.expect(c.sortedSetRank(key, of: "x"), answers: nil)
                try await scene.expect(c.sortedSetRemove(key, members: ["x"]), answers: 0)
            }
            try await scene.expect(c.sortedSetCount("none"), answers: 0)
            try await scene.expect(c.sortedSetCount("none", scores: .all), answers: 0)
            try await scene.expect(c.sortedSetRange("none", ranks: 0..<9), answers: [])
            try await scene.expect(c.sortedSetRange("none", scores: .all, limit: 9), answers: [])
            try await scene.expect(c.sortedSetPop("none"), answers: [])
            try await scene.expect(c.sortedSetRemove("none", ranks: 0..<9), answers: 0)
            try await scene.expect(c.sortedSetRemove("none", scores: .all), answers: 0)
            try await scene.expectKeys(["z"], "after looking at a set that does not exist")
        }
    }

    private static func scoresRemove<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: SortedSetStore {
        law(
            "sorted-set.removes-members",
            "sortedSetRemove removes members and returns how many there were; one given twice "
                + "counts once."
        ) { scene in
            let c = scene.commands
            try await scene.store.sortedSetAdd("z", ["a": 1, "b": 2, "c": 3, "d": 4])
            try await scene.expect(
                c.sortedSetRemove("z", members: ["a", "x", "c", "a"]), answers: 2)
            try await scene.expect(
                c.sortedSetRange("z", ranks: 0..<9), answers: members(("b", 2), ("d", 4)))
            try await scene.expect(c.sortedSetRemove("z", members: []), answers: 0)
        }
    }

    private static func scoresRemoveRanks<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: SortedSetStore {
        law(
            "sorted-set.removes-ranks",
            "sortedSetRemove of ranks removes those members, 0 being the lowest score, and returns "
                + "how many there were."
        ) { scene in
            let c = scene.commands
            try await scene.fillScores(6)
            try await scene.expect(c.sortedSetRemove("z", ranks: 1..<3), answers: 2)
            try await scene.expect(
                c.sortedSetRange("z", ranks: 0..<9),
                answers: members(("m0", 0), ("m3", 3), ("m4", 4), ("m5", 5)))
            try await scene.expect(c.sortedSetRemove("z", ranks: 2..<2), answers: 0)
            try await scene.expect(c.sortedSetRemove("z", ranks: 4..<9), answers: 0)
            try await scene.expect(c.sortedSetRemove("z", ranks: 3..<(.max)), answers: 1)
            try await scene.expect(c.sortedSetRemove("z", ranks: 0..<1), answers: 1)
            try await scene.expect(
                c.sortedSetRange("z", ranks: 0..<9), answers: members(("m3", 3), ("m4", 4)))
        }
    }

    private static func scoresRemoveRange<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: SortedSetStore {
        law(
            "sorted-set.removes-scores",
            "sortedSetRemove of scores removes the members with these, bounds as they say, and "
                + "returns how many there were."
        ) { scene in
            for (range, _) in scoreRanges {
                try await scene.store.delete("z")
                try await scene.fillScores(6)
                let doomed = (0..<6).filter { range.contains(Double($0)) }
                try await scene.expect(
                    scene.commands.sortedSetRemove("z", scores: range), answers: doomed.count)
                let left = (0..<6).filter { !doomed.contains($0) }
                try await scene.expect(
                    scene.commands.sortedSetRange("z", ranks: 0..<9),
                    answers: left.map { ScoredMember(member: "m\($0)", score: Double($0)) })
            }
        }
    }

    private static func scoresVanish<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: SortedSetStore {
        law(
            "sorted-set.empty-does-not-exist",
            "A sorted set that loses its last member does not exist, however it loses it."
        ) { scene in
            let c = scene.commands
            let ends: [KeyValueCall<KeyValueScene<H>.Store>] = [
                KeyValueCall(c.sortedSetRemove("z", members: ["m0", "m1"])),
                KeyValueCall(c.sortedSetRemove("z", ranks: 0..<2)),
                KeyValueCall(c.sortedSetRemove("z", scores: .all)),
                KeyValueCall(c.sortedSetPop("z", limit: 2)),
            ]
            for call in ends {
                try await scene.fillScores(2)
                _ = try await call.reply(of: scene.store)
                try await scene.expect("z", holds: nil, "after \(call)")
                try await scene.expectKeys([], "after \(call)")
            }
        }
    }

    private static func scoresIncrement<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: SortedSetStore {
        law(
            "sorted-set.increments",
            "sortedSetIncrement adds to a member's score, from zero when it is not in the set, "
                + "moves the member, and returns the sum; NaN throws outOfRange and nothing "
                + "changes."
        ) { scene in
            let c = scene.commands
            try await scene.expect(c.sortedSetIncrement("z", member: "a"), answers: 1)
            try await scene.expect(c.sortedSetIncrement("z", member: "b", by: 2.5), answers: 2.5)
            try await scene.expect(c.sortedSetIncrement("z", member: "a", by: 4), answers: 5)
            try await scene.expect(c.sortedSetIncrement("z", member: "b", by: -3), answers: -0.5)
            try await scene.expect(
                c.sortedSetRange("z", ranks: 0..<9), answers: members(("b", -0.5), ("a", 5)))
            let infinity = Double.infinity
            try await scene.expect(
                c.sortedSetIncrement("z", member: "a", by: infinity), answers: infinity)
            try await scene.expect(
                c.sortedSetIncrement("z", member: "a", by: -infinity), throws: .outOfRange)
            try await scene.expect(c.sortedSetScore("z", of: "a"), answers: infinity)
            try await scene.expect(
                c.sortedSetIncrement("n", member: "a", by: -infinity), answers: -infinity)
        }
    }

    private static func scoresPop<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: SortedSetStore {
        law(
            "sorted-set.pops",
            "sortedSetPop removes and returns the first members in the order asked for, at most "
                + "limit."
        ) { scene in
            let c = scene.commands
            try await scene.fillScores(6)
            try await scene.expect(c.sortedSetPop("z"), answers: members(("m0", 0)))
            try await scene.expect(
                c.sortedSetPop("z", order: .descending), answers: members(("m5", 5)))
            try await scene.expect(
                c.sortedSetPop("z", limit: 2), answers: members(("m1", 1), ("m2", 2)))
            try await scene.expect(
                c.sortedSetPop("z", order: .descending, limit: 9),
                answers: members(("m4", 4), ("m3", 3)))
            try await scene.expect(c.sortedSetPop("z", limit: 9), answers: [])
        }
    }

    private static func scoresExact<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: SortedSetStore {
        law(
            "sorted-set.scores-are-doubles",
            "Scores are any Double but NaN, and come back as they were written."
        ) { scene in
            let scores: [Double] = [
                0, 1, -1, 0.1, 1.0 / 3, .pi, -1e-7, .leastNonzeroMagnitude, 2.2250738585072014e-308,
                .greatestFiniteMagnitude, -.greatestFiniteMagnitude, 0x1p53, 0x1p53 + 2, 1e22, 1e23,
                1_700_000_000_123.456, .infinity, -.infinity,
            ]
            for (number, score) in scores.enumerated() {
                try await scene.store.sortedSetAdd("z", ["m\(number)": score])
                try await scene.expect(
                    scene.commands.sortedSetScore("z", of: "m\(number)"), answers: score)
                // Bounds go another way than scores, and must be as exact.
                try await scene.expect(
                    scene.commands.sortedSetCount("z", scores: .init(score...score)), answers: 1)
            }
            let seen = try await scene.store.sortedSetRange("z", ranks: 0..<100)
            try scene.context.expectEqual(seen.map(\.score), scores.sorted(), "the scores in order")
        }
    }

    private static func scoresRefuse<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: SortedSetStore {
        law(
            "sorted-set.refuses-nan",
            "A score, an amount or a bound that is NaN, and a rank below 0, throw invalidArgument, "
                + "and nothing changes."
        ) { scene in
            let c = scene.commands
            try await scene.fillScores(2)
            let range = ScoreRange(lower: .inclusive(.nan), upper: .unbounded)
            let calls: [KeyValueCall<KeyValueScene<H>.Store>] = [
                KeyValueCall(c.sortedSetAdd("z", ["m0": .nan, "m1": 7, "x": 7])),
                KeyValueCall(c.sortedSetIncrement("z", member: "m0", by: .nan)),
                KeyValueCall(c.sortedSetRange("z", scores: range, limit: 1)),
                KeyValueCall(c.sortedSetCount("z", scores: range)),
                KeyValueCall(c.sortedSetRemove("z", scores: range)),
                KeyValueCall(c.sortedSetRange("z", ranks: -1..<1)),
                KeyValueCall(c.sortedSetRemove("z", ranks: -2..<1)),
            ]
            for call in calls {
                try await scene.context.expectThrows(.invalidArgument, "\(call)") {
                    try await call.reply(of: scene.store)
                }
            }
            try await scene.expect(
                c.sortedSetRange("z", ranks: 0..<9), answers: members(("m0", 0), ("m1", 1)))
        }
    }

    private static func scoresBytes<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: SortedSetStore {
        law("sorted-set.any-bytes", "Any bytes are a member, and different bytes different ones.") {
            scene in
            let samples = AwkwardBytes.samples
            for (number, member) in samples.enumerated() {
                try await scene.expect(
                    scene.commands.sortedSetAdd("z", [member: Double(number)]), answers: 1)
            }
            for (number, member) in samples.enumerated() {
                try await scene.expect(
                    scene.commands.sortedSetScore("z", of: member), answers: Double(number))
                try await scene.expect(
                    scene.commands.sortedSetRank("z", of: member), answers: number)
            }
        }
    }

    private static func scoresKinds<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: SortedSetStore {
        law(
            "sorted-set.refuses-other-kinds",
            "Every operation on a sorted set throws wrongType when the key holds a plain value, "
                + "which stays."
        ) { scene in
            try await scene.expectWrongType(KeyValueTables.sortedSets(scene.commands, "k"), "k")
        }
    }

    private static func scoresIsCollection<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: SortedSetStore {
        law(
            "sorted-set.is-a-key",
            "A sorted set is a key: get throws wrongType, get of several counts it as absent, "
                + "exists and scans see it, set and delete work on it."
        ) { scene in
            try await scene.expectCollection { try await scene.store.sortedSetAdd($0, ["a": 1]) }
        }
    }

    private static func scoresLimits<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: SortedSetStore {
        law(
            "sorted-set.limits",
            "Members are as long as keys, and calls carry as many as limits say; more throws "
                + "limitExceeded, and nothing changes."
        ) { scene in
            let (c, limits) = (scene.commands, scene.store.limits)
            let member = bytes(try probe(limits.maximumKeyBytes, "keys"))
            let many = try probe(limits.maximumElementsPerCall, "elements", upTo: 600_000)
            let full = Dictionary(
                uniqueKeysWithValues: (0..<many).map { (ByteString("\($0)"), Double($0)) })
            try await scene.expect(c.sortedSetAdd("z", [member: 1]), answers: 1)
            try await scene.expect(c.sortedSetAdd("full", full), answers: many)
            let long = member + "x"
            let more = full.merging(["x": 0]) { $1 }
            try await scene.expect(c.sortedSetAdd("z", ["a": 1, long: 1]), throws: .limitExceeded)
            try await scene.expect(c.sortedSetAdd("z", more), throws: .limitExceeded)
            try await scene.expect(
                c.sortedSetRemove("z", members: [member, long]), throws: .limitExceeded)
            try await scene.expect(
                c.sortedSetRemove("full", members: Array(more.keys)), throws: .limitExceeded)
            try await scene.expect(c.sortedSetScore("z", of: long), throws: .limitExceeded)
            try await scene.expect(c.sortedSetRank("z", of: long), throws: .limitExceeded)
            try await scene.expect(c.sortedSetIncrement("z", member: long), throws: .limitExceeded)
            try await scene.expect(c.sortedSetCount("z"), answers: 1)
            try await scene.expect(c.sortedSetCount("full"), answers: many)
        }
    }

    private static func scoresAtOnce<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: SortedSetStore {
        overlappingLaw(
            "sorted-set.loses-nothing",
            "Increments at once of one member's score lose nothing, and of several pops at once "
                + "each member goes to one."
        ) { scene in
            _ = try await scene.atOnce { _ in
                for _ in 0..<20 {
                    try await scene.store.sortedSetIncrement("z", member: "a", by: 0.5)
                }
            }
            try await scene.expect(scene.commands.sortedSetScore("z", of: "a"), answers: 80)
            try await scene.store.delete("z")
            try await scene.fillScores(40)
            let popped = try await scene.atOnce { task in
                var members: [ByteString] = []
                for _ in 0..<5 {
                    let order: SortOrder = task.isMultiple(of: 2) ? .ascending : .descending
                    members += try await scene.store.sortedSetPop("z", order: order).map(\.member)
                }
                return members
            }
            try scene.context.expectEqual(
                popped.flatMap { $0 }.sorted(), (0..<40).map { ByteString("m\($0)") }.sorted(),
                "what was popped")
        }
    }

    private static func scoresRandom<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: SortedSetStore {
        law(
            "sorted-set.random-sequences",
            "Every sequence of calls on sorted sets gets the answers that the contract's model "
                + "gives."
        ) { scene in
            try await KeyValueComparison(scene).run { number, generator in
                Int.random(in: 0..<8, using: &generator) == 0
                    ? KeyValueDraws.value(scene.store, number, &generator)
                    : KeyValueDraws.sortedSet(scene.store, number, &generator)
            }
        }
    }
}

extension KeyValueScene where Harness.Subject: SortedSetStore {
    /// Makes the sorted set `z` of `m0` with score 0, `m1` with score 1 and so on.
    func fillScores(_ count: Int) async throws {
        let scores = (0..<count).map { (ByteString("m\($0)"), Double($0)) }
        try await store.sortedSetAdd("z", Dictionary(uniqueKeysWithValues: scores))
    }
}
