import StorageKit

extension DocumentLaws {
    static func refusedPipelines<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: AggregatingDocumentQuerying {
        law(
            "stage.refuses",
            "A pipeline that can never be right is invalidArgument, also where it is inside "
                + "another, and also when there are no documents."
        ) { scene in
            let count: DocumentFields<DocumentAccumulator> = ["n": .count]
            let stages: [DocumentStage] = [
                .match(.field("$a", .equal(1))), .project(["a", "a.b"]), .project([""]),
                .project([], computed: [:], id: false), .project(["_id"], computed: [:], id: false),
                .project(["a"], computed: ["a": 1]), .project(["a.$b"]), .unset([]),
                .unset(["a", "a"]), .addFields([:]), .addFields(["a": 1, "a.b": 2]),
                .addFields(["$a": 1]), .group(["a.b": .count]), .group(["$a": .count]),
                .group(["": .count]), .group(["_id": .count]),
                .group(["a": .count, "a": .count]), .sort([]),
                .sort(DocumentOrder("a"), DocumentOrder("a", .descending)), .skip(-1), .limit(-1),
                .unwind(Field("")), .unwind(Field("a"), includeArrayIndex: "$i"),
                .lookup(from: "", localField: Field("a"), foreignField: Field("b"), as: "c"),
                .lookup(from: "x", localField: Field("$a"), foreignField: Field("b"), as: "c"),
                .lookup(from: "x", localField: Field("a"), foreignField: Field(""), as: "c"),
                .lookup(from: "x", localField: Field("a"), foreignField: Field("b"), as: "$c"),
                .count(""), .count("a.b"), .count("$a"), .count("_id"), .facet([:]),
                .facet(["a.b": []]), .facet(["a": [], "a": []]),
                .facet(["a": [.facet(["b": []])]]),
                .bucket(by: Field("a"), boundaries: [1]),
                .bucket(by: Field("a"), boundaries: [1, 1]),
                .bucket(by: Field("a"), boundaries: [2, 1]),
                .bucket(by: Field("a"), boundaries: [1, "x"]),
                .bucket(by: Field("a"), boundaries: [1, 5], default: 3),
                .bucket(by: Field("a"), boundaries: [1, 5], output: ["_id": .count]),
                .facet(["a": [.skip(-1)]]),
                .lookup(
                    from: "x", localField: Field("a"), foreignField: Field("b"),
                    pipeline: [.limit(-1)], as: "c"),
            ]
            for stage in stages {
                try await scene.expect(stage, throws: .invalidArgument)
                try await scene.expect(.group(count), stage, throws: .invalidArgument)
            }
        }
    }

    static func refusedExpressions<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: AggregatingDocumentQuerying {
        law(
            "stage.refuses-expressions",
            "An expression that can never be right is invalidArgument, wherever it is, and also "
                + "when there are no documents."
        ) { scene in
            let array = DocumentExpression.field("a")
            let expressions: [DocumentExpression] = [
                .field(""), .field("a..b"), .field("$a"), .field("a.$b"), .variable("e"),
                .document(["a.b": 1]), .document(["$a": 1]), .document(["": 1]),
                .document(["a": 1, "a": 2]), .ifNull(.field("a")), .switch([], default: 1),
                .rounded(.field("a"), places: 101), .rounded(.field("a"), places: -21),
                .map(array, as: "", 1), .map(array, as: "E", 1), .map(array, as: "e-f", 1),
                .filter(array, as: "e", where: .variable("f")),
                .map(.array([.variable("e")]), as: "e", 1), .and(.or(.not(.field("")))),
            ]
            for expression in expressions {
                try await scene.expect(
                    .project([], computed: ["x": expression]), throws: .invalidArgument)
                try await scene.expect(.addFields(["x": expression]), throws: .invalidArgument)
                try await scene.expect(
                    .group(by: expression, ["n": .count]), throws: .invalidArgument)
                try await scene.expect(.group(["n": .sum(expression)]), throws: .invalidArgument)
                try await scene.expect(
                    .bucket(DocumentBucket(by: expression, boundaries: [1, 2])),
                    throws: .invalidArgument)
            }
        }
    }
}
