import StorageKit

extension DocumentLaws {
    static func filterCases<H: DocumentHarness>() -> [ConformanceCase<H>] {
        [
            equal(), nulls(), compares(), numbers(), notANumber(), keys(), documents(), texts(),
            lists(), exists(), types(), patterns(), remainders(), negations(), logic(),
            refusedFilters(),
        ]
    }

    private static func equal<H: DocumentHarness>() -> ConformanceCase<H> {
        law(
            "filter.equal",
            "Equal is a value of the same kind and worth; not equal is everything else, a missing "
                + "field too."
        ) { scene in
            try await scene.put(["a": 1], ["a": 1.0], ["a": "1"], ["a": true], [:], ["a": .null])
            try await scene.expect(.equal(1), finds: 0, 1)
            try await scene.expect(.equal(true), finds: 3)
            try await scene.expect(.notEqual(1), finds: 2, 3, 4, 5)
        }
    }

    private static func nulls<H: DocumentHarness>() -> ConformanceCase<H> {
        law(
            "filter.null",
            "Null is what is null or missing, on the way too; a way through an array's elements "
                + "needs a document in which it is missing."
        ) { scene in
            try await scene.put(
                [:], ["a": .null], ["a": 5], ["a": []], ["a": [1]], ["a": [[:]]], ["a": [["b": 1]]],
                ["a": [["b": .null]]], ["a": ["b": 1]])
            try await scene.expect(.equal(.null), finds: 0, 1)
            try await scene.expect(.lessOrEqual(.null), finds: 0, 1)
            try await scene.expect(.greater(.null))
            try await scene.expect(.oneOf([.null]), finds: 0, 1)
            try await scene.expect("a.b", .equal(.null), finds: 0, 1, 2, 5, 7)
            try await scene.expect("a.b", .noneOf([.null]), finds: 3, 4, 6, 8)
            try await scene.expect("a.b", .exists(false), finds: 0, 1, 2, 3, 4, 5)
        }
    }

    private static func compares<H: DocumentHarness>() -> ConformanceCase<H> {
        law(
            "filter.compares",
            "Comparisons find values of the same kind that are less or greater, and with "
                + "\"or equal\" those that are equal."
        ) { scene in
            try await scene.put(["a": 1], ["a": 2], ["a": 3], ["a": "2"], [:], ["a": .null])
            try await scene.expect(.less(2), finds: 0)
            try await scene.expect(.lessOrEqual(2), finds: 0, 1)
            try await scene.expect(.greater(2), finds: 2)
            try await scene.expect(.greaterOrEqual(2), finds: 1, 2)
            try await scene.expect(.less("3"), finds: 3)
            try await scene.put(
                ["a": false], ["a": true], ["a": .date(DocumentDate(millisecondsSince1970: -1))],
                ["a": .date(DocumentDate(millisecondsSince1970: 5))],
                ["a": .binary(DocumentBinary([9]))], ["a": .binary(DocumentBinary([1, 1]))])
            try await scene.expect(.greater(false), finds: 1)
            try await scene.expect(
                .less(.date(DocumentDate(millisecondsSince1970: 0))), finds: 2)
            try await scene.expect(.greater(.binary(DocumentBinary([9]))), finds: 5)
        }
    }

    private static func numbers<H: DocumentHarness>() -> ConformanceCase<H> {
        law(
            "filter.numbers",
            "Numbers compare by what they are worth, exactly, whatever their types."
        ) { scene in
            let edge: Int64 = 1 << 53
            try await scene.put(
                ["a": .int64(edge)], ["a": .int64(edge + 1)], ["a": .double(Double(edge))],
                ["a": .double(.infinity)], ["a": -0.0], ["a": .int32(7)],
                ["a": .decimal128(Decimal128(edge + 1))],
                ["a": .decimal128(Decimal128("0.1") ?? .zero)], ["a": 0.1])
            try await scene.expect(.equal(.double(Double(edge))), finds: 0, 2)
            try await scene.expect(.greater(.double(Double(edge))), finds: 1, 3, 6)
            try await scene.expect(.equal(.int64(edge + 1)), finds: 1, 6)
            try await scene.expect(.equal(0), finds: 4)
            try await scene.expect(.equal(7.0), finds: 5)
            try await scene.expect(.equal(0.1), finds: 8)
            try await scene.expect(.less(0.1), finds: 4, 7)
        }
    }

    private static func notANumber<H: DocumentHarness>() -> ConformanceCase<H> {
        law(
            "filter.nan",
            "NaN is equal to NaN, and neither less nor greater than any number."
        ) { scene in
            try await scene.put(
                ["a": .double(.nan)], ["a": 1], ["a": .decimal128(.notANumber)],
                ["a": .double(-.infinity)])
            try await scene.expect(.equal(.double(.nan)), finds: 0, 2)
            try await scene.expect(.lessOrEqual(.double(.nan)), finds: 0, 2)
            try await scene.expect(.less(5), finds: 1, 3)
            try await scene.expect(.not(.less(5)), finds: 0, 2)
            try await scene.expect(.greater(.double(.nan)))
            try await scene.expect(.oneOf([.double(.nan)]), finds: 0, 2)
        }
    }

