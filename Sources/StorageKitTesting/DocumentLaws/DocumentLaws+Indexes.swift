public import StorageKit

extension DocumentLaws {
    /// The cases of `IndexedDocumentStore`.
    public static func indexCases<Harness: DocumentHarness>(
        for harness: Harness.Type = Harness.self
    ) -> [ConformanceCase<Harness>] where Harness.Subject: IndexedDocumentStore {
        [
            readsBack(), names(), createsOnce(), createsAllOrNone(), refusesOthers(),
            refusesIndexes(), drops(), goesWithCollection(), plans(), plansChanges(),
        ] + uniqueCases() + [indexesChangeNoAnswer()]
    }

    /// One of each kind.
    static let indexSamples = [
        DocumentIndex(DocumentOrder("a")),
        DocumentIndex(DocumentOrder("a", .descending), DocumentOrder("b.c"), name: "down and up"),
        DocumentIndex(DocumentOrder("u"), isUnique: true),
        DocumentIndex(DocumentOrder("t"), expireAfter: .seconds(3_600)),
        DocumentIndex(DocumentOrder("z"), where: .field("a", .exists(true)), expireAfter: .zero),
        .text("words", "title"),
    ]

    /// A filter of each kind that a partial index takes.
    static let partialSamples: [DocumentFilter] = [
        .all, .field("a", .equal(1)), .field("a", .equal(.null)), .field("a", .equal(["x": 1])),
        .field("a", .less(1.5)), .field("a", .lessOrEqual("x")), .field("a", .greater(1)),
        .field("a", .greaterOrEqual(.date(DocumentDate(millisecondsSince1970: 5)))),
        .field("a", .oneOf([1, "x", .null])), .field("a", .oneOf([])),
        .field("a", .exists(true)), .field("a.b", .type([.string, .int64])),
        .field("a", .containsAll([1, 2])), .field("a", .both([.greater(1), .less(5)])),
        .field("a", .both([.both([.greater(1)])])),
        .field("a", .equal(1)) && .field("b", .greater(1)),
        .field("a", .equal(1)) || .field("b", .exists(true)),
        (.field("a", .equal(1)) || .field("b", .exists(true))) && .field("c", .less(7)),
    ]

    private static func readsBack<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: IndexedDocumentStore {
        law("index.reads-back", "Indexes are read as they were made, with everything about them.") {
            scene in
            var wanted = indexSamples
            for (place, filter) in partialSamples.enumerated() {
                wanted.append(
                    DocumentIndex(DocumentOrder("p"), name: "p\(place)", where: filter))
            }
            // Two filters that say the same make the same index.
            wanted = wanted.filter { index in
                !wanted.contains { $0.name < index.name && $0.isInTheWay(of: index) }
            }
            try await scene.store.createIndexes(wanted, on: "things")
            let seen = try await scene.store.indexes(of: "things")
            for index in wanted {
                try scene.context.expectEqual(
                    seen.first { $0.name == index.name }, index, "the index")
            }
            try scene.context.expectEqual(seen.count, wanted.count, "the number of indexes")
        }
    }

    private static func names<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: IndexedDocumentStore {
        law("index.names", "An index without a name has the one that MongoDB would give it.") {
            scene in
            let things = scene.things
            try await things.createIndexes(
                DocumentIndex(DocumentOrder("a"), DocumentOrder("b.c", .descending)),
                .text("t"))
            try scene.context.expectEqual(
                Set(try await things.indexes().map(\.name)), ["a_1_b.c_-1", "t_text"], "the names")
        }
    }

    private static func createsOnce<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: IndexedDocumentStore {
        law("index.create-again", "An index that is there as it should be stays.") { scene in
            for _ in 0..<2 { try await scene.store.createIndexes(indexSamples, on: "things") }
            try scene.context.expectEqual(
                Set(try await scene.things.indexes()), Set(indexSamples), "the indexes")
            try await scene.store.createIndexes([], on: "others")
            try scene.context.expectEqual(
                try await scene.store.indexes(of: "others").count, 0, "what making none makes")
        }
    }

