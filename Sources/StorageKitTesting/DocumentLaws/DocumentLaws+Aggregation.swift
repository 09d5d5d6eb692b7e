public import StorageKit

extension DocumentLaws {
    /// The cases of `AggregatingDocumentQuerying`.
    public static func aggregationCases<Harness: DocumentHarness>(
        for harness: Harness.Type = Harness.self
    ) -> [ConformanceCase<Harness>] where Harness.Subject: AggregatingDocumentQuerying {
        stageCases() + groupCases() + joinCases() + expressionCases() + valueExpressionCases()
            + accumulatorCases()
    }

    private static func stageCases<H: DocumentHarness>() -> [ConformanceCase<H>]
    where H.Subject: AggregatingDocumentQuerying {
        [
            matches(), projects(), projectsInside(), unsetsFields(), addsFields(), sortsDocuments(),
            skipsAndLimits(), unwinds(), unwindsEmpty(), counted(), facets(), manyResults(),
            refusedPipelines(), refusedExpressions(),
        ]
    }

    private static func matches<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: AggregatingDocumentQuerying {
        law(
            "stage.match",
            "match keeps what its filter matches, of what the stages before have made; without "
                + "stages, everything comes out as it is."
        ) { scene in
            try await scene.expect(gives: [])
            try await scene.put(["a": 1], ["a": [2, 5]], ["a": "x"])
            try await scene.expect(
                .sort(DocumentOrder(.id)),
                gives: [["_id": 0, "a": 1], ["_id": 1, "a": [2, 5]], ["_id": 2, "a": "x"]])
            try await scene.expect(.match(Field("a") == 5), gives: [["_id": 1, "a": [2, 5]]])
            try await scene.expect(
                .addFields(["b": .equal(.field("a"), 1)]), .match(Field("b") == true),
                gives: [["_id": 0, "a": 1, "b": true]])
            try await scene.expect(.match(.either([])), gives: [])
        }
    }

    private static func projects<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: AggregatingDocumentQuerying {
        law(
            "stage.project",
            "project keeps the named fields in the document's order and puts computed ones behind; "
                + "one that gives nothing is left out, and the identifier stays unless said "
                + "otherwise."
        ) { scene in
            try await scene.put(["a": 1, "b": 2, "c": 3])
            try await scene.expect(.project(["c", "a"]), gives: [["_id": 0, "a": 1, "c": 3]])
            try await scene.expect(
                .project(["c"], computed: ["a": .field("b"), "z": .field("none"), "d": 7], id: false),
                gives: [["c": 3, "a": 2, "d": 7]])
            try await scene.expect(
                .project(["b"], computed: ["_id": .field("c")]), gives: [["b": 2, "_id": 3]])
            try await scene.expect(.project([]), gives: [["_id": 0]])
            try await scene.expect(
                .project([], computed: ["a": .document(["x": .field("b")])], id: false),
                gives: [["a": ["x": 2]]])
        }
    }

    private static func projectsInside<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: AggregatingDocumentQuerying {
        law(
            "stage.project-inside",
            "A path of a projection goes through arrays: what is named is taken from each element, "
                + "what is computed put into each."
        ) { scene in
            try await scene.put(["a": [1, ["b": 2, "c": 3], [["b": 4]]], "d": 5])
            try await scene.expect(
                .project(["a.b"], computed: [:], id: false), gives: [["a": [["b": 2], [["b": 4]]]]])
            try await scene.expect(
                .project(["a.b"], computed: ["a.z": .field("d")], id: false),
                gives: [["a": [["z": 5], ["b": 2, "z": 5], [["b": 4, "z": 5]]]]])
            try await scene.expect(
                .project(["d"], computed: ["d.x": 1, "e.x": 2], id: false), throws: .invalidArgument)
            try await scene.expect(
                .project([], computed: ["d.x": 1, "e.x": 2], id: false),
                gives: [["d": ["x": 1], "e": ["x": 2]]])
        }
    }

