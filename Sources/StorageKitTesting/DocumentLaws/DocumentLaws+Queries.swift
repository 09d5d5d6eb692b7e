import StorageKit

extension DocumentLaws {
    static func queryCases<H: DocumentHarness>() -> [ConformanceCase<H>] {
        [
            orderOfTypes(), orderOfArrays(), orderBySeveral(), parallelArrays(), pages(),
            keysetPages(),
            onlyFields(), withoutFields(), refusedQueries(), firstOne(), counts(), distinct(),
            sequenceOfAll(), sequenceLeft(), sequenceAnew(), sequenceFails(),
        ]
    }

    private static func orderOfTypes<H: DocumentHarness>() -> ConformanceCase<H> {
        law(
            "order.types",
            "Values of different types come in the order of their types; missing is null, and NaN "
                + "is before the numbers."
        ) { scene in
            let values: [DocumentValue] = [
                .maxKey, .regularExpression(DocumentRegularExpression("x")),
                .timestamp(DocumentTimestamp(seconds: 1, increment: 1)),
                .date(DocumentDate(millisecondsSince1970: 0)), true,
                .objectID(ObjectID(seconds: 1, process: 1, counter: 1)),
                .binary(DocumentBinary([1])), ["b": 1], "x", 5, .double(.nan), .null, .minKey,
            ]
            try await scene.put(
                values.map { Document(fields: [DocumentField("a", $0)]) } + [Document()])
            let ascending = [12, 11, 13, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0]
            try await scene.expect(DocumentOrder("a"), comes: ascending)
            try await scene.expect(
                DocumentOrder("a", .descending),
                comes: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 12])
        }
    }

    private static func orderOfArrays<H: DocumentHarness>() -> ConformanceCase<H> {
        law(
            "order.arrays",
            "An array stands where its least element does, descending where its greatest does; an "
                + "empty one is before null."
        ) { scene in
            try await scene.put(
                ["a": [9, 1]], ["a": 5], ["a": []], ["a": .null], ["a": [4]], ["a": [[0]]])
            try await scene.expect(DocumentOrder("a"), comes: [2, 3, 0, 4, 1, 5])
            try await scene.expect(DocumentOrder("a", .descending), comes: [5, 0, 1, 4, 3, 2])
            try await scene.put(
                ["a": [["b": 4], ["b": 0]]], ["a": ["b": 2]], ["a": [["b": [8, 3]]]], ["a": 7])
            try await scene.expect(DocumentOrder("a.b"), comes: [3, 0, 1, 2])
            try await scene.expect(DocumentOrder("a.b", .descending), comes: [2, 0, 1, 3])
            try await scene.expect(DocumentOrder("a.0.b"), comes: [1, 3, 2, 0])
        }
    }

    private static func orderBySeveral<H: DocumentHarness>() -> ConformanceCase<H> {
        law(
            "order.several",
            "What is equal in one field is ordered by the next; fields of the same array are taken "
                + "together, element by element."
        ) { scene in
            try await scene.put(
                ["a": 1, "b": 2], ["a": 0, "b": 1], ["a": 1.0, "b": 1], ["a": 1, "b": 3])
            try await scene.expect(
                DocumentOrder("a", .descending), DocumentOrder("b"), comes: [2, 0, 3, 1])
            try await scene.put(
                ["a": [["b": 1, "c": 9], ["b": 2, "c": 1]]],
                ["a": [["b": 1, "c": 5], ["b": 1, "c": 7]]], ["a": [["b": 3, "c": 0]]])
            try await scene.expect(DocumentOrder("a.b"), DocumentOrder("a.c"), comes: [1, 0, 2])
            try await scene.expect(
                DocumentOrder("a.b", .descending), DocumentOrder("a.c"), comes: [2, 0, 1])
        }
    }

    private static func parallelArrays<H: DocumentHarness>() -> ConformanceCase<H> {
        law(
            "order.parallel-arrays",
            "A document that has different arrays in two fields of the order is invalidArgument."
        ) { scene in
            try await scene.put(["a": [1, 2], "b": [3, 4]], ["a": 1])
            try await scene.context.expectThrows(.invalidArgument, "an order by two arrays") {
                try await scene.ids(
                    DocumentQuery(order: [DocumentOrder("a"), DocumentOrder("b")]))
            }
        }
    }

    private static func pages<H: DocumentHarness>() -> ConformanceCase<H> {
        law(
            "query.limit-and-skip",
            "A query leaves out as many as it skips, and gives as many as its limit at the most; "
                + "zero of them is none."
        ) { scene in
            try await scene.put((0..<10).map { ["a": .int64(Int64(9 - $0))] })
            func ids(_ limit: Int?, _ skip: Int) async throws -> [Int] {
                try await scene.ids(
                    DocumentQuery(order: [DocumentOrder("a")], limit: limit, skip: skip))
            }
            try scene.context.expectEqual(try await ids(3, 2), [7, 6, 5], "a page")
            try scene.context.expectEqual(try await ids(nil, 8), [1, 0], "the rest")
            try scene.context.expectEqual(try await ids(100, 9), [0], "the last")
            try scene.context.expectEqual(try await ids(3, 10), [], "beyond the last")
            try scene.context.expectEqual(try await ids(0, 0), [], "a limit of none")
        }
    }

    private static func onlyFields<H: DocumentHarness>() -> ConformanceCase<H> {
        law(
            "projection.only",
            "A projection gives the fields that it names, in the document's order, through arrays, "
                + "with the identifier unless said otherwise."
        ) { scene in
            try await scene.put([
                "x": 1, "a": [1, ["b": 2, "c": 3], [["b": 4, "c": 5], 6, []]],
                "b": ["c": 1, "d": 2], "e": [:],
            ])
            func seen(_ projection: DocumentProjection) async throws -> Document? {
                try await scene.found(DocumentQuery(projection: projection)).first
            }
            try scene.context.expectEqual(
                try await seen(.only(["b", "x"])),
                ["_id": 0, "x": 1, "b": ["c": 1, "d": 2]], "two fields")
            try scene.context.expectEqual(
                try await seen(.only(["a.b"], id: false)),
                ["a": [["b": 2], [["b": 4], []]]], "a path through arrays")
            try scene.context.expectEqual(
                try await seen(.only(["b.c", "x.y", "e.z", "none"])),
                ["_id": 0, "b": ["c": 1], "e": [:]], "paths that lead nowhere")
            try scene.context.expectEqual(try await seen(.only([])), ["_id": 0], "no fields")
        }
    }

    private static func withoutFields<H: DocumentHarness>() -> ConformanceCase<H> {
        law(
            "projection.without",
            "A projection without fields gives the others, through arrays."
        ) { scene in
            try await scene.put(["x": 1, "a": [1, ["b": 2, "c": 3], [["b": 4]]], "b": ["c": 1]])
            let seen = try await scene.found(
                DocumentQuery(projection: .without(["a.b", "b.c", "x.y", "_id"])))
            try scene.context.expectEqual(
                seen, [["x": 1, "a": [1, ["c": 3], [[:]]], "b": [:]]], "the documents")
        }
    }

    private static func refusedQueries<H: DocumentHarness>() -> ConformanceCase<H> {
        law(
            "query.refuses",
            "A query that can never be right throws invalidArgument: paths that are none, a limit "
                + "below zero, a projection of a field and of what is in it, or of nothing."
        ) { scene in
            try await scene.put(["a": 1])
            let queries = [
                DocumentQuery(order: [DocumentOrder("")]), DocumentQuery(limit: -1),
                DocumentQuery(skip: -1), DocumentQuery(projection: .only(["a", "a.b"])),
                DocumentQuery(projection: .without(["a.b", "a"])),
                DocumentQuery(projection: .only(["a", "a"])),
                DocumentQuery(projection: .only([], id: false)),
                DocumentQuery(projection: .only(["a.$"])),
                DocumentQuery(projection: .without(["a..b"])),
            ]
            for query in queries {
                try await scene.context.expectThrows(.invalidArgument, "\(query)") {
                    try await scene.found(query)
                }
            }
        }
    }

    private static func firstOne<H: DocumentHarness>() -> ConformanceCase<H> {
        law(
            "query.first", "first gives the first document in the order, or nil."
        ) { scene in
            try await scene.put(["a": 2], ["a": 1], ["a": 3])
            let first = try await scene.things.first(
                .field("a", .greater(1)), order: DocumentOrder("a", .descending))
            try scene.context.expectEqual(first, ["_id": 2, "a": 3], "the first")
            let none = try await scene.things.first(.field("a", .greater(5)))
            try scene.context.expectEqual(none, nil, "the first of none")
        }
    }

    private static func counts<H: DocumentHarness>() -> ConformanceCase<H> {
        law(
            "query.count",
            "count counts what matches; the estimate is right when nothing has crashed; a "
                + "collection that is not there has none."
        ) { scene in
            try scene.context.expectEqual(try await scene.things.count(.all), 0, "no collection")
            try scene.context.expectEqual(
                try await scene.things.estimatedCount(), 0, "the estimate of no collection")
            try await scene.put((0..<25).map { ["a": .int64(Int64($0 % 5))] })
            try scene.context.expectEqual(
                try await scene.things.count(.field("a", .less(2))), 10, "the count")
            try scene.context.expectEqual(
                try await scene.things.estimatedCount(), 25, "the estimate")
        }
    }

    private static func distinct<H: DocumentHarness>() -> ConformanceCase<H> {
        law(
            "query.distinct",
            "distinct gives each value of a path once by its worth, of an array its elements, of "
                + "the documents that match."
        ) { scene in
            try await scene.put(
                ["a": 1], ["a": 1.0], ["a": [1, 2, [3]]], ["a": ["b": 1]],
                ["a": [["b": 2], ["b": [3, 4]]]], ["a": .null], [:], ["a": []], ["a": "out"])
            func seen(_ path: DocumentPath) async throws -> [DocumentValue] {
                let field = Field<DocumentValue>(path)
                return try await scene.things.distinct(field, where: .field("a", .notEqual("out")))
                    .sorted { $0.compared(to: $1) < 0 }
            }
            let values = try await seen("a")
            let expected: [DocumentValue] = [
                .null, 1, 2, ["b": 1], ["b": 2], ["b": [3, 4]], [3],
            ]
            try scene.context.expect(
                values.count == expected.count
                    && zip(values, expected).allSatisfy { $0.isEqual(to: $1) },
                "distinct a to be \(expected)", seen: "\(values)")
            try scene.context.expectEqual(try await seen("a.b"), [1, 2, 3, 4], "distinct a.b")
            try scene.context.expectEqual(try await seen("x"), [], "distinct of nothing")
        }
    }

    private static func sequenceOfAll<H: DocumentHarness>() -> ConformanceCase<H> {
        law(
            "sequence.all",
            "A sequence gives every document once, over as many batches as it needs."
        ) { scene in
            try await scene.put((0..<1_000).map { ["a": .int64(Int64($0 % 7))] })
            let seen = try await scene.ids(DocumentQuery(order: [DocumentOrder(.id)]))
            try scene.context.expect(
                seen == Array(0..<1_000), "1,000 documents in their order",
                seen: "\(seen.count) documents")
        }
    }

    private static func sequenceLeft<H: DocumentHarness>() -> ConformanceCase<H> {
        law("sequence.left", "A sequence may be left before its end.") { scene in
            try await scene.put((0..<500).map { ["a": .int64(Int64($0))] })
            for round in 0..<20 {
                var seen = 0
                for try await _ in scene.things.find(.all) {
                    seen += 1
                    if seen == round + 1 { break }
                }
                try scene.context.expectEqual(seen, round + 1, "how many were seen")
            }
            try scene.context.expectEqual(
                try await scene.things.count(.all), 500, "the count after it")
        }
    }

    private static func sequenceAnew<H: DocumentHarness>() -> ConformanceCase<H> {
        law(
            "sequence.anew",
            "Each iteration runs the query anew, and nothing runs before the first document is "
                + "asked for."
        ) { scene in
            let sequence = scene.things.find(.all)
            for count in [0, 1, 2] {
                var seen = 0
                for try await _ in sequence { seen += 1 }
                try scene.context.expectEqual(seen, count, "how many were seen")
                try await scene.things.insert(["a": 1])
            }
        }
    }

    private static func sequenceFails<H: DocumentHarness>() -> ConformanceCase<H> {
        law(
            "sequence.fails",
            "A document that does not decode as the type throws decodingFailed, and first too; "
                + "what fits another type is read as that."
        ) { scene in
            try await scene.put(["n": "text"])
            let numbers = DocumentCollection("things", of: DocumentLawNumber.self, in: scene.store)
            try await scene.context.expectThrows(.decodingFailed, "find") {
                for try await _ in numbers.find(.all) {}
            }
            try await scene.context.expectThrows(.decodingFailed, "first") {
                try await numbers.first(.all)
            }
            try await scene.put(["n": 5.0, "other": true])
            try scene.context.expectEqual(
                try await numbers.first(.all), DocumentLawNumber(n: 5), "the first")
        }
    }
}

/// An entity that not every document is.
struct DocumentLawNumber: Codable, Equatable, Sendable {
    var n: Int
}
