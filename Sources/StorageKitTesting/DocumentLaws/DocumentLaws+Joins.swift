import StorageKit

extension DocumentLaws {
    static func joinCases<H: DocumentHarness>() -> [ConformanceCase<H>]
    where H.Subject: AggregatingDocumentQuerying {
        [looksUp(), looksUpElements(), looksUpNothing(), looksUpWithPipeline()]
    }

    private static func looksUp<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: AggregatingDocumentQuerying {
        law(
            "join.equal",
            "lookup puts into each document those of another collection whose field is of the same "
                + "worth; a collection that is not there has none."
        ) { scene in
            let others = DocumentCollection("others", of: Document.self, in: scene.store)
            try await others.insert(contentsOf: [
                ["_id": 10, "to": 1], ["_id": 11, "to": 1.0], ["_id": 12, "to": 2],
            ])
            try await scene.put(["a": 1], ["a": 2], ["a": 3])
            try await scene.expect(
                .sort(DocumentOrder(.id)),
                .lookup(
                    from: "others", localField: Field("a"), foreignField: Field("to"), as: "o"),
                gives: [
                    ["_id": 0, "a": 1, "o": [["_id": 10, "to": 1], ["_id": 11, "to": 1.0]]],
                    ["_id": 1, "a": 2, "o": [["_id": 12, "to": 2]]], ["_id": 2, "a": 3, "o": []],
                ])
            try await scene.expect(
                .match(Field("_id") == 0),
                .lookup(
                    from: "nowhere", localField: Field("a"), foreignField: Field("to"), as: "x.o"),
                gives: [["_id": 0, "a": 1, "x": ["o": []]]])
        }
    }

    private static func looksUpElements<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: AggregatingDocumentQuerying {
        law(
            "join.elements",
            "lookup looks for each element of an array, and finds one in an array, and each "
                + "document once."
        ) { scene in
            try await scene.put(
                ["a": [1, 2]], ["a": ["x", 9]], ["b": 1], ["b": [2, 1]], ["b": "x"],
                ["c": [["d": 5]], "e": 1], ["c": ["d": [5, 6]], "e": 2])
            func expect(
                _ id: Int64, _ local: DocumentPath, _ foreign: DocumentPath, finds ids: Int64...
            ) async throws {
                try await scene.expect(
                    .match(.field(.id, .equal(.int64(id)))),
                    .lookup(
                        from: "things", localField: Field(local), foreignField: Field(foreign),
                        pipeline: [.sort(DocumentOrder(.id)), .project([])], as: "o"),
                    .project(["o"], computed: [:], id: false),
                    gives: [["o": .array(ids.map { ["_id": .int64($0)] })]])
            }
            try await expect(0, "a", "b", finds: 2, 3)
            try await expect(1, "a", "b", finds: 4)
            try await expect(5, "c.d", "c.d", finds: 5, 6)
            try await expect(6, "c.d", "c.d", finds: 5, 6)
        }
    }

    private static func looksUpNothing<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: AggregatingDocumentQuerying {
        law(
            "join.nothing",
            "Nothing, null and an empty array belong to documents that have nothing or null."
        ) { scene in
            try await scene.put(
                [:], ["a": .null], ["a": []], ["a": 1, "b": 7], ["a": 1, "b": .null])
            let look = DocumentStage.lookup(
                from: "things", localField: Field("a"), foreignField: Field("b"),
                pipeline: [.sort(DocumentOrder(.id)), .count("n")], as: "o")
            try await scene.expect(
                .sort(DocumentOrder(.id)), look, .project(["o"]),
                gives: (0..<5).map {
                    ["_id": .int64($0), "o": $0 < 3 ? [["n": .int32(4)]] : []]
                })
        }
    }

    private static func looksUpWithPipeline<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: AggregatingDocumentQuerying {
        law(
            "join.pipeline",
            "A lookup's pipeline is run on the documents that belong to each; one without stages "
                + "changes nothing, and it may look further."
        ) { scene in
            try await scene.put(
                ["p": .null, "n": 5], ["p": 0, "n": 1], ["p": 0, "n": 2], ["p": 1, "n": 9])
            func look(_ pipeline: DocumentPipeline) -> DocumentStage {
                .lookup(
                    from: "things", localField: Field("_id"), foreignField: Field("p"),
                    pipeline: pipeline, as: "o")
            }
            try await scene.expect(
                .match(Field("_id") == 0),
                look([.group(["sum": .sum(Field("n"))])]), .project(["o.sum"]),
                gives: [["_id": 0, "o": [["sum": 3]]]])
            try await scene.expect(
                .match(Field("_id") == 0),
                look([
                    .match(Field("n") == 1), look([.project(["n"], computed: [:], id: false)]),
                    .project(["o"]),
                ]), .project(["o"]), gives: [["_id": 0, "o": [["_id": 1, "o": [["n": 9]]]]]])
            try await scene.expect(
                .match(Field("_id") == 1), look([]),
                gives: [["_id": 1, "p": 0, "n": 1, "o": [["_id": 3, "p": 1, "n": 9]]]])
        }
    }
}
