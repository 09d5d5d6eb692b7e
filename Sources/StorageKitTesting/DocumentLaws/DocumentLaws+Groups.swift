import StorageKit

extension DocumentLaws {
    static func groupCases<H: DocumentHarness>() -> [ConformanceCase<H>]
    where H.Subject: AggregatingDocumentQuerying {
        [groups(), groupsByWorth(), groupsByMany(), groupsOfNone(), buckets(), bucketsOfOthers()]
    }

    private static func groups<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: AggregatingDocumentQuerying {
        law(
            "group.fields",
            "group gives a document for each value, with the value as its identifier and then what "
                + "accumulators make of its documents, in their order."
        ) { scene in
            try await scene.put(
                ["city": "a", "n": 1], ["city": "b", "n": 5], ["city": "a", "n": 3])
            try await scene.expect(
                .group(
                    by: Field("city"),
                    ["z": .sum(Field("n")), "n": .count, "most": .max(Field("n"))]),
                groups: [
                    ["_id": "a", "z": 4, "n": .int32(2), "most": 3],
                    ["_id": "b", "z": 5, "n": .int32(1), "most": 5],
                ])
            try await scene.expect(.group(by: Field("city"), [:]), groups: [["_id": "a"], ["_id": "b"]])
            try await scene.expect(.group(["n": .count]), groups: [["_id": .null, "n": .int32(3)]])
        }
    }

    private static func groupsByWorth<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: AggregatingDocumentQuerying {
        law(
            "group.by-worth",
            "Values of the same worth are one group; nothing counts as null; arrays and documents "
                + "are values like others."
        ) { scene in
            try await scene.put(
                ["a": 1], ["a": 1.0], ["a": .decimal128(Decimal128(1))], ["a": .null], [:],
                ["a": [1]], ["a": ["x": 1]], ["a": ["x": 1.0]], ["a": "1"], ["a": 0.0],
                ["a": -0.0])
            let seen = try await scene.results([
                .group(by: Field("a"), ["n": .count]), .sort(DocumentOrder("n")),
            ])
            let found = Set(
                seen.map { group in
                    let kind = group["_id"].map { "\($0.type)" } ?? "none"
                    let isNumber = ["double", "int64", "decimal128"].contains(kind)
                    let name = isNumber ? "number" : kind
                    return "\(name) \(group["n"].map { "\($0)" } ?? "")"
                })
            let expected: Set = [
                "number int32(3)", "number int32(2)", "null int32(2)", "array int32(1)",
                "document int32(2)", "string int32(1)",
            ]
            try scene.context.expectEqual(found, expected, "the groups")
        }
    }

    private static func groupsByMany<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: AggregatingDocumentQuerying {
        law(
            "group.by-several",
            "A group by a document of expressions is one for each combination; what is nothing is "
                + "not in it."
        ) { scene in
            try await scene.put(
                ["a": 1, "b": 2], ["a": 1, "b": 2], ["a": 1], ["b": 2], ["a": 2, "b": 2])
            try await scene.expect(
                .group(
                    by: DocumentExpression.document(["x": .field("a"), "y": .field("b")]),
                    ["n": .count]),
                groups: [
                    ["_id": ["x": 1, "y": 2], "n": .int32(2)], ["_id": ["x": 1], "n": .int32(1)],
                    ["_id": ["y": 2], "n": .int32(1)], ["_id": ["x": 2, "y": 2], "n": .int32(1)],
                ])
            try await scene.expect(
                .group(
                    by: DocumentExpression.array([.field("a"), .field("b")]), ["n": .count]),
                .match(.field("n", .equal(2))), groups: [["_id": [1, 2], "n": .int32(2)]])
        }
    }

    private static func groupsOfNone<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: AggregatingDocumentQuerying {
        law("group.none", "Without documents there are no groups.") { scene in
            try await scene.expect(.group(["n": .count]), gives: [])
            try await scene.put([:])
            try await scene.expect(.group(["n": .count]), gives: [["_id": .null, "n": .int32(1)]])
            try await scene.expect(.match(.either([])), .group(["n": .count]), gives: [])
        }
    }

    private static func buckets<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: AggregatingDocumentQuerying {
        law(
            "group.buckets",
            "bucket gives each interval that has documents, in their order; the lower boundary is "
                + "in it, the upper one is not."
        ) { scene in
            try await scene.put(["a": 5], ["a": 0], ["a": 4.5], ["a": 5], ["a": 20])
            try await scene.expect(
                .bucket(by: Field("a"), boundaries: [0, 5, 10, 20, 30]),
                gives: [
                    ["_id": 0, "count": .int32(2)], ["_id": 5, "count": .int32(2)],
                    ["_id": 20, "count": .int32(1)],
                ])
            try await scene.expect(
                .bucket(
                    by: Field("a"), boundaries: [0, 5, 30],
                    output: ["sum": .sum(Field("a")), "n": .count]),
                gives: [
                    ["_id": 0, "sum": 4.5, "n": .int32(2)],
                    ["_id": 5, "sum": 30, "n": .int32(3)],
                ])
        }
    }

    private static func bucketsOfOthers<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: AggregatingDocumentQuerying {
        law(
            "group.buckets-default",
            "What lies in no interval is in the default's, by its place in the order; without one "
                + "it is wrongType."
        ) { scene in
            try await scene.put(["a": 1], ["a": -1], ["a": 10], [:], ["a": "x"])
            try await scene.expect(
                .bucket(by: Field("a"), boundaries: [0, 10], default: "other"),
                gives: [["_id": 0, "count": .int32(1)], ["_id": "other", "count": .int32(4)]])
            try await scene.expect(
                .bucket(by: Field("a"), boundaries: [0, 10], default: .null),
                gives: [["_id": .null, "count": .int32(4)], ["_id": 0, "count": .int32(1)]])
            try await scene.expect(.bucket(by: Field("a"), boundaries: [0, 10]), throws: .wrongType)
        }
    }
}
