import StorageKit

extension DocumentLaws {
    static func arrayUpdateCases<H: DocumentHarness>() -> [ConformanceCase<H>] {
        [
            pushes(), pushesAt(), pushesSorted(), addsToSet(), pulls(), pullsMatching(),
            pullsElements(), pops(), positional(), allElements(), filteredElements(),
            refusedArrayFilters(),
        ]
    }

    private static func pushes<H: DocumentHarness>() -> ConformanceCase<H> {
        law(
            "update.push",
            "push puts values behind the others; without the field it makes an array, and what is "
                + "none is wrongType."
        ) { scene in
            func push(_ values: DocumentValue...) -> DocumentChange {
                .push("a", DocumentPush(values))
            }
            try await scene.expect(push(3, [4]), of: ["a": [1]], gives: ["a": [1, 3, [4]]])
            try await scene.expect(push(3), of: [:], gives: ["a": [3]])
            try await scene.expect(push(), of: [:], gives: ["a": []])
            try await scene.expect(push(3), of: ["a": 5], throws: .wrongType)
            try await scene.expect(push(3), of: ["a": .null], throws: .wrongType)
        }
    }

    private static func pushesAt<H: DocumentHarness>() -> ConformanceCase<H> {
        law(
            "update.push-position",
            "A position is counted from the beginning, below zero from the end; a slice keeps the "
                + "first ones, below zero the last."
        ) { scene in
            func push(position: Int? = nil, slice: Int? = nil) -> DocumentChange {
                .push("a", DocumentPush([7, 8], position: position, slice: slice))
            }
            let document: Document = ["a": [1, 2, 3]]
            try await scene.expect(push(position: 1), of: document, gives: ["a": [1, 7, 8, 2, 3]])
            try await scene.expect(push(position: -1), of: document, gives: ["a": [1, 2, 7, 8, 3]])
            try await scene.expect(push(position: -9), of: document, gives: ["a": [7, 8, 1, 2, 3]])
            try await scene.expect(push(position: 9), of: document, gives: ["a": [1, 2, 3, 7, 8]])
            try await scene.expect(push(slice: 4), of: document, gives: ["a": [1, 2, 3, 7]])
            try await scene.expect(push(slice: -4), of: document, gives: ["a": [2, 3, 7, 8]])
            try await scene.expect(push(slice: 0), of: document, gives: ["a": []])
            try await scene.expect(
                push(position: 0, slice: 3), of: document, gives: ["a": [7, 8, 1]])
        }
    }

    private static func pushesSorted<H: DocumentHarness>() -> ConformanceCase<H> {
        law(
            "update.push-sort",
            "A push sorts the array when the values are in, before it is cut: by value, or by "
                + "fields, missing ones as null."
        ) { scene in
            func push(_ sorting: DocumentPush.Sorting, slice: Int? = nil) -> DocumentChange {
                .push("a", DocumentPush([2], sorting: sorting, slice: slice))
            }
            let mixed: Document = ["a": [3, "x", .null, [1], ["b": 2], 1.5]]
            try await scene.expect(
                push(.byValue(.ascending)), of: mixed,
                gives: ["a": [.null, 1.5, 2, 3, "x", ["b": 2], [1]]])
            try await scene.expect(
                push(.byValue(.descending), slice: 2), of: mixed, gives: ["a": [[1], ["b": 2]]])
            let documents: Document = ["a": [["b": 3, "c": 1], ["b": [0, 9]], ["c": 2]]]
            try await scene.expect(
                push(.byFields([DocumentOrder("b")])), of: documents,
                gives: ["a": [["c": 2], 2, ["b": 3, "c": 1], ["b": [0, 9]]]])
            try await scene.expect(
                push(.byFields([DocumentOrder("b.x"), DocumentOrder("c", .descending)]), slice: 2),
                of: documents, gives: ["a": [["c": 2], ["b": 3, "c": 1]]])
        }
    }

    private static func addsToSet<H: DocumentHarness>() -> ConformanceCase<H> {
        law(
            "update.add-to-set",
            "addToSet puts in what is not there by its worth, each value once, and leaves what is "
                + "there twice."
        ) { scene in
            try await scene.expect(
                .addToSet("a", [1.0, 3, 3]), of: ["a": [1, 1]], gives: ["a": [1, 1, 3]])
            try await scene.expect(.addToSet("a", [1, 1.0]), of: [:], gives: ["a": [1]])
            try await scene.expect(.addToSet("a", []), of: [:], gives: ["a": []])
            try await scene.expect(
                .addToSet("a", [["y": 2, "x": 1], ["x": 1.0, "y": 2]]),
                of: ["a": [["x": 1, "y": 2]]], gives: ["a": [["x": 1, "y": 2], ["y": 2, "x": 1]]])
            try await scene.expect(.addToSet("a", [1]), of: ["a": 1], throws: .wrongType)
        }
    }

