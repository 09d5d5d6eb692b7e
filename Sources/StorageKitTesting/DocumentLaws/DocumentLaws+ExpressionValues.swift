import StorageKit

extension DocumentLaws {
    static func valueExpressionCases<H: DocumentHarness>() -> [ConformanceCase<H>]
    where H.Subject: AggregatingDocumentQuerying {
        [
            paths(), literals(), madeValues(), compares(), logicOfValues(), choices(), ifNull(),
            textsOf(), elements(), filtersAndMaps(), dateParts(), typesOf(),
        ]
    }

    private static func paths<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: AggregatingDocumentQuerying {
        law(
            "value.paths",
            "A path gives the value, or nothing; of an array, the array of what its documents "
                + "have there, and a number in it is a name."
        ) { scene in
            try await scene.put([
                "a": [["b": 1], ["b": [2, 3]], ["c": 4], 5, [["b": 6]]],
                "d": ["e": ["f": 7], "0": 8], "n": .null, "l": [9, ["0": 10]],
            ])
            try await scene.expect(.field("a.b"), gives: [1, [2, 3]])
            try await scene.expect(.field("d.e.f"), gives: 7)
            try await scene.expect(.field("d.x"), gives: nil)
            try await scene.expect(.field("n.x"), gives: nil)
            try await scene.expect(.field("n"), gives: .null)
            try await scene.expect(.field("d.0"), gives: 8)
            try await scene.expect(.field("l.0"), gives: [10])
            try await scene.expect(.root, of: ["a": 1], gives: ["_id": 0, "a": 1])
        }
    }

    private static func literals<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: AggregatingDocumentQuerying {
        law(
            "value.literals",
            "A value stands for itself, whatever it looks like, and comes out in its type."
        ) { scene in
            try await scene.put(["a": 1])
            for value: DocumentValue in [
                "$a", "$$ROOT", ["$add": [1, 2]], ["$literal": 1], ["$a", "a.b"], ["a.b": 1],
                .int32(1), 1, 1.0, .null, false, [:], [],
            ] {
                try await scene.expect(.literal(value), gives: value)
                try await scene.expect(.array([.literal(value)]), gives: [value])
            }
        }
    }

    private static func madeValues<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: AggregatingDocumentQuerying {
        law(
            "value.made",
            "A made document has no field for nothing, and a made array null."
        ) { scene in
            try await scene.put(["a": 1])
            try await scene.expect(
                .document(["x": .field("b"), "y": .field("a"), "z": .document(["x": .field("b")])]),
                gives: ["y": 1, "z": [:]])
            try await scene.expect(.document([:]), gives: [:])
            try await scene.expect(
                .array([.field("a"), .field("b"), .array([])]), gives: [1, .null, []])
        }
    }

    private static func compares<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: AggregatingDocumentQuerying {
        law(
            "value.compares",
            "Comparisons are of all values and types, in their order; nothing is less than null."
        ) { scene in
            try await scene.put(["a": 1, "b": 1.0, "t": "x", "n": .null, "l": [1]])
            let (a, b, t, n) = (DocumentExpression.field("a"), DocumentExpression.field("b"), DocumentExpression.field("t"), DocumentExpression.field("n"))
            let nothing = DocumentExpression.field("x")
            for (expression, expected) in [
                (.equal(a, b), true), (.notEqual(a, b), false), (.less(a, t), true),
                (.lessOrEqual(a, b), true), (.greater(t, a), true), (.greaterOrEqual(a, t), false),
                (.less(a, b), false), (.greater(a, b), false), (.equal(nothing, n), false),
                (.less(nothing, n), true), (.equal(nothing, .field("y")), true),
                (.equal(a, .field("l")), false),
            ] as [(DocumentExpression, Bool)] {
                try await scene.expect(expression, gives: .bool(expected))
            }
            try await scene.expect(.binary(.compare, .field("a"), .field("t")), gives: .int32(-1))
            try await scene.expect(.binary(.compare, .field("t"), .field("a")), gives: .int32(1))
            try await scene.expect(.binary(.compare, .field("a"), .field("b")), gives: .int32(0))
        }
    }

