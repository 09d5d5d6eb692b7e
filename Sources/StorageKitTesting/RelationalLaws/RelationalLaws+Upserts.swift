public import StorageKit

extension RelationalLaws {
    /// What a store promises whose inserts may change the row in their way.
    ///
    /// The harness's type is given only to name it.
    public static func upsertCases<Harness: RelationalHarness>(
        for harness: Harness.Type = Harness.self
    ) -> [ConformanceCase<Harness>] where Harness.Subject: UpsertQuerying {
        [upsertedEntities(), upsertsByHand(), ignoredConflicts(), otherClashes(), upsertsAtOnce()]
    }

    private static func upsertedEntities<H: RelationalHarness>() -> ConformanceCase<H>
    where H.Subject: UpsertQuerying {
        law(
            "upsert.entity",
            "An upsert inserts the entity, or gives the row with its key all that it has."
        ) { scene in
            for thing in [
                QueryThing(id: 1, name: "a", number: 1, parent: nil),
                QueryThing(id: 1, name: "b", number: 2, parent: 1),
                QueryThing(id: 1, name: "b", number: 2, parent: nil),
            ] {
                let count = try await scene.store.execute(QueryThings.upsert(thing)).rowCount
                try scene.context.expectEqual(count, 1, "the number of rows")
                let rows = try await scene.store.query(QueryThings.all, limit: 9)
                try scene.context.expectEqual(rows, [thing], "the rows")
            }
        }
    }

    private static func upsertsByHand<H: RelationalHarness>() -> ConformanceCase<H>
    where H.Subject: UpsertQuerying {
        law(
            "upsert.assignments",
            "What the row in the way gets is made from it and from the one that was to be inserted."
        ) { scene in
            let things = [
                QueryThing(id: 1, name: "a", number: 5), QueryThing(id: 2, name: "b", number: 7),
            ]
            let upsert = QueryThings.insert(things).upserting(of: { [$0.id] }) { old, new in
                [
                    old.set(\.number, to: old.number * 10 + new.number),
                    old.set(\.parent, to: 1),
                ]
            }
            try await scene.insert([2], on: scene.store)
            let count = try await scene.store.execute(upsert).rowCount
            try scene.context.expectEqual(count, 2, "the number of rows")
            let rows = try await scene.store.query(
                QueryThings.all.order { [$0.id.ascending] }, limit: 9)
            try scene.context.expectEqual(
                rows,
                [things[0], QueryThing(id: 2, name: "thing 2", number: 27, parent: 1)],
                "the rows")
            for upsert in [
                QueryThings.insert(things).upserting(of: { [$0.id] }) { _, _ in [] },
                QueryThings.insert(things).ignoringConflicts(of: { _ in [] }),
            ] {
                try await scene.context.expectThrows(.invalidArgument, "an upsert of nothing") {
                    try await scene.store.execute(upsert)
                }
            }
        }
    }

    private static func ignoredConflicts<H: RelationalHarness>() -> ConformanceCase<H>
    where H.Subject: UpsertQuerying {
        law(
            "upsert.ignored",
            "A row whose place is taken is left out and not counted; the others are inserted."
        ) { scene in
            try await scene.insert([2], on: scene.store)
            let insertion = QueryThings.insert([
                QueryThing(id: 1, name: "a", number: 1), QueryThing(id: 2, name: "b", number: 1),
            ])
            for (expected, what) in [(1, "one taken place"), (0, "two taken places")] {
                let count = try await scene.store.execute(
                    insertion.ignoringConflicts(of: { [$0.id] })
                ).rowCount
                try scene.context.expectEqual(count, expected, "the number of rows with \(what)")
            }
            let names = try await scene.store.query(
                QueryThings.all.order { [$0.id.ascending] }.select { $0.name }, limit: 9)
            try scene.context.expectEqual(names, ["a", "thing 2"], "the names")
        }
    }

    private static func otherClashes<H: RelationalHarness>() -> ConformanceCase<H>
    where H.Subject: UpsertQuerying {
        law(
            "upsert.other-clash",
            "A clash in other columns than those that were named is an error, and nothing changes."
        ) { scene in
            try await scene.insert([1], on: scene.store)
            let clash = QueryThing(id: 2, name: "thing 1", number: 9)
            for upsert in [
                QueryThings.upsert(clash),
                QueryThings.insert(clash).ignoringConflicts(of: { [$0.id] }),
            ] {
                let error = await storageError { try await scene.store.execute(upsert) }
                try scene.context.expect(
                    error?.code == .alreadyExists || error?.code == .constraintViolation,
                    "a clash of names to be an error", seen: describe(error))
            }
            let rows = try await scene.store.query(QueryThings.all, limit: 9)
            try scene.context.expectEqual(rows.map(\.number), [1], "the numbers after it")
        }
    }

    private static func storageError<Value>(
        _ body: () async throws -> Value
    ) async -> StorageError? {
        do {
            _ = try await body()
            return nil
        } catch { return error as? StorageError }
    }

    private static func upsertsAtOnce<H: RelationalHarness>() -> ConformanceCase<H>
    where H.Subject: UpsertQuerying {
        law(
            "upsert.at-once",
            "Of upserts of the same row at the same time none fails and none is lost."
        ) { scene in
            let upsert = QueryThings.insert(QueryThing(id: 1, name: "a", number: 1))
                .upserting(of: { [$0.id] }) { old, new in
                    [old.set(\.number, to: old.number + new.number)]
                }
            try await withThrowingTaskGroup { group in
                for _ in 0..<20 {
                    group.addTask { _ = try await scene.store.execute(upsert) }
                }
                try await group.waitForAll()
            }
            let numbers = try await scene.store.query(
                QueryThings.all.select { $0.number }, limit: 9)
            try scene.context.expectEqual(numbers, [20], "the number that was counted up")
        }
    }
}
