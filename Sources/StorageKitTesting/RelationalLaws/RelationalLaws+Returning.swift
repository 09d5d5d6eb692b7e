public import StorageKit

extension RelationalLaws {
    /// What a store promises whose changes may give back the rows.
    ///
    /// The harness's type is given only to name it.
    public static func returningCases<Harness: RelationalHarness>(
        for harness: Harness.Type = Harness.self
    ) -> [ConformanceCase<Harness>] where Harness.Subject: ReturningQuerying {
        [returnedRows(), returnedDeletes(), returningLimit()]
    }

    private static func returnedRows<H: RelationalHarness>() -> ConformanceCase<H>
    where H.Subject: ReturningQuerying {
        law(
            "returning.written",
            "An insert and an update give back each row that they wrote, as it has become."
        ) { scene in
            let inserted = try await scene.store.query(
                QueryThings.insert(QueryThing.seven).returning(), limit: 7)
            try scene.context.expectEqual(
                Set(inserted), Set(QueryThing.seven), "the rows that were inserted")
            let update = QueryThings.update(where: { $0.parent == 3 }) {
                [$0.set(\.number, to: $0.number + 100)]
            }
            let numbers = try await scene.store.query(update.returning { $0.number }, limit: 7)
            try scene.context.expectEqual(numbers.sorted(), [105, 112], "the numbers after it")
            let truths = try await scene.store.query(
                update.returning { $0.number > 210 }, limit: 7)
            try scene.context.expectEqual(
                truths.filter { $0 }.count, 1, "the numbers above 210 after another one")
            let none = QueryThings.update(where: { $0.id < 0 }) { [$0.set(\.number, to: 0)] }
            let nobody = try await scene.store.first(none.returning())
            try scene.context.expect(nobody == nil, "nothing of no rows", seen: describe(nobody))
        }
    }

    private static func returnedDeletes<H: RelationalHarness>() -> ConformanceCase<H>
    where H.Subject: ReturningQuerying {
        law("returning.deleted", "A delete gives back each row as it was, and it is gone.") {
            scene in
            let scene = try await scene.withSeven()
            let removal = QueryThings.delete { $0.id >= 6 }
            let gone = try await scene.store.query(removal.returning(), limit: 7)
            try scene.context.expectEqual(
                Set(gone), Set(QueryThing.seven.suffix(2)), "the rows that were removed")
            try await scene.expect(Array(1...5), "after it")
            let again = try await scene.store.query(removal.returning { $0.id }, limit: 7)
            try scene.context.expectEqual(again, [], "the rows that were removed again")
        }
    }

    private static func returningLimit<H: RelationalHarness>() -> ConformanceCase<H>
    where H.Subject: ReturningQuerying {
        law(
            "returning.limit",
            "More rows than the limit are limitExceeded, and nothing was changed."
        ) { scene in
            let scene = try await scene.withSeven()
            let removal = QueryThings.delete { $0.id >= 5 }.returning()
            try await scene.context.expectThrows(.limitExceeded, "three rows of two") {
                try await scene.store.query(removal, limit: 2)
            }
            try await scene.expect(Array(1...7), "after it")
            let gone = try await scene.store.query(removal, limit: 3)
            try scene.context.expectEqual(gone.count, 3, "the rows within the limit")
        }
    }
}