    private static func keys<H: DocumentHarness>() -> ConformanceCase<H> {
        law(
            "filter.keys",
            "Every value, and a missing one, is greater than the least key and less than the "
                + "greatest."
        ) { scene in
            try await scene.put([:], ["a": 1], ["a": .minKey], ["a": .maxKey], ["a": [2]])
            try await scene.expect(.greater(.minKey), finds: 0, 1, 3, 4)
            try await scene.expect(.less(.maxKey), finds: 0, 1, 2, 4)
            try await scene.expect(.equal(.minKey), finds: 2)
            try await scene.expect(.greaterOrEqual(.maxKey), finds: 3)
        }
    }

    private static func documents<H: DocumentHarness>() -> ConformanceCase<H> {
        law(
            "filter.documents",
            "Documents are equal field by field, in the same order; they compare by type, name and "
                + "value of their fields."
        ) { scene in
            try await scene.put(
                ["a": ["b": 1, "c": 2]], ["a": ["c": 2, "b": 1]], ["a": ["b": 1.0, "c": 2]],
                ["a": ["b": 1]], ["a": ["a": 9]], ["a": ["b": "x"]])
            try await scene.expect(.equal(["b": 1, "c": 2]), finds: 0, 2)
            try await scene.expect(.less(["b": 1, "c": 2]), finds: 3, 4)
            try await scene.expect(.greater(["b": 1, "c": 2]), finds: 1, 5)
            try await scene.expect(.greater([:] as DocumentValue), finds: 0, 1, 2, 3, 4, 5)
        }
    }

    private static func texts<H: DocumentHarness>() -> ConformanceCase<H> {
        law(
            "filter.texts",
            "Texts, and names of fields, compare by their bytes in UTF-8, whatever Unicode thinks."
        ) { scene in
            let names: [DocumentField] = [
                DocumentField("e\u{301}", 1), DocumentField("\u{E9}", 2),
            ]
            try await scene.put(
                ["a": "\u{E9}"], ["a": "e\u{301}"], ["a": "Z"], ["a": "a"], ["a": "\u{1F600}"],
                ["a": "\u{FFFD}"], ["a": "a\0b"], Document(fields: names))
            try await scene.expect(.equal("\u{E9}"), finds: 0)
            try await scene.expect(.less("a"), finds: 2)
            try await scene.expect(.greater("\u{FFFD}"), finds: 4)
            try await scene.expect(.equal("a"), finds: 3)
            try await scene.expect("\u{E9}", .equal(2), finds: 7)
        }
    }

    private static func lists<H: DocumentHarness>() -> ConformanceCase<H> {
        law(
            "filter.lists",
            "oneOf finds what is equal to one of the values, noneOf the rest; of no values, "
                + "nothing and everything."
        ) { scene in
            try await scene.put(["a": 1], ["a": "x"], ["a": 3], [:], ["a": [3, 4]])
            try await scene.expect(.oneOf([1.0, "x"]), finds: 0, 1)
            try await scene.expect(.noneOf([1, 3]), finds: 1, 3)
            try await scene.expect(.oneOf([]))
            try await scene.expect(.noneOf([]), finds: 0, 1, 2, 3, 4)
        }
    }

    private static func exists<H: DocumentHarness>() -> ConformanceCase<H> {
        law("filter.exists", "A field that is null is there.") { scene in
            try await scene.put(["a": .null], [:], ["a": []], ["a": ["b": 1]], ["a": [["b": 1]]])
            try await scene.expect(.exists(true), finds: 0, 2, 3, 4)
            try await scene.expect(.exists(false), finds: 1)
            try await scene.expect("a.b", .exists(true), finds: 3, 4)
        }
    }

    private static func types<H: DocumentHarness>() -> ConformanceCase<H> {
        law(
            "filter.type",
            "A type is that of the field or of one of its elements; an array is one itself."
        ) { scene in
            try await scene.put(
                ["a": .int32(1)], ["a": 1], ["a": 1.0], ["a": .decimal128(.zero)], ["a": "x"],
                ["a": ["x"]], ["a": []], ["a": .null], [:])
            try await scene.expect(.type([.int32]), finds: 0)
            try await scene.expect(.type(DocumentValueType.numbers), finds: 0, 1, 2, 3)
            try await scene.expect(.type([.string]), finds: 4, 5)
            try await scene.expect(.type([.array]), finds: 5, 6)
            try await scene.expect(.type([.null, .double]), finds: 2, 7)
            try await scene.expect(.type([]))
        }
    }