    private static func createsAllOrNone<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: IndexedDocumentStore {
        law("index.all-or-none", "A call makes all its indexes, or none.") { scene in
            try await scene.put(["u": 1], ["u": 1])
            try await scene.context.expectThrows(.alreadyExists, "a unique index that cannot be") {
                try await scene.things.createIndexes(
                    DocumentIndex(DocumentOrder("a")),
                    DocumentIndex(DocumentOrder("u"), isUnique: true))
            }
            try scene.context.expectEqual(try await scene.things.indexes(), [], "the indexes")
        }
    }

    private static func refusesOthers<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: IndexedDocumentStore {
        law(
            "index.in-the-way",
            "An index whose name or whose fields another one has is refused with alreadyExists, "
                + "unless one of them alone is unique or their filters differ."
        ) { scene in
            let first = DocumentIndex(DocumentOrder("a"))
            let last = DocumentIndex(DocumentOrder("t"), expireAfter: .seconds(60))
            try await scene.things.createIndexes(first, last)
            let refused = [
                DocumentIndex(DocumentOrder("b"), name: "a_1"),
                DocumentIndex(DocumentOrder("a"), isUnique: true),
                DocumentIndex(DocumentOrder("a"), name: "other"),
                DocumentIndex(DocumentOrder("a"), where: .field("b", .exists(true))),
                DocumentIndex(DocumentOrder("t"), name: "other", expireAfter: .seconds(61)),
            ]
            for index in refused {
                try await scene.context.expectThrows(.alreadyExists, "\(index)") {
                    try await scene.things.createIndexes(index)
                }
            }
            let others = [
                DocumentIndex(DocumentOrder("a"), name: "unique", isUnique: true),
                DocumentIndex(
                    DocumentOrder("a"), name: "partial", where: .field("b", .exists(true))),
            ]
            try await scene.store.createIndexes(others, on: "things")
            try scene.context.expectEqual(
                Set(try await scene.things.indexes()), Set([first, last] + others), "the indexes")
        }
    }

    private static func refusesIndexes<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: IndexedDocumentStore {
        law(
            "index.refuses",
            "An index that can never be right, and two that cannot be made together, are refused "
                + "with invalidArgument."
        ) { scene in
            let a = DocumentOrder("a")
            let refused = [
                DocumentIndex(), DocumentIndex(a, name: ""), DocumentIndex(a, name: "*"),
                DocumentIndex(a, name: "_id_"), DocumentIndex(a, a), DocumentIndex("a..b"),
                DocumentIndex("$a"), DocumentIndex("_id"), .text(),
                DocumentIndex(keys: [.text("a"), .ordered(DocumentOrder("b"))]),
                DocumentIndex(keys: [.text("a")], isUnique: true),
                DocumentIndex(a, DocumentOrder("b"), expireAfter: .seconds(1)),
                DocumentIndex(a, expireAfter: .seconds(-1)),
                DocumentIndex(a, expireAfter: .milliseconds(1_500)),
                DocumentIndex(a, expireAfter: .seconds(1 << 31)),
            ]
            for index in refused {
                try await scene.context.expectThrows(.invalidArgument, "\(index)") {
                    try await scene.things.createIndexes(index)
                }
            }
            for filter in refusedPartialFilters {
                try await scene.context.expectThrows(.invalidArgument, "a filter \(filter)") {
                    try await scene.things.createIndexes(DocumentIndex(a, where: filter))
                }
            }
            try await scene.context.expectThrows(.invalidArgument, "an index twice") {
                try await scene.things.createIndexes(DocumentIndex(a), DocumentIndex(a))
            }
            try scene.context.expectEqual(try await scene.things.indexes(), [], "the indexes")
        }
    }

    private static let refusedPartialFilters: [DocumentFilter] = [
        .neither([.field("b", .equal(1))]), .either([]), .field("b", .notEqual(1)),
        .field("b", .noneOf([])), .field("b", .exists(false)), .field("b", .not(.equal(1))),
        .field("b", .matches(DocumentRegularExpression("^a"))), .field("b", .count(1)),
        .field("b", .remainder(1, dividedBy: 2)), .field("b", .someElement(.all)),
        .field("b", .someValue([.equal(1)])), .field("b", .type([])),
        .field("b", .containsAll([])), .field("b", .both([])),
        .every([.either([.every([.either([.field("b", .equal(1))])])])]),
        .every([.either([.every([.field("b", .both([.less(5), .greater(1)]))])])]),
    ]