    private static func logicOfValues<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: AggregatingDocumentQuerying {
        law(
            "value.logic",
            "All values are true but false, null, nothing and zero; what does not matter any more "
                + "is not computed."
        ) { scene in
            let values: [(DocumentValue, Bool)] = [
                (true, true), (false, false), (0, false), (-0.0, false), (.int32(0), false),
                (.decimal128(.zero), false), (.null, false), ("", true), ([], true), ([:], true),
                (2, true), (.double(.nan), true),
            ]
            for (value, isTrue) in values {
                try await scene.put(["a": value])
                try await scene.expect(.and(.field("a"), true), gives: .bool(isTrue))
                try await scene.expect(.or(false, .field("a")), gives: .bool(isTrue))
                try await scene.expect(.not(.field("a")), gives: .bool(!isTrue))
            }
            try await scene.put(["z": 0])
            try await scene.expect(.not(.field("x")), gives: true)
            try await scene.expect(.and(), gives: true)
            try await scene.expect(.or(), gives: false)
            try await scene.expect(.and(.field("z"), .divide(1, .field("z"))), gives: false)
            try await scene.expect(.or(.not(.field("z")), .divide(1, .field("z"))), gives: true)
        }
    }

    private static func choices<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: AggregatingDocumentQuerying {
        law(
            "value.choices",
            "conditional and switch give what belongs to the first condition that is true, and "
                + "compute nothing else."
        ) { scene in
            try await scene.put(["a": 1, "z": 0])
            let bad = DocumentExpression.divide(1, .field("z"))
            try await scene.expect(.conditional(.field("a"), then: "yes", else: bad), gives: "yes")
            try await scene.expect(.conditional(.field("z"), then: bad, else: "no"), gives: "no")
            try await scene.expect(
                .conditional(.field("x"), then: 1, else: .field("y")), gives: nil)
            try await scene.expect(
                .switch(
                    [
                        DocumentBranch(.field("z"), then: bad),
                        DocumentBranch(.field("a"), then: "second"), DocumentBranch(bad, then: bad),
                    ], default: bad), gives: "second")
            try await scene.expect(
                .switch([DocumentBranch(.field("z"), then: 1)], default: "else"), gives: "else")
        }
    }

    private static func ifNull<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: AggregatingDocumentQuerying {
        law(
            "value.if-null",
            "ifNull gives the first that is not null or nothing, or the last as it is."
        ) { scene in
            try await scene.put(["a": 1, "n": .null, "z": 0])
            try await scene.expect(.ifNull(.field("n"), .field("a")), gives: 1)
            try await scene.expect(.ifNull(.field("z"), .field("a")), gives: 0)
            try await scene.expect(.ifNull(.field("x"), .field("n"), .field("a")), gives: 1)
            try await scene.expect(.ifNull(.field("x"), .field("n")), gives: .null)
            try await scene.expect(.ifNull(.field("n"), .field("x")), gives: nil)
        }
    }

    private static func textsOf<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: AggregatingDocumentQuerying {
        law(
            "value.texts",
            "Texts are joined, put in small letters or capitals of ASCII, and counted in bytes or "
                + "scalars; of null, joining gives null and letters an empty text."
        ) { scene in
            let t = DocumentExpression.field("t")
            try await scene.put(["t": "\u{C4}b\u{E9}\u{1F600}", "n": .null])
            try await scene.expect(.concat(t, "-", t), gives: "\u{C4}b\u{E9}\u{1F600}-\u{C4}b\u{E9}\u{1F600}")
            try await scene.expect(.concat(t, .field("n")), gives: .null)
            try await scene.expect(.concat(), gives: "")
            try await scene.expect(.uppercased(t), gives: "\u{C4}B\u{E9}\u{1F600}")
            try await scene.expect(.lowercased("ABc"), gives: "abc")
            try await scene.expect(.lowercased(.field("x")), gives: "")
            try await scene.expect(.unary(.byteCount, .field("t")), gives: .int32(9))
            try await scene.expect(.characterCount(of: t), gives: .int32(4))
        }
    }

    private static func elements<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: AggregatingDocumentQuerying {
        law(
            "value.elements",
            "An element is found by its place, from the end too; outside there is nothing, and of "
                + "null there is null."
        ) { scene in
            let a = DocumentExpression.field("a")
            try await scene.put(["a": [1, "x", [2]], "n": .null])
            try await scene.expect(.element(at: 0, of: a), gives: 1)
            try await scene.expect(.element(at: -1, of: a), gives: [2])
            try await scene.expect(.element(at: 1.0, of: a), gives: "x")
            try await scene.expect(.element(at: 3, of: a), gives: nil)
            try await scene.expect(.element(at: -4, of: a), gives: nil)
            try await scene.expect(.element(at: 0, of: .field("n")), gives: .null)
            try await scene.expect(.count(of: a), gives: .int32(3))
            try await scene.expect(.isIn(1.0, a), gives: true)
            try await scene.expect(.isIn(2, a), gives: false)
            try await scene.expect(.isIn(.field("z"), a), gives: false)
            try await scene.expect(.concatArrays(a, .array([7])), gives: [1, "x", [2], 7])
            try await scene.expect(.concatArrays(a, .field("n")), gives: .null)
        }
    }

