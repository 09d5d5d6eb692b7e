import StorageKit

// Several tables, and what many rows have in common.
extension RelationalLaws {
    static func joinCases<H: RelationalHarness>() -> [ConformanceCase<H>] {
        [joins(), leftJoins(), aggregates(), groups()]
    }

    private static func joins<H: RelationalHarness>() -> ConformanceCase<H> {
        law(
            "query.joins",
            "A join has each pair of rows that fit, and no others; a table can be joined with "
                + "itself."
        ) { scene in
            let scene = try await scene.withSeven()
            let pairs = QueryThings.all.join(QueryThings.self) { $0.parent == $1.id }
                .filter { child, parent in child.number < parent.number || parent.id == 3 }
                .order { child, _ in [child.id.ascending] }
                .select { child, parent in (child.name, parent.name) }
            let found = try await scene.store.query(pairs, limit: 49).map { [$0.0, $0.1] }
            try scene.context.expectEqual(
                found, [["oak%", "Oak"], ["e\u{301}[k]", "o_k"], ["", "o_k"]], "the pairs")
            let triples = QueryThings.all.join(QueryThings.self) { $0.parent == $1.id }
                .join(QueryThings.self) { _, parent, grandparent in
                    parent.parent == grandparent.id
                }
                .order { child, _, _ in [child.id.descending] }
                .select { child, parent, grandparent in (child.id, parent.id, grandparent.id) }
            let lines = try await scene.store.query(triples, limit: 49).map { [$0.0, $0.1, $0.2] }
            try scene.context.expectEqual(lines, [[7, 3, 1], [5, 3, 1]], "the lines of three")
        }
    }

    private static func leftJoins<H: RelationalHarness>() -> ConformanceCase<H> {
        law(
            "query.left-joins",
            "A left join has each row of the left table, with nil for what none of the right fits."
        ) { scene in
            let scene = try await scene.withSeven()
            let pairs = QueryThings.all.leftJoin(QueryThings.self) { $0.parent == $1.id }
                .order { child, _ in [child.id.ascending] }
            let names = try await scene.store.query(
                pairs.select { child, parent in (child.id, parent.name) }, limit: 49)
            try scene.context.expectEqual(names.map(\.0), Array(1...7), "the left things")
            try scene.context.expectEqual(
                names.map(\.1), [nil, "Oak", "Oak", nil, "o_k", nil, "o_k"], "the right names")
            let roots = pairs.filter { _, parent in parent.id == nil }
                .select { child, _ in child.id }
            let alone = try await scene.store.query(roots, limit: 49)
            try scene.context.expectEqual(alone, [1, 4, 6], "those without a right one")
        }
    }

    private static func aggregates<H: RelationalHarness>() -> ConformanceCase<H> {
        law(
            "query.aggregates",
            "Aggregates leave NULL out, count what they say, and are nil of no rows."
        ) { scene in
            let scene = try await scene.withSeven()
            for (what, query, counts, extremes, mean) in [
                (
                    "all", QueryThings.all, [7, 4, 2, 37, 8], [0, 12, 1, 3], 37.0 / 7
                ),
                (
                    "some", QueryThings.all.filter { $0.parent == nil }, [3, 0, 0, 10, nil],
                    [0, 7, nil, nil], 10.0 / 3
                ),
                (
                    "none", QueryThings.all.filter { $0.id < 0 }, [0, 0, 0, nil, nil],
                    [nil, nil, nil, nil], nil
                ),
            ] as [(String, SelectQuery<TableReference<QueryThings>>, [Int?], [Int?], Double?)] {
                let first = query.select {
                    ($0.count, $0.parent.count(), $0.parent.distinctCount())
                }
                let (rows, parents, different) =
                    try await scene.store.first(first) ?? (-1, -1, -1)
                let sums = query.select { ($0.number.sum(), $0.parent.sum()) }
                let (sum, parentSum) = try await scene.store.first(sums) ?? (nil, nil)
                try scene.context.expectEqual(
                    [rows, parents, different, sum, parentSum], counts, "the counts of \(what)")
                let least = query.select { ($0.number.minimum(), $0.number.maximum()) }
                let (low, high) = try await scene.store.first(least) ?? (nil, nil)
                let ends = query.select { ($0.parent.minimum(), $0.parent.maximum()) }
                let (lowest, highest) = try await scene.store.first(ends) ?? (nil, nil)
                try scene.context.expectEqual(
                    [low, high, lowest, highest], extremes, "the extremes of \(what)")
                let average = try await scene.store.first(query.select { $0.number.average() })
                try scene.context.expect(
                    average.map { isNear($0, mean) } == true, "the mean of \(what)",
                    seen: describe(average))
            }
        }
    }

    /// Whether both are none, or the same but for the last digits.
    private static func isNear(_ value: Double?, _ expected: Double?) -> Bool {
        guard let value, let expected else { return value == nil && expected == nil }
        return abs(value - expected) < 1e-9
    }

    private static func groups<H: RelationalHarness>() -> ConformanceCase<H> {
        law(
            "query.groups",
            "Rows are in a group that are equal in all that it is by, NULL among them; by a "
                + "computation as by a column."
        ) { scene in
            let scene = try await scene.withSeven()
            let families = QueryThings.all.group { [$0.parent] }
                .having { $0.number.sum() > 10 }
                .order { [$0.parent.ascending] }
                .select { ($0.parent, $0.number.sum()) }
            // Of those without a parent the sum is 10, which is not above it.
            let found = try await scene.store.query(families, limit: 7)
            try scene.context.expectEqual(found.map(\.1), [17], "the sums above 10")
            try scene.context.expectEqual(found.map(\.0), [3], "whose they are")
            let counts = QueryThings.all.group { [$0.parent] }.order { [$0.parent.descending] }
                .select { ($0.parent, $0.count) }
            let sizes = try await scene.store.query(counts, limit: 7)
            try scene.context.expectEqual(sizes.map(\.0), [3, 1, nil], "the groups")
            try scene.context.expectEqual(sizes.map(\.1), [2, 2, 3], "their sizes")
            let computed = QueryThings.all.group { [$0.number - 3, $0.id > 3] }
                .having { $0.number - 3 < 5 }
                .order { [($0.number - 3).ascending, ($0.id > 3).ascending] }
                .select { ($0.number - 3, $0.id > 3, $0.count) }
            let rows = try await scene.store.query(computed, limit: 7)
            try scene.context.expectEqual(rows.map(\.0), [-3, 0, 0, 2, 4], "the differences")
            try scene.context.expectEqual(
                rows.map(\.1), [true, false, true, true, false], "the conditions")
            try scene.context.expectEqual(rows.map(\.2), [1, 1, 1, 1, 2], "how many")
        }
    }
}