    private static func drops<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: IndexedDocumentStore {
        law(
            "index.drop",
            "Dropping removes the index of the name; one that is not there throws notFound, and "
                + "that of the identifiers cannot be dropped."
        ) { scene in
            let index = DocumentIndex(DocumentOrder("a"), isUnique: true)
            try await scene.context.expectThrows(.notFound, "an index of no collection") {
                try await scene.things.dropIndex(named: "a_1")
            }
            try await scene.things.createIndexes(index, DocumentIndex(DocumentOrder("b")))
            try await scene.things.dropIndex(named: "a_1")
            try scene.context.expectEqual(
                try await scene.things.indexes().map(\.name), ["b_1"], "the indexes")
            try await scene.things.insert(contentsOf: [["a": 1], ["a": 1]])
            try scene.context.expectEqual(
                try await scene.things.count(.all), 2, "the documents that it would refuse")
            try await scene.context.expectThrows(.notFound, "a dropped index") {
                try await scene.things.dropIndex(named: "a_1")
            }
            for name in ["_id_", "*"] {
                try await scene.context.expectThrows(.invalidArgument, "dropping \(name)") {
                    try await scene.things.dropIndex(named: name)
                }
            }
        }
    }

    private static func goesWithCollection<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: IndexedDocumentStore {
        law(
            "index.of-collection",
            "Indexes are there as long as their collection is: without documents, and not after "
                + "drop."
        ) { scene in
            try scene.context.expectEqual(
                try await scene.things.indexes(), [], "the indexes of no collection")
            let index = DocumentIndex(DocumentOrder("a"), isUnique: true)
            try await scene.things.createIndexes(index)
            try await scene.things.insert(["a": 1])
            try await scene.things.deleteMany(.all)
            try scene.context.expectEqual(
                try await scene.things.indexes(), [index], "the indexes without documents")
            try await scene.things.drop()
            try scene.context.expectEqual(
                try await scene.things.indexes(), [], "the indexes after drop")
        }
    }

    private static func plans<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: IndexedDocumentStore {
        law(
            "index.plan",
            "A plan changes nothing; applied, it makes what is missing, and then there is nothing "
                + "to do; what is not wanted is dropped if asked for."
        ) { scene in
            let (a, b) = (DocumentIndex(DocumentOrder("a")), DocumentIndex(DocumentOrder("b")))
            try await scene.things.createIndexes(a)
            let plan = try await scene.things.indexPlan([b])
            try scene.context.expectEqual(plan.missing, [b], "what is missing")
            try scene.context.expectEqual(plan.unwanted, [a], "what is not wanted")
            try scene.context.expectEqual(
                try await scene.things.indexes(), [a], "the indexes after planning")
            for _ in 0..<2 { try await scene.store.apply(plan) }
            try scene.context.expectEqual(
                Set(try await scene.things.indexes()), [a, b], "the indexes after applying")
            let next = try await scene.things.indexPlan([b])
            try scene.context.expectEqual(next.isDone, true, "whether nothing is left to do")
            for _ in 0..<2 { try await scene.store.apply(next, droppingUnwanted: true) }
            try scene.context.expectEqual(
                try await scene.things.indexes(), [b], "the indexes after dropping")
        }
    }

    private static func plansChanges<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: IndexedDocumentStore {
        law(
            "index.plan-changes",
            "What has the name or the fields of a wanted index and differs is dropped, and the "
                + "wanted one made; the plan of all kinds of index is done after that."
        ) { scene in
            try await scene.things.createIndexes(
                DocumentIndex(DocumentOrder("x"), name: "u_1"),
                DocumentIndex(DocumentOrder("t"), expireAfter: .seconds(1)),
                .text("words"), DocumentIndex(DocumentOrder("a"), name: "kept", isUnique: true))
            let plan = try await scene.things.indexPlan(indexSamples)
            try scene.context.expectEqual(
                Set(plan.changed.map(\.wanted.name)), ["u_1", "t_1", "title_text_words_text"],
                "the indexes to change")
            try await scene.store.apply(plan)
            let next = try await scene.things.indexPlan(indexSamples)
            try scene.context.expectEqual(
                next.isDone, true, "whether the plan is done: \(next)")
            try scene.context.expectEqual(next.unwanted.map(\.name), ["kept"], "the others")
        }
    }
}

extension DocumentIndex {
    fileprivate init(_ path: DocumentPath) { self.init(DocumentOrder(path)) }
}