    private static func unsetsFields<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: AggregatingDocumentQuerying {
        law("stage.unset", "unset leaves fields out, also those inside arrays.") { scene in
            try await scene.put(["a": 1, "b": [["c": 1, "d": 2], 3, [["c": 4]]]])
            try await scene.expect(
                .unset(["a", "b.c", "x"]), gives: [["_id": 0, "b": [["d": 2], 3, [[:]]]]])
        }
    }

    private static func addsFields<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: AggregatingDocumentQuerying {
        law(
            "stage.add-fields",
            "addFields replaces a field where it stands or puts it behind; nothing takes it away, "
                + "all expressions see the document as it came, and paths go through arrays."
        ) { scene in
            try await scene.put(["a": 1, "b": 2])
            try await scene.expect(
                .addFields(["a": .field("b"), "b": .field("a"), "c": "$a"]),
                gives: [["_id": 0, "a": 2, "b": 1, "c": "$a"]])
            try await scene.expect(.addFields(["a": .field("x")]), gives: [["_id": 0, "b": 2]])
            try await scene.put(["a": ["x": 1, "y": 2], "b": [1, ["c": 2]], "c": 3])
            try await scene.expect(
                .addFields(["a.y": .field("c"), "b.c": 9, "c.d": 7]),
                gives: [
                    [
                        "_id": 0, "a": ["x": 1, "y": 3], "b": [["c": 9], ["c": 9]], "c": ["d": 7],
                    ]
                ])
            try await scene.expect(
                .addFields(["a": .document(["z": 1])]), .project(["a"], computed: [:], id: false),
                gives: [["a": ["z": 1]]])
        }
    }

    private static func sortsDocuments<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: AggregatingDocumentQuerying {
        law("stage.sort", "sort orders as a query does, by computed fields too.") { scene in
            try await scene.put(["a": 2, "b": 1], ["a": 2, "b": 0], ["a": "x"], ["a": 7])
            try await scene.expect(
                .sort(DocumentOrder("a", .descending), DocumentOrder("b")), .project(["_id"]),
                gives: [["_id": 2], ["_id": 3], ["_id": 1], ["_id": 0]])
            try await scene.expect(
                .match(Field("a").hasType(.int64)),
                .addFields(["n": .subtract(0, .field("a"))]),
                .sort(DocumentOrder("n"), DocumentOrder(.id)), .project(["_id"]),
                gives: [["_id": 3], ["_id": 0], ["_id": 1]])
        }
    }

    private static func skipsAndLimits<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: AggregatingDocumentQuerying {
        law(
            "stage.skip-and-limit",
            "skip leaves so many out and limit gives so many, in the order in which they stand in "
                + "the pipeline; a limit of zero is none."
        ) { scene in
            try await scene.put((0..<6).map { ["_id": .int64(Int64($0))] })
            let order = DocumentStage.sort(DocumentOrder(.id))
            try await scene.expect(order, .skip(2), .limit(2), gives: [["_id": 2], ["_id": 3]])
            try await scene.expect(order, .limit(3), .skip(2), gives: [["_id": 2]])
            try await scene.expect(order, .skip(0), .limit(1), gives: [["_id": 0]])
            try await scene.expect(order, .skip(9), gives: [])
            try await scene.expect(order, .limit(0), gives: [])
        }
    }