    private static func pulls<H: DocumentHarness>() -> ConformanceCase<H> {
        law(
            "update.pull",
            "pull of values removes all elements that are worth the same, and no array that has "
                + "one; without the field it does nothing."
        ) { scene in
            func pull(_ values: DocumentValue...) -> DocumentChange { .pull("a", .values(values)) }
            try await scene.expect(pull(1, 3), of: ["a": [1, 2, 1.0, 3]], gives: ["a": [2]])
            try await scene.expect(
                pull(1), of: ["a": [[1, 2], 1, [1]]], gives: ["a": [[1, 2], [1]]])
            try await scene.expect(
                pull(["x": 1]), of: ["a": [["x": 1.0], ["x": 1, "y": 2]]],
                gives: ["a": [["x": 1, "y": 2]]])
            try await scene.expect(
                pull(.null), of: ["a": [1, .null, [:]]], gives: ["a": [1, [:]]])
            try await scene.expect(pull(1), of: ["b": 1], gives: ["b": 1])
            try await scene.expect(pull(1), of: ["a": 1], throws: .wrongType)
        }
    }

    private static func pullsMatching<H: DocumentHarness>() -> ConformanceCase<H> {
        law(
            "update.pull-matching",
            "pull of a predicate removes all elements that are so, of an array in the array also "
                + "by one of its elements."
        ) { scene in
            func pull(_ predicate: DocumentPredicate) -> DocumentChange {
                .pull("a", .matching(predicate))
            }
            let document: Document = ["a": [1, 5, "x", [9], .null]]
            try await scene.expect(pull(.greater(3)), of: document, gives: ["a": [1, "x", .null]])
            try await scene.expect(pull(.notEqual(5)), of: document, gives: ["a": [5]])
            try await scene.expect(
                pull(.not(.greater(3))), of: document, gives: ["a": [5, [9]]])
            try await scene.expect(
                pull(.both([.greater(0), .less(4)])), of: document,
                gives: ["a": [5, "x", [9], .null]])
            try await scene.expect(
                pull(.oneOf([.null, "x"])), of: document, gives: ["a": [1, 5, [9]]])
            try await scene.expect(
                pull(.type(DocumentValueType.numbers)), of: document, gives: ["a": ["x", .null]])
            try await scene.expect(
                pull(.count(1)), of: document, gives: ["a": [1, 5, "x", .null]])
        }
    }

    private static func pullsElements<H: DocumentHarness>() -> ConformanceCase<H> {
        law(
            "update.pull-elements",
            "pull of a filter removes all documents that it matches, and nothing that is none."
        ) { scene in
            let document: Document = ["a": [["x": 1], ["y": 2], 5, [["x": 1]]]]
            try await scene.expect(
                .pull("a", .elements(.field("x", .equal(1)))), of: document,
                gives: ["a": [["y": 2], 5, [["x": 1]]]])
            try await scene.expect(
                .pull("a", .elements(.field("x", .equal(.null)))), of: document,
                gives: ["a": [["x": 1], 5, [["x": 1]]]])
            try await scene.expect(
                .pull("a", .elements(.all)), of: document, gives: ["a": [5, [["x": 1]]]])
            try await scene.expect(
                .pull("a", .elements(!.field("x", .exists(true)))), of: document,
                gives: ["a": [["x": 1], 5, [["x": 1]]]])
            try await scene.expect(
                .pull("a", .elements(.field("x", .equal(1)) || .field("y", .equal(2)))),
                of: document, gives: ["a": [5, [["x": 1]]]])
        }
    }

    private static func pops<H: DocumentHarness>() -> ConformanceCase<H> {
        law("update.pop", "pop takes one element from an end, if there is one.") { scene in
            try await scene.expect(.pop("a", .first), of: ["a": [1, 2]], gives: ["a": [2]])
            try await scene.expect(.pop("a", .last), of: ["a": [1, 2]], gives: ["a": [1]])
            try await scene.expect(.pop("a", .last), of: ["a": []], gives: ["a": []])
            try await scene.expect(.pop("a", .last), of: ["b": 1], gives: ["b": 1])
            try await scene.expect(.pop("a", .last), of: ["a": 1], throws: .wrongType)
        }
    }

