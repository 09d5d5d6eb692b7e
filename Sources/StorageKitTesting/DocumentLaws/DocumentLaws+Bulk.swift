import StorageKit

extension DocumentLaws {
    static func bulkCases<H: DocumentHarness>() -> [ConformanceCase<H>] {
        [ordered(), unordered(), mixed(), noWrites()]
    }

    private static func ordered<H: DocumentHarness>() -> ConformanceCase<H> {
        law(
            "bulk.ordered",
            "An ordered call ends with the first write that is refused, and says what became of "
                + "each."
        ) { scene in
            try await scene.put(["_id": 1])
            let result = try await scene.things.write([
                .insert(["_id": 0]), .insert(["_id": 1]), .insert(["_id": 2]),
                .deleteMany(.all),
            ])
            try scene.context.expectEqual(
                result.errors.mapValues(\.code), [1: .alreadyExists], "the errors")
            try scene.context.expectEqual(result.insertedIDs, [0: 0], "the identifiers")
            try scene.context.expectEqual(result.firstUntried, 2, "where the untried begin")
            try scene.context.expectEqual(result.inserted, 1, "the count")
            try scene.context.expectEqual(
                try await scene.ids(DocumentQuery(order: [DocumentOrder(.id)])), [0, 1],
                "the documents")
        }
    }

    private static func unordered<H: DocumentHarness>() -> ConformanceCase<H> {
        law(
            "bulk.unordered",
            "An unordered call tries every write, and says which were refused."
        ) { scene in
            try await scene.put(["_id": 1])
            let result = try await scene.things.write(
                [
                    .insert(["_id": 0]), .insert(["_id": 1]), .insert(["_id": 2]),
                    .insert(["_id": 1]), .updateOne(.field(.id, .equal(1)), [.set("a", 1)]),
                ], isOrdered: false)
            try scene.context.expectEqual(
                result.errors.mapValues(\.code), [1: .alreadyExists, 3: .alreadyExists],
                "the errors")
            try scene.context.expectEqual(result.insertedIDs, [0: 0, 2: 2], "the identifiers")
            try scene.context.expectEqual(result.firstUntried, nil, "where the untried begin")
            try scene.context.expectEqual(
                [result.inserted, result.matched, result.modified], [2, 1, 1], "the counts")
        }
    }

    private static func mixed<H: DocumentHarness>() -> ConformanceCase<H> {
        law(
            "bulk.mixed",
            "An ordered call carries out writes of any kind one after the other, and each sees "
                + "those before it."
        ) { scene in
            let one = DocumentFilter.field(.id, .equal(1))
            let result = try await scene.things.write([
                .insert(["_id": 1, "a": 1]), .updateOne(one, [.increment("a", by: 1)]),
                .insert(["_id": 2]), .updateOne(.field("a", .equal(2)), [.increment("a", by: 5)]),
                .replace(.field("x", .equal(1)), with: ["_id": 3], upsert: true),
                .deleteOne(.field(.id, .equal(2))), .updateMany(.all, [.set("m", true)]),
                .updateOne(.field(.id, .equal(9)), [.set("a", 0)], upsert: true),
            ])
            try scene.context.expectEqual(result.errors.count, 0, "the errors")
            try scene.context.expectEqual(result.insertedIDs, [0: 1, 2: 2], "the identifiers")
            try scene.context.expectEqual(result.upsertedIDs, [4: 3, 7: 9], "the upserted")
            try scene.context.expectEqual(
                [result.inserted, result.matched, result.modified, result.deleted], [2, 4, 4, 1],
                "the counts")
            try scene.context.expectEqual(
                try await scene.all(),
                [
                    ["_id": 1, "a": 7, "m": true], ["_id": 3, "m": true], ["_id": 9, "a": 0],
                ], "the documents")
        }
    }

    private static func noWrites<H: DocumentHarness>() -> ConformanceCase<H> {
        law("bulk.none", "No writes are carried out, and nothing is refused.") { scene in
            let result = try await scene.things.write([])
            try scene.context.expectEqual(
                [result.inserted, result.matched, result.modified, result.deleted], [0, 0, 0, 0],
                "the counts")
            try scene.context.expectEqual(result.errors.count, 0, "the errors")
            try scene.context.expectEqual(try await scene.things.count(.all), 0, "the documents")
        }
    }
}