    private static func unwinds<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: AggregatingDocumentQuerying {
        law(
            "stage.unwind",
            "unwind gives a document for each element, with it in the array's place and its place "
                + "as a 64-bit integer; what is no array is taken for one of it, with no place."
        ) { scene in
            try await scene.put(["a": [7, [8]], "b": 1], ["a": 9])
            let (array, order) = (Field("a"), DocumentStage.sort(DocumentOrder(.id)))
            try await scene.expect(
                order, .unwind(array, includeArrayIndex: "i"),
                gives: [
                    ["_id": 0, "a": 7, "b": 1, "i": .int64(0)],
                    ["_id": 0, "a": [8], "b": 1, "i": .int64(1)],
                    ["_id": 1, "a": 9, "i": .null],
                ])
            try await scene.put(["a": ["b": [1, 2], "c": 3]], ["a": [["b": [1]]]])
            try await scene.expect(
                order, .unwind(Field("a.b"), includeArrayIndex: "x.y"),
                gives: [
                    ["_id": 0, "a": ["b": 1, "c": 3], "x": ["y": .int64(0)]],
                    ["_id": 0, "a": ["b": 2, "c": 3], "x": ["y": .int64(1)]],
                ])
        }
    }

    private static func unwindsEmpty<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: AggregatingDocumentQuerying {
        law(
            "stage.unwind-empty",
            "unwind leaves out a document whose array is empty, null or not there, or keeps it, "
                + "without an empty array."
        ) { scene in
            try await scene.put(["a": []], ["a": .null], [:], ["a": [1]])
            let (array, order) = (Field("a"), DocumentStage.sort(DocumentOrder(.id)))
            try await scene.expect(order, .unwind(array), gives: [["_id": 3, "a": 1]])
            try await scene.expect(
                order,
                .unwind(array, includeArrayIndex: "i", preserveNullAndEmptyArrays: true),
                gives: [
                    ["_id": 0, "i": .null], ["_id": 1, "a": .null, "i": .null],
                    ["_id": 2, "i": .null], ["_id": 3, "a": 1, "i": .int64(0)],
                ])
        }
    }

    private static func counted<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: AggregatingDocumentQuerying {
        law(
            "stage.count",
            "count gives one document with how many there are, and none when there are none."
        ) { scene in
            try await scene.put(["a": 1], ["a": 2], ["a": 2])
            try await scene.expect(.match(Field("a") == 2), .count("n"), gives: [["n": .int32(2)]])
            try await scene.expect(.match(Field("a") == 3), .count("n"), gives: [])
        }
    }

    private static func facets<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: AggregatingDocumentQuerying {
        law(
            "stage.facet",
            "facet gives one document, with what each pipeline makes of the same documents; without "
                + "documents, with what it makes of none."
        ) { scene in
            let facet = DocumentStage.facet([
                "n": [.count("n")], "all": [.sort(DocumentOrder(.id, .descending))],
                "one": [.match(Field("_id") == 1), .project(["_id"])],
            ])
            try await scene.put([:], [:])
            try await scene.expect(
                facet,
                gives: [
                    [
                        "n": [["n": .int32(2)]], "all": [["_id": 1], ["_id": 0]],
                        "one": [["_id": 1]],
                    ]
                ])
            try await scene.things.drop()
            try await scene.expect(facet, gives: [["n": [], "all": [], "one": []]])
        }
    }

    private static func manyResults<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: AggregatingDocumentQuerying {
        law(
            "stage.many",
            "All results come, however many they are, as the type that was asked for, and again "
                + "when the sequence is run again; what does not decode is decodingFailed."
        ) { scene in
            try await scene.put((0..<1_000).map { ["n": .int64(Int64($0))] })
            let rows = scene.things.aggregate(
                .unwind(Field("n")), .sort(DocumentOrder("n")), as: AggregatedRow.self)
            for run in 1...2 {
                var seen: [Int] = []
                for try await row in rows { seen.append(row.n) }
                try scene.context.expectEqual(seen, Array(0..<1_000), "the numbers, run \(run)")
            }
            try await scene.context.expectThrows(.decodingFailed, "a row without its field") {
                for try await _ in scene.things.aggregate(.unset(["n"]), as: AggregatedRow.self) {}
            }
        }
    }
}

/// What a pipeline's results are decoded as.
private struct AggregatedRow: Decodable, Sendable { var n: Int }
