import StorageKit

// Typed queries give the same on every store: what they would give in Swift on the same rows.
extension RelationalLaws {
    static func queryCases<H: RelationalHarness>() -> [ConformanceCase<H>] {
        [
            queryOrder(), queryForms(), queryPages(), queryForeignCursors(), queryTexts(),
            queryLists(),
        ] + conditionCases() + joinCases() + changeCases() + [queryDecimals()]
    }

    private static func queryOrder<H: RelationalHarness>() -> ConformanceCase<H> {
        law(
            "query.order",
            "Rows come in the order that was asked for, in which NULL is less than all else; equal "
                + "rows by what comes behind."
        ) { scene in
            let scene = try await scene.withSeven()
            for (what, query, ids) in [
                (
                    "upwards", QueryThings.all.order { [$0.parent.ascending, $0.id.descending] },
                    [6, 4, 1, 3, 2, 7, 5]
                ),
                (
                    "downwards", QueryThings.all.order { [$0.parent.descending, $0.id.ascending] },
                    [5, 7, 2, 3, 1, 4, 6]
                ),
                (
                    "by a computation",
                    QueryThings.all.order { [($0.number * 2 - $0.id).ascending, $0.id.ascending] },
                    [4, 6, 7, 2, 3, 1, 5]
                ),
            ] {
                let found = try await scene.store.query(query, limit: 7).map(\.id)
                try scene.context.expectEqual(found, ids, "the things \(what)")
            }
            let bytewise = QueryThings.all.order { [$0.name.bytewise.ascending] }.select { $0.name }
            let names = try await scene.store.query(bytewise, limit: 7)
            try scene.context.expectEqual(
                names, ["", "*a", "Oak", "\\\\'", "e\u{301}[k]", "o_k", "oak%"], "the names")
        }
    }

    private static func queryForms<H: RelationalHarness>() -> ConformanceCase<H> {
        law(
            "query.forms",
            "The first rows, the number of rows, whether there are any and each value once are of "
                + "the same query."
        ) { scene in
            let scene = try await scene.withSeven()
            let query = QueryThings.all.filter { $0.number > 2 }.order { [$0.id.descending] }
            let whole = try await scene.store.query(query, limit: 7)
            try scene.context.expectEqual(whole.map(\.id), [7, 6, 5, 3, 2, 1], "all of them")
            let first = try await scene.store.first(query)
            try scene.context.expectEqual(first, whole.first, "the first")
            let two = try await scene.store.first(2, of: query)
            try scene.context.expectEqual(two, Array(whole.prefix(2)), "the first two")
            let none = try await scene.store.first(0, of: query)
            try scene.context.expectEqual(none, [], "the first none")
            let count = try await scene.store.count(query)
            try scene.context.expectEqual(count, 6, "their number")
            for (bound, expected) in [(11, true), (12, false)] {
                let exists = try await scene.store.exists(query.filter { $0.number > bound })
                try scene.context.expectEqual(exists, expected, "one above \(bound)")
            }
            let numbers = query.order { [$0.number.ascending] }.select { $0.number }.distinct
            let found = try await scene.store.query(numbers, limit: 7)
            try scene.context.expectEqual(found, [3, 5, 7, 12], "each number once")
            let doubled = query.order { [($0.number * 2).ascending] }.select { $0.number * 2 }
            let doubles = try await scene.store.query(doubled.distinct, limit: 7)
            try scene.context.expectEqual(doubles, [6, 10, 14, 24], "each double once")
        }
    }

    private static func queryPages<H: RelationalHarness>() -> ConformanceCase<H> {
        law(
            "query.pages",
            "Pages of any length have every row once and in order, also when their cursor was a "
                + "text, and when others come and go."
        ) { scene in
            let scene = try await scene.withSeven()
            let orders: [(TableReference<QueryThings>) -> [SQLOrder]] = [
                { _ in [] }, { [$0.id.descending] }, { [$0.number.ascending] },
                { [$0.number.descending, $0.id.ascending] },
            ]
            for (order, ids) in zip(
                orders,
                [
                    [1, 2, 3, 4, 5, 6, 7], [7, 6, 5, 4, 3, 2, 1], [4, 2, 6, 7, 1, 3, 5],
                    [5, 1, 3, 7, 2, 6, 4],
                ])
            {
                let query = QueryThings.all.order(order)
                for limit in 1...8 {
                    var page = try await scene.store.page(query, limit: limit)
                    var seen = page.rows.map(\.id)
                    while let next = page.next, seen.count < 8 {
                        let cursor = try KeysetCursor(next.text)
                        page = try await scene.store.page(query, after: cursor, limit: limit)
                        seen += page.rows.map(\.id)
                    }
                    try scene.context.expectEqual(seen, ids, "the pages of \(limit)")
                }
            }
            let query = QueryThings.all.order { [$0.number.ascending] }
            let first = try await scene.store.page(query, limit: 3)
            try await scene.store.execute(QueryThings.delete { $0.id == 4 })
            try await scene.store.execute(
                QueryThings.insert(QueryThing(id: 8, name: "new", number: 1)))
            let second = try await scene.store.page(query, after: first.next, limit: 9)
            try scene.context.expectEqual(
                second.rows.map(\.id), [7, 1, 3, 5], "the page behind what changed")
            try scene.context.expect(second.next == nil, "no page behind the last")
        }
    }

