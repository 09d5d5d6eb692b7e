import StorageKit

extension KeyValueLaws {
    static func scoresOrder<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: SortedSetStore {
        law(
            "sorted-set.ties-in-byte-order",
            "Members of equal score are ordered byte by byte; 0 and -0 are equal; in descending "
                + "order all is turned round."
        ) { scene in
            let samples = AwkwardBytes.samples
            let tied = Dictionary(uniqueKeysWithValues: samples.map { ($0, 1.0) })
            try await scene.store.sortedSetAdd("z", tied)
            try await scene.store.sortedSetAdd("z", ["lowest": -1, "highest": 2])
            let order = ["lowest"] + samples.sorted() + ["highest"]
            let seen = try await scene.store.sortedSetRange("z", ranks: 0..<100)
            try scene.context.expectEqual(seen.map(\.member), order, "the members in order")
            let turned = try await scene.store.sortedSetRange(
                "z", ranks: 0..<100, order: .descending)
            try scene.context.expectEqual(
                turned.map(\.member), order.reversed(), "the members in descending order")
            try await scene.store.sortedSetAdd("zero", ["c": 0, "b": -0.0, "a": 0])
            let zeros = try await scene.store.sortedSetRange("zero", scores: .init(0...0), limit: 9)
            try scene.context.expectEqual(
                zeros.map(\.member), ["a", "b", "c"], "the members of score 0 and -0")
        }
    }

    static func scoresRank<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: SortedSetStore {
        law(
            "sorted-set.ranks",
            "A member's rank is how many come before it, in either order."
        ) { scene in
            let scores: [ByteString: Double] = ["a": 3, "b": 1, "c": 3, "d": -2, "e": .infinity]
            try await scene.store.sortedSetAdd("z", scores)
            let order: [ByteString] = ["d", "b", "a", "c", "e"]
            for (rank, member) in order.enumerated() {
                try await scene.expect(
                    scene.commands.sortedSetRank("z", of: member), answers: rank)
                try await scene.expect(
                    scene.commands.sortedSetRank("z", of: member, order: .descending),
                    answers: order.count - 1 - rank)
            }
        }
    }

    static func scoresByRank<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: SortedSetStore {
        law(
            "sorted-set.range-by-rank",
            "sortedSetRange of ranks gives those members with their scores in the order asked for; "
                + "ranks beyond the last are left out."
        ) { scene in
            try await scene.fillScores(6)
            let all = (0..<6).map { ScoredMember(member: "m\($0)", score: Double($0)) }
            for ranks in [
                0..<6, 0..<1, 5..<6, 2..<4, 4..<9, 6..<9, 3..<3, 0..<0, 0..<(.max), 7..<7,
            ] {
                try await scene.expect(
                    scene.commands.sortedSetRange("z", ranks: ranks),
                    answers: all.elements(at: ranks))
                try await scene.expect(
                    scene.commands.sortedSetRange("z", ranks: ranks, order: .descending),
                    answers: Array(all.reversed()).elements(at: ranks))
            }
        }
    }

    /// Ranges, and whether they include 2.
    static var scoreRanges: [(ScoreRange, Bool)] {
        [
            (.all, true), (.init(2...2), true), (.init(2..<2.5), true), (.init(1..<2), false),
            (.init(...2), true), (.init(..<2), false), (.init(2...), true),
            (.init(after: 2), false),
            (.init(after: 1, through: 2), true), (.init(2.1...2.9), false),
            (.init(lower: .exclusive(2), upper: .exclusive(2)), false),
            (.init(lower: .inclusive(4), upper: .inclusive(1)), false),
            (.init(-.infinity ... .infinity), true), (.init(-1e300...1e300), true),
            (.init(lower: .exclusive(-.infinity), upper: .exclusive(.infinity)), true),
            (.init(lower: .inclusive(.infinity), upper: .unbounded), false),
            (.init(lower: .unbounded, upper: .inclusive(-.infinity)), false),
        ]
    }

    static func scoresByScore<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: SortedSetStore {
        law(
            "sorted-set.range-by-score",
            "sortedSetRange and sortedSetCount of scores see the members between the bounds, "
                + "inclusive, exclusive or none, infinities included."
        ) { scene in
            try await scene.fillScores(6)
            try await scene.store.sortedSetAdd("z", ["low": -.infinity, "high": .infinity])
            let all = try await scene.store.sortedSetRange("z", ranks: 0..<9)
            try scene.context.expectEqual(all.count, 8, "the number of members")
            for (range, hasTwo) in scoreRanges {
                let expected = all.filter { range.contains($0.score) }
                try scene.context.expectEqual(
                    expected.contains { $0.member == "m2" }, hasTwo, "2 in \(range)")
                try await scene.expect(
                    scene.commands.sortedSetRange("z", scores: range, limit: 9), answers: expected)
                try await scene.expect(
                    scene.commands.sortedSetRange(
                        "z", scores: range, order: .descending, limit: 9),
                    answers: expected.reversed())
                try await scene.expect(
                    scene.commands.sortedSetCount("z", scores: range), answers: expected.count)
            }
        }
    }

    static func scoresLimit<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: SortedSetStore {
        law(
            "sorted-set.range-has-a-limit",
            "sortedSetRange of scores gives the first in the order asked for, at most limit; a "
                + "limit below 1 throws invalidArgument."
        ) { scene in
            let c = scene.commands
            try await scene.fillScores(6)
            try await scene.expect(
                c.sortedSetRange("z", scores: .init(1...4), limit: 2),
                answers: members(("m1", 1), ("m2", 2)))
            try await scene.expect(
                c.sortedSetRange("z", scores: .init(1...4), order: .descending, limit: 2),
                answers: members(("m4", 4), ("m3", 3)))
            let large = try await scene.store.sortedSetRange("z", scores: .all, limit: .max)
            try scene.context.expectEqual(large.count, 6, "the members within the largest limit")
            for limit in [0, -1] {
                try await scene.expect(
                    c.sortedSetRange("z", scores: .all, limit: limit), throws: .invalidArgument)
                try await scene.expect(c.sortedSetPop("z", limit: limit), throws: .invalidArgument)
            }
            try await scene.expect(c.sortedSetCount("z"), answers: 6)
        }
    }

    static func scoresCount<H: KeyValueHarness>() -> ConformanceCase<H>
    where H.Subject: SortedSetStore {
        law(
            "sorted-set.counts",
            "sortedSetCount is the number of members, and follows every change."
        ) { scene in
            let c = scene.commands
            try await scene.fillScores(4)
            try await scene.expect(c.sortedSetCount("z"), answers: 4)
            try await scene.store.sortedSetAdd("z", ["m0": 9, "new": 1])
            try await scene.expect(c.sortedSetCount("z"), answers: 5)
            try await scene.expect(c.sortedSetCount("z", scores: .init(9...)), answers: 1)
            try await scene.store.sortedSetPop("z", limit: 2)
            try await scene.expect(c.sortedSetCount("z"), answers: 3)
        }
    }
}