    private static func patterns<H: DocumentHarness>() -> ConformanceCase<H> {
        law(
            "filter.patterns",
            "A pattern is looked for in texts alone, as its options say."
        ) { scene in
            try await scene.put(
                ["a": "abc"], ["a": "ABC"], ["a": ["x", "abc"]], ["a": "x\nabc"], ["a": 5],
                ["a": "axb"], ["a": "a\nb"])
            func pattern(_ text: String, _ options: String = "") -> DocumentPredicate {
                .matches(DocumentRegularExpression(text, options: options))
            }
            try await scene.expect(pattern("^a"), finds: 0, 2, 5, 6)
            try await scene.expect(pattern("^a", "i"), finds: 0, 1, 2, 5, 6)
            try await scene.expect(pattern("^abc", "m"), finds: 0, 2, 3)
            try await scene.expect(pattern("a.b"), finds: 5)
            try await scene.expect(pattern("a.b", "s"), finds: 5, 6)
            try await scene.expect(pattern("a b # c", "x"), finds: 0, 2, 3)
            try await scene.expect(pattern("c$"), finds: 0, 2, 3)
            try await scene.expect(.not(pattern("b")), finds: 1, 4)
            try await scene.expect(.both([pattern("^A", "i"), pattern("c$")]), finds: 0, 2)
            try await scene.expect(
                .both([pattern("^A", "i"), pattern("a.b", "s")]), finds: 5, 6)
        }
    }

    private static func remainders<H: DocumentHarness>() -> ConformanceCase<H> {
        law(
            "filter.remainder",
            "A remainder has the sign of what is divided; a fraction is cut off, and what takes "
                + "over 64 bits has none."
        ) { scene in
            try await scene.put(
                ["a": 5], ["a": -5], ["a": 5.7], ["a": 1e30], ["a": "5"], ["a": [4, 8]],
                ["a": .double(.nan)])
            try await scene.expect(.remainder(2, dividedBy: 3), finds: 0, 2, 5)
            try await scene.expect(.remainder(-2, dividedBy: 3), finds: 1)
            try await scene.expect(.remainder(0, dividedBy: -1), finds: 0, 1, 2, 5)
        }
    }

    private static func negations<H: DocumentHarness>() -> ConformanceCase<H> {
        law(
            "filter.not",
            "not finds exactly what the predicate does not, missing fields and arrays without such "
                + "an element included."
        ) { scene in
            try await scene.put(["a": 1], ["a": 5], ["a": "x"], [:], ["a": [1, 5]], ["a": [1]])
            try await scene.expect(.not(.greater(3)), finds: 0, 2, 3, 5)
            try await scene.expect(.not(.both([.greater(0), .less(3)])), finds: 1, 2, 3)
            try await scene.expect(.not(.not(.greater(3))), finds: 1, 4)
            try await scene.expect(.not(.notEqual(5)), finds: 1, 4)
        }
    }

    private static func logic<H: DocumentHarness>() -> ConformanceCase<H> {
        law(
            "filter.logic",
            "every, either and neither mean what they say, also of no filters."
        ) { scene in
            try await scene.put(["a": 1, "b": 1], ["a": 1, "b": 2], ["a": 2, "b": 2], [:])
            let (a, b) = (
                DocumentFilter.field("a", .equal(1)), DocumentFilter.field("b", .equal(2))
            )
            try await scene.expect(a && b, finds: 1)
            try await scene.expect(a || b, finds: 0, 1, 2)
            try await scene.expect(!a, finds: 2, 3)
            try await scene.expect(.neither([a, b]), finds: 3)
            try await scene.expect(!(a && b), finds: 0, 2, 3)
            try await scene.expect(.every([]), finds: 0, 1, 2, 3)
            try await scene.expect(.either([]))
            try await scene.expect(.neither([]), finds: 0, 1, 2, 3)
            try await scene.expect(a && a && !b, finds: 0)
        }
    }

    private static func refusedFilters<H: DocumentHarness>() -> ConformanceCase<H> {
        law(
            "filter.refuses",
            "A filter that can never be right throws invalidArgument: a path that is none, a "
                + "pattern that does not parse, a divisor of zero, a count below zero."
        ) { scene in
            try await scene.put(["a": 1])
            let filters: [DocumentFilter] = [
                .field("", .equal(1)), .field("a..b", .equal(1)), .field("a.", .exists(true)),
                .field("$a", .equal(1)), .field("a\0", .equal(1)),
                .field("a", .matches(DocumentRegularExpression("("))),
                .field("a", .matches(DocumentRegularExpression("a", options: "q"))),
                .field("a", .remainder(1, dividedBy: 0)), .field("a", .count(-1)),
                .field("a", .less(.undefined)),
                .field("a", .oneOf([.regularExpression(DocumentRegularExpression("a"))])),
                .field("a", .someElement(.field("", .exists(true)))),
            ]
            for filter in filters {
                try await scene.context.expectThrows(.invalidArgument, "count of \(filter)") {
                    try await scene.things.count(.neither([filter]))
                }
                try await scene.context.expectThrows(.invalidArgument, "find of \(filter)") {
                    try await scene.found(DocumentQuery(filter))
                }
                try await scene.context.expectThrows(.invalidArgument, "delete of \(filter)") {
                    try await scene.things.deleteMany(filter)
                }
            }
            try scene.context.expectEqual(try await scene.things.count(.all), 1, "the documents")
        }
    }
}