    private static func positional<H: DocumentHarness>() -> ConformanceCase<H> {
        law(
            "update.positional",
            "$ in a path is the element by which the filter matched; a filter that matched by none "
                + "is wrongType."
        ) { scene in
            try await scene.expect(
                .set("a.$", 9), of: ["a": [1, 2, 1]], where: .field("a", .equal(2)),
                gives: ["a": [1, 9, 1]])
            try await scene.expect(
                .set("a.$.y", 9), of: ["a": [["x": [1, 2]], ["x": [3, 4]]]],
                where: .field("a.x", .equal(4)),
                gives: ["a": [["x": [1, 2]], ["x": [3, 4], "y": 9]]])
            let some = DocumentPredicate.someElement(.field("x", .greater(1)))
            try await scene.expect(
                .increment("a.$.x", by: 1), of: ["a": [["x": 1], ["x": 2], ["x": 3]]],
                where: .field("a", some), gives: ["a": [["x": 1], ["x": 3], ["x": 3]]])
            try await scene.expect(.set("a.$", 9), of: ["a": [1, 2]], throws: .wrongType)
            try await scene.expect(
                .set("a.$", 9), of: ["a": [1, 2]], where: .field("a", .notEqual(4)),
                throws: .wrongType)
        }
    }

    private static func allElements<H: DocumentHarness>() -> ConformanceCase<H> {
        law(
            "update.all-elements",
            "$[] in a path is every element of an array, which has to be there."
        ) { scene in
            try await scene.expect(
                .increment("a.$[]", by: 1), of: ["a": [1, 2]], gives: ["a": [2, 3]])
            try await scene.expect(
                .set("a.$[].b.$[]", 9), of: ["a": [["b": [1, 2]], ["b": []]]],
                gives: ["a": [["b": [9, 9]], ["b": []]]])
            try await scene.expect(
                .unset("a.$[]"), of: ["a": [1, 2]], gives: ["a": [.null, .null]])
            try await scene.expect(.set("a.$[]", 1), of: ["a": 5], throws: .wrongType)
            try await scene.expect(.set("a.$[]", 1), of: ["b": 5], throws: .wrongType)
            try await scene.expect(.set("a.$[].x", 1), of: ["a": [1]], throws: .wrongType)
            let scalars: [Document] = [["a": 5], ["a": .null], ["a": [["c": [1]]]]]
            for scalar in scalars {
                try await scene.expect(.unset("a.c.$[]"), of: scalar, throws: .wrongType)
                try await scene.expect(
                    .setOnInsert("a.c.$[]", 1), of: scalar, throws: .wrongType)
            }
        }
    }

    private static func filteredElements<H: DocumentHarness>() -> ConformanceCase<H> {
        law(
            "update.array-filters",
            "$[name] in a path is each element that the array filter of the name matched before "
                + "the update."
        ) { scene in
            try await scene.expect(
                .set("a.$[e]", 0), of: ["a": [1, 5, [7], "x"]],
                filters: [.field("e", .greater(3))], gives: ["a": [1, 0, 0, "x"]])
            try await scene.expect(
                .set("a.$[e].x", 9), .increment("a.$[f].y", by: 1),
                of: ["a": [["x": 1, "y": 1], ["x": 2, "y": 2]]],
                filters: [.field("e.x", .equal(1)), .field("f.x", .equal(1))],
                gives: ["a": [["x": 9, "y": 2], ["x": 2, "y": 2]]])
            try await scene.expect(
                .set("a.$[e]", 0), of: ["a": [1, 2, 3]],
                filters: [.field("e", .equal(1)) || .field("e", .equal(3))],
                gives: ["a": [0, 2, 0]])
            try await scene.expect(
                .set("a.$[e]", 1), .increment("a.$[f]", by: 1), of: ["a": [1, 5]],
                filters: [.field("e", .equal(1)), .field("f", .equal(1))],
                throws: .invalidArgument)
        }
    }

    private static func refusedArrayFilters<H: DocumentHarness>() -> ConformanceCase<H> {
        law(
            "update.refuses-array-filters",
            "An array filter that is missing, not used, twice there or about several names is "
                + "invalidArgument."
        ) { scene in
            let lists: [[DocumentFilter]] = [
                [], [.field("e", .equal(1)), .field("f", .equal(1))],
                [.field("e", .equal(1)), .field("e", .equal(2))],
                [.field("e", .equal(1)) && .field("f", .equal(1))], [.all],
            ]
            for filters in lists {
                try await scene.expect(
                    .set("a.$[e]", 1), of: ["a": [1]], filters: filters, throws: .invalidArgument)
            }
        }
    }
}
