import StorageKit

// Typed statements that change rows.
extension RelationalLaws {
    static func changeCases<H: RelationalHarness>() -> [ConformanceCase<H>] {
        [inserts(), updates(), deletes(), emptyChanges()]
    }

    private static func inserts<H: RelationalHarness>() -> ConformanceCase<H> {
        law(
            "query.insert",
            "Entities are inserted as they are, all of them or none, and counted."
        ) { scene in
            let count = try await scene.store.execute(QueryThings.insert(QueryThing.seven)).rowCount
            try scene.context.expectEqual(count, 7, "the number of rows")
            let rows = try await scene.store.query(
                QueryThings.all.order { [$0.id.ascending] }, limit: 9)
            try scene.context.expectEqual(rows, QueryThing.seven, "the rows")
            let more = [
                QueryThing(id: 8, name: "h", number: 1), QueryThing(id: 1, name: "a", number: 1),
            ]
            try await scene.context.expectThrows(.alreadyExists, "a taken key among others") {
                try await scene.store.execute(QueryThings.insert(more))
            }
            try await scene.expect(Array(1...7), "after it")
        }
    }

    private static func updates<H: RelationalHarness>() -> ConformanceCase<H> {
        law(
            "query.update",
            "An update changes the rows for which its condition holds, from what they were, and "
                + "counts them."
        ) { scene in
            let scene = try await scene.withSeven()
            let update = QueryThings.update(where: { $0.parent != 1 }) {
                [
                    $0.set(\.number, to: $0.number * 2 + $0.id), $0.set(\.parent, to: nil),
                    $0.set(\.name, to: $0.name),
                ]
            }
            let count = try await scene.store.execute(update).rowCount
            try scene.context.expectEqual(count, 5, "the number of rows")
            let expected = QueryThing.seven.map { thing in
                guard thing.parent != 1 else { return thing }
                return QueryThing(
                    id: thing.id, name: thing.name, number: thing.number * 2 + thing.id, parent: nil
                )
            }
            let ordered = QueryThings.all.order { [$0.id.ascending] }
            let rows = try await scene.store.query(ordered, limit: 9)
            try scene.context.expectEqual(rows, expected, "the rows")
            let every = QueryThings.updateEveryRow { [$0.set(\.number, to: 1)] }
            let all = try await scene.store.execute(every).rowCount
            try scene.context.expectEqual(all, 7, "the number of all rows")
            let ones = try await scene.store.count(QueryThings.all.filter { $0.number == 1 })
            try scene.context.expectEqual(ones, 7, "those that were changed")
        }
    }

    private static func deletes<H: RelationalHarness>() -> ConformanceCase<H> {
        law(
            "query.delete",
            "A delete removes the rows for which its condition holds, and counts them."
        ) { scene in
            let scene = try await scene.withSeven()
            let count = try await scene.store.execute(
                QueryThings.delete { !($0.parent < 3) && $0.number < 6 && $0.id != 4 }
            ).rowCount
            try scene.context.expectEqual(count, 2, "the number of rows")
            try await scene.expect([1, 2, 3, 4, 5], "after a delete")
            let all = try await scene.store.execute(QueryThings.deleteEveryRow()).rowCount
            try scene.context.expectEqual(all, 5, "the number of all rows")
            try await scene.expect([], "after a delete of every row")
        }
    }

    private static func emptyChanges<H: RelationalHarness>() -> ConformanceCase<H> {
        law(
            "query.nothing-to-do",
            "An insert of nothing and an update that sets nothing, or a column twice, are "
                + "invalidArgument."
        ) { scene in
            let scene = try await scene.withSeven()
            try await scene.context.expectThrows(.invalidArgument, "an insert of nothing") {
                try await scene.store.execute(QueryThings.insert([]))
            }
            for update in [
                QueryThings.update(where: { $0.id == 1 }) { _ in [] },
                QueryThings.updateEveryRow {
                    [$0.set(\.number, to: 1), $0.set(\.number, to: 2)]
                },
            ] {
                try await scene.context.expectThrows(.invalidArgument, "an update") {
                    try await scene.store.execute(update)
                }
            }
            let rows = try await scene.store.query(
                QueryThings.all.order { [$0.id.ascending] }, limit: 9)
            try scene.context.expectEqual(rows, QueryThing.seven, "the rows")
        }
    }
}
