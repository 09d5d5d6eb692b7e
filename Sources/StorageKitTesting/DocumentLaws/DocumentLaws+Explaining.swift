public import StorageKit

extension DocumentLaws {
    /// The cases of `ExplainingDocumentStore`, of which a law makes indexes.
    public static func explainCases<Harness: DocumentHarness>(
        for harness: Harness.Type = Harness.self
    ) -> [ConformanceCase<Harness>]
    where Harness.Subject: ExplainingDocumentStore & IndexedDocumentStore {
        [explainsScans(), explainsIndexes(), explainsAlternatives(), explainsOrders(), refuses()]
    }

    private static func explainsScans<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: ExplainingDocumentStore & IndexedDocumentStore {
        law("explain.scan", "A plan says that every document is looked at, and changes nothing.") {
            scene in
            try await scene.putIndexed()
            for filter in [DocumentFilter.all, .field("x", .equal(1)), .field("b", .equal(1))] {
                let plan = try await scene.things.explain(filter)
                try scene.context.expectEqual(
                    plan.scansCollection, true, "whether \(filter) scans, as \(plan)")
                try scene.context.expectEqual(plan.indexes, [], "the indexes of \(filter)")
                try scene.context.expectEqual(
                    plan.steps.isEmpty, false, "whether there are no steps")
            }
            try scene.context.expectEqual(
                try await scene.things.count(.all), 20, "the documents after it")
        }
    }

    private static func explainsIndexes<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: ExplainingDocumentStore & IndexedDocumentStore {
        law("explain.index", "A plan names the index that is read, that of identifiers too.") {
            scene in
            try await scene.putIndexed()
            let cases: [(DocumentFilter, String)] = [
                (.field("a", .equal(1)), "a_1_b_1"), (.field("a", .less(5)), "a_1_b_1"),
                (.field("a", .oneOf([1, 2])), "a_1_b_1"), (.field("a", .equal(.null)), "a_1_b_1"),
                (.field("a", .equal(1)) && .field("x", .equal(1)), "a_1_b_1"),
                (.field("c", .greater(1)), "c_1"), (.field(.id, .equal(1)), "_id_"),
                (.field(.id, .greater(1)), "_id_"), (.field(.id, .oneOf([1, 2])), "_id_"),
                (.field("p", .equal(1)) && .field("on", .equal(true)), "p_1"),
            ]
            for (filter, name) in cases {
                let plan = try await scene.things.explain(filter)
                try scene.context.expectEqual(plan.indexes, [name], "the indexes of \(filter)")
                try scene.context.expectEqual(
                    plan.scansCollection, false, "whether \(filter) scans")
            }
            let other = try await scene.things.explain(.field("p", .equal(1)))
            try scene.context.expectEqual(
                other.scansCollection, true, "whether a query scans beside a partial index")
        }
    }

    private static func explainsAlternatives<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: ExplainingDocumentStore & IndexedDocumentStore {
        law(
            "explain.alternatives",
            "Alternatives are found by indexes when each of them is, and otherwise by a scan."
        ) { scene in
            try await scene.putIndexed()
            let both = try await scene.things.explain(
                .field("a", .equal(1)) || .field("c", .equal(2)))
            try scene.context.expectEqual(
                Set(both.indexes), ["a_1_b_1", "c_1"], "the indexes of both")
            try scene.context.expectEqual(both.scansCollection, false, "whether both scan")
            let one = try await scene.things.explain(
                .field("a", .equal(1)) || .field("x", .equal(2)))
            try scene.context.expectEqual(one.scansCollection, true, "whether one scans")
        }
    }

    private static func explainsOrders<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: ExplainingDocumentStore & IndexedDocumentStore {
        law("explain.order", "A plan says whether the documents are sorted after they are found.") {
            scene in
            try await scene.putIndexed()
            let sorted = try await scene.things.explain(
                .field("a", .equal(1)), order: DocumentOrder("x"))
            try scene.context.expectEqual(
                [sorted.sortsInMemory, sorted.scansCollection], [true, false], "the sorted")
            let all = try await scene.things.explain(.all, order: DocumentOrder("x"))
            try scene.context.expectEqual(
                [all.sortsInMemory, all.scansCollection], [true, true], "all, sorted")
            for direction in [SortOrder.ascending, .descending] {
                let ordered = try await scene.things.explain(
                    .all, order: DocumentOrder("a", direction))
                try scene.context.expectEqual(
                    [ordered.sortsInMemory, ordered.scansCollection], [false, false], "the ordered")
                try scene.context.expectEqual(ordered.indexes, ["a_1_b_1"], "the index of an order")
                let behind = try await scene.things.explain(
                    .field("a", .equal(1)), order: DocumentOrder("b", direction))
                try scene.context.expectEqual(
                    behind.sortsInMemory, false, "whether the second field is sorted by")
            }
        }
    }

    private static func refuses<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: ExplainingDocumentStore & IndexedDocumentStore {
        law("explain.refuses", "A query that can never be right has no plan.") { scene in
            try await scene.context.expectThrows(.invalidArgument, "a divisor of 0") {
                try await scene.things.explain(.field("a", .remainder(1, dividedBy: 0)))
            }
            try await scene.context.expectThrows(.invalidArgument, "an order by nothing") {
                try await scene.things.explain(.all, order: DocumentOrder(""))
            }
        }
    }
}

extension DocumentScene where Harness.Subject: IndexedDocumentStore {
    /// Some documents, and indexes of some of their fields.
    fileprivate func putIndexed() async throws {
        try await put(
            (0..<20).map { number in
                let value = DocumentValue.int64(Int64(number))
                return ["a": value, "b": value, "c": [value, 100], "p": value, "on": true]
            })
        try await things.createIndexes(
            DocumentIndex(DocumentOrder("a"), DocumentOrder("b")),
            DocumentIndex(DocumentOrder("c")),
            DocumentIndex(DocumentOrder("p"), where: .field("on", .equal(true))))
    }
}