    private static func filtersAndMaps<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: AggregatingDocumentQuerying {
        law(
            "value.filter-and-map",
            "filter and map go through an array, each with a name for its element, also inside "
                + "each other; what becomes nothing is null, and of null there is null."
        ) { scene in
            let (p, e) = (DocumentExpression.field("p"), DocumentExpression.variable("e"))
            try await scene.put([
                "p": [["n": 1, "k": [1, 2]], ["n": 5, "k": [3]], ["x": 0]], "least": 2, "z": .null,
            ])
            try await scene.expect(
                .filter(p, as: "e", where: .greater(.variable("e", "n"), .field("least"))),
                gives: [["n": 5, "k": [3]]])
            try await scene.expect(
                .map(p, as: "e", .variable("e", "n")), gives: [1, 5, .null])
            try await scene.expect(
                .map(
                    .array([10, 20]), as: "e",
                    .map(.array([1, 2]), as: "f", .add(e, .variable("f"), .field("least")))),
                gives: [[13, 14], [23, 24]])
            try await scene.expect(
                .map(.array([1]), as: "e", .map(.array([2]), as: "e", e)), gives: [[2]])
            try await scene.expect(.map(.field("z"), as: "e", 1), gives: .null)
            try await scene.expect(.filter(.field("none"), as: "e", where: true), gives: .null)
        }
    }

    private static func dateParts<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: AggregatingDocumentQuerying {
        law(
            "value.date-parts",
            "Parts of moments are those of UTC, before 1970 too, and of identifiers and "
                + "timestamps; of null, null."
        ) { scene in
            func expect(_ milliseconds: Int64, _ parts: [Int64]) async throws {
                let date = DocumentDate(millisecondsSince1970: milliseconds)
                try await scene.put(["d": .date(date)])
                for (part, number) in zip(DocumentDatePart.allCases, parts) {
                    let value: DocumentValue =
                        part == .isoWeekYear ? .int64(number) : .int32(Int32(number))
                    try await scene.expect(.datePart(part, of: .field("d")), gives: value)
                }
            }
            try await expect(
                1_700_000_000_123, [2023, 11, 14, 318, 3, 46, 2, 46, 2023, 22, 13, 20, 123])
            try await expect(-1, [1969, 12, 31, 365, 4, 52, 3, 1, 1970, 23, 59, 59, 999])
            try await expect(1_609_459_200_000, [2021, 1, 1, 1, 6, 0, 5, 53, 2020, 0, 0, 0, 0])
            try await scene.put([
                "id": .objectID(ObjectID(seconds: 86_400, process: 1, counter: 1)),
                "t": .timestamp(DocumentTimestamp(seconds: 7, increment: 1)), "n": .null,
            ])
            try await scene.expect(.datePart(.dayOfMonth, of: .field("id")), gives: .int32(2))
            try await scene.expect(.datePart(.second, of: .field("t")), gives: .int32(7))
            try await scene.expect(.datePart(.year, of: .field("n")), gives: .null)
        }
    }

    private static func typesOf<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: AggregatingDocumentQuerying {
        law("value.types", "A value's type has a name, and nothing has one too.") { scene in
            let values: [(DocumentValue, String, Bool)] = [
                (1.5, "double", true), ("x", "string", false), ([:], "object", false),
                ([], "array", false), (true, "bool", false), (.null, "null", false),
                (.int32(1), "int", true), (1, "long", true),
                (.decimal128(.zero), "decimal", true),
                (.date(DocumentDate(millisecondsSince1970: 0)), "date", false),
                (.objectID(ObjectID(seconds: 1, process: 1, counter: 1)), "objectId", false),
                (.binary(DocumentBinary([])), "binData", false),
            ]
            for (value, name, isNumber) in values {
                try await scene.put(["a": value])
                try await scene.expect(.type(of: .field("a")), gives: .string(name))
                try await scene.expect(.unary(.isNumber, .field("a")), gives: .bool(isNumber))
            }
            try await scene.expect(.type(of: .field("x")), gives: "missing")
        }
    }
}