    private static func queryForeignCursors<H: RelationalHarness>() -> ConformanceCase<H> {
        law(
            "query.foreign-cursors",
            "A cursor of another order, an order by what may be NULL, a page without rows and a "
                + "text that is no cursor are invalidArgument."
        ) { scene in
            let scene = try await scene.withSeven()
            let byNumber = QueryThings.all.order { [$0.number.ascending] }
            let cursor = try await scene.store.page(byNumber, limit: 2).next
            for (what, query) in [
                ("another way", QueryThings.all.order { [$0.number.descending] }),
                ("other columns", QueryThings.all.order { [$0.name.ascending] }),
                ("fewer columns", QueryThings.all),
                ("what may be NULL", QueryThings.all.order { [$0.parent.ascending] }),
            ] {
                try await scene.context.expectThrows(.invalidArgument, "a cursor for \(what)") {
                    try await scene.store.page(query, after: cursor, limit: 2)
                }
            }
            try await scene.context.expectThrows(.invalidArgument, "a page without rows") {
                try await scene.store.page(byNumber, limit: 0)
            }
            try await scene.context.expectThrows(.invalidArgument, "a text that is no cursor") {
                try await scene.store.page(byNumber, after: KeysetCursor("MTIz"), limit: 2)
            }
            let next = try await scene.store.page(byNumber, after: cursor, limit: 9)
            try scene.context.expectEqual(next.rows.count, 5, "the rows of the cursor's own order")
        }
    }

    private static func queryTexts<H: RelationalHarness>() -> ConformanceCase<H> {
        law(
            "query.texts",
            "A beginning, an end and a part of a text are found as they are: in their case, and "
                + "with no character that stands for others."
        ) { scene in
            let scene = try await scene.withSeven()
            let parts = [
                "o", "O", "oak", "Oak", "%", "_", "*", "?", "[", "[k]", "]", "k", "\\", "\\\\", "'",
                "", "\u{301}", "e", "é", "oa%", "o_", "*a", "a*", "%a%",
            ]
            for part in parts {
                let scalars = Array(part.unicodeScalars)
                for condition in [
                    QueryCondition("the beginning \(part)", { $0.name.hasPrefix(part) }) {
                        $0.name.unicodeScalars.starts(with: scalars)
                    },
                    QueryCondition("the end \(part)", { $0.name.hasSuffix(part) }) {
                        $0.name.unicodeScalars.reversed().starts(with: scalars.reversed())
                    },
                    QueryCondition("the part \(part)", { $0.name.contains(part) }) {
                        let name = Array($0.name.unicodeScalars)
                        return (0...name.count).contains { name[$0...].starts(with: scalars) }
                    },
                ] {
                    try await scene.expect(condition, among: QueryThing.seven)
                }
            }
        }
    }

    private static func queryLists<H: RelationalHarness>() -> ConformanceCase<H> {
        law(
            "query.lists",
            "A value is in a list when it is one of it, whatever its length; of none it never is."
        ) { scene in
            let scene = try await scene.withSeven()
            for list in [[], [3], [9], [1, 7, 9], [5, 4, 3, 2, 9], Array(-900...6)] {
                for condition in [
                    QueryCondition("in \(list.count) values", { $0.id.isIn(list) }) {
                        list.contains($0.id)
                    },
                    QueryCondition("not in \(list.count) values", { !$0.id.isIn(list) }) {
                        !list.contains($0.id)
                    },
                    QueryCondition("NULL in \(list.count) values", { $0.parent.isIn(list) }) {
                        $0.parent.map(list.contains) ?? false
                    },
                    QueryCondition("NULL not in \(list.count)", { !$0.parent.isIn(list) }) {
                        $0.parent.map { !list.contains($0) } ?? true
                    },
                ] {
                    try await scene.expect(condition, among: QueryThing.seven)
                }
            }
        }
    }
}
