import StorageKit

extension DocumentLaws {
    static func expressionCases<H: DocumentHarness>() -> [ConformanceCase<H>]
    where H.Subject: AggregatingDocumentQuerying {
        [
            adds(), widens(), addsExactly(), subtracts(), divides(), leavesRemainders(),
            roundsNumbers(), roundsWhole(), decimals(), addsMoments(), sumsArrays(), unfitNumbers(),
            constantsFirst(),
        ]
    }

    private static func adds<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: AggregatingDocumentQuerying {
        law(
            "expression.add",
            "add and multiply take any number of numbers and give the widest type; of null or "
                + "nothing, null; of none, the 32-bit 0 and 1."
        ) { scene in
            let (a, b, n) = (DocumentExpression.field("a"), DocumentExpression.field("b"), DocumentExpression.field("n"))
            try await scene.put(["a": .int32(2), "b": 3, "c": 1.5, "n": .null])
            try await scene.expect(.add(a, a), gives: .int32(4))
            try await scene.expect(.add(a, b), gives: .int64(5))
            try await scene.expect(.add(a, b, .field("c")), gives: .double(6.5))
            try await scene.expect(.multiply(a, b, .field("c")), gives: .double(9))
            try await scene.expect(.multiply(a, a), gives: .int32(4))
            for expression: DocumentExpression in [
                .add(a, n), .add(a, .field("x")), .multiply(n, a), .multiply(.field("x"), a),
                .subtract(n, a), .divide(a, .field("x")), .mod(.field("x"), a), .absolute(n),
                .rounded(.field("x")), .ceiling(n),
            ] {
                try await scene.expect(expression, gives: .null)
            }
            try await scene.expect(.add(), gives: .int32(0))
            try await scene.expect(.multiply(), gives: .int32(1))
        }
    }

    private static func widens<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: AggregatingDocumentQuerying {
        law(
            "expression.widens",
            "A result that does not fit 32 bits has 64, and beyond those it is real."
        ) { scene in
            let (narrow, wide) = (DocumentExpression.field("narrow"), DocumentExpression.field("wide"))
            try await scene.put(["narrow": .int32(.max), "wide": .int64(.max)])
            try await scene.expect(.add(narrow, narrow), gives: .int64(4_294_967_294))
            try await scene.expect(
                .multiply(narrow, narrow), gives: .int64(4_611_686_014_132_420_609))
            try await scene.expect(
                .subtract(-3, narrow), gives: .int64(-2_147_483_650))
            try await scene.expect(.add(wide, 1), gives: .double(0x1p63))
            try await scene.expect(.multiply(wide, 2), gives: .double(0x1p64))
            try await scene.expect(.subtract(-3, wide), gives: .double(-0x1p63))
            try await scene.expect(.absolute(.literal(.int32(.min))), gives: .int64(2_147_483_648))
        }
    }

    private static func addsExactly<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: AggregatingDocumentQuerying {
        law(
            "expression.adds-exactly",
            "A sum is more exact than adding one number to the other: 64-bit integers do not "
                + "overflow on the way, and tenths add up."
        ) { scene in
            try await scene.put(["a": .int64(.max), "b": 0.1, "c": 0.2, "d": 0.3])
            try await scene.expect(.add(.field("a"), 1, -1), gives: .int64(.max))
            try await scene.expect(.add(.field("b"), .field("c"), .field("d")), gives: .double(0.6))
            try await scene.expect(
                .sum(of: .array([.field("b"), .field("c"), .field("d")])), gives: .double(0.6))
        }
    }

    private static func subtracts<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: AggregatingDocumentQuerying {
        law(
            "expression.subtract",
            "subtract gives the difference in the wider type; of two moments the milliseconds."
        ) { scene in
            let moment = DocumentDate(millisecondsSince1970: 1_000)
            try await scene.put(["a": .int32(2), "b": 5.5, "d": .date(moment)])
            try await scene.expect(.subtract(.field("a"), .field("b")), gives: .double(-3.5))
            try await scene.expect(.subtract(.field("a"), .field("a")), gives: .int32(0))
            try await scene.expect(
                .subtract(.field("d"), .literal(.date(DocumentDate(millisecondsSince1970: 400)))),
                gives: .int64(600))
            try await scene.expect(
                .subtract(.field("d"), .field("a")),
                gives: .date(DocumentDate(millisecondsSince1970: 998)))
        }
    }

    private static func divides<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: AggregatingDocumentQuerying {
        law(
            "expression.divide",
            "divide gives a real number or a decimal; by zero it is invalidArgument."
        ) { scene in
            try await scene.put(["a": 6, "b": 3, "z": 0])
            try await scene.expect(.divide(.field("a"), .field("b")), gives: .double(2))
            try await scene.expect(.divide(.field("b"), .field("a")), gives: .double(0.5))
            for zero: DocumentValue in [.int32(0), 0, -0.0, .decimal128(.zero)] {
                try await scene.put(["a": 6, "z": zero])
                try await scene.expect(
                    .divide(.field("a"), .field("z")), throws: .invalidArgument)
                try await scene.expect(.mod(.field("a"), .field("z")), throws: .invalidArgument)
            }
        }
    }

    private static func leavesRemainders<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: AggregatingDocumentQuerying {
        law(
            "expression.mod",
            "mod has the sign of what is divided, and the wider type; a real divisor that is a "
                + "whole number counts as one."
        ) { scene in
            func expect(
                _ left: DocumentValue, _ right: DocumentValue, _ result: DocumentValue
            ) async throws {
                try await scene.put(["a": left, "b": right])
                try await scene.expect(.mod(.field("a"), .field("b")), gives: result)
            }
            try await expect(.int32(-7), .int32(3), .int32(-1))
            try await expect(7, .int32(-3), .int64(1))
            try await expect(7.5, 2, .double(1.5))
            try await expect(.int32(7), 2.0, .int32(1))
            try await expect(.int32(7), 2.5, .double(2))
            try await expect(.int64(.min), -1, .int64(0))
        }
    }

    private static func roundsNumbers<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: AggregatingDocumentQuerying {
        law(
            "expression.round",
            "Rounding goes to the even neighbour from the middle, or towards zero, in the number's "
                + "type; a number of digits below zero means tens."
        ) { scene in
            func expect(
                _ value: DocumentValue, _ places: Int, _ near: DocumentValue, _ zero: DocumentValue
            ) async throws {
                try await scene.put(["a": value])
                try await scene.expect(.rounded(.field("a"), places: places), gives: near)
                try await scene.expect(
                    .rounded(.field("a"), places: places, .towardZero), gives: zero)
            }
            try await expect(2.5, 0, 2.0, 2.0)
            try await expect(1.35, 1, 1.4, 1.3)
            try await expect(-1.5, 0, -2.0, -1.0)
            try await expect(.int32(25), -1, .int32(20), .int32(20))
            try await expect(.int32(.max), -1, .int64(2_147_483_650), .int32(2_147_483_640))
            try await expect(7, 3, 7, 7)
            try await scene.put(["a": .int64(.max)])
            try await scene.expect(.rounded(.field("a"), places: -1), throws: .outOfRange)
        }
    }

    private static func roundsWhole<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: AggregatingDocumentQuerying {
        law(
            "expression.whole",
            "ceiling, floor and absolute keep the type; the least integer has no opposite."
        ) { scene in
            try await scene.put(["a": -1.2, "b": .int32(-4), "c": .int64(.min)])
            try await scene.expect(.ceiling(.field("a")), gives: -1.0)
            try await scene.expect(.floor(.field("a")), gives: -2.0)
            try await scene.expect(.absolute(.field("a")), gives: 1.2)
            try await scene.expect(.ceiling(.field("b")), gives: .int32(-4))
            try await scene.expect(.absolute(.field("b")), gives: .int32(4))
            try await scene.expect(.absolute(.field("c")), throws: .outOfRange)
        }
    }

    private static func decimals<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: AggregatingDocumentQuerying {
        law(
            "expression.decimal",
            "With a decimal the result is one, with the places that decimal arithmetic gives it."
        ) { scene in
            func decimal(_ text: String) -> DocumentValue {
                .decimal128(Decimal128(text) ?? .notANumber)
            }
            let (a, b) = (DocumentExpression.field("a"), DocumentExpression.field("b"))
            try await scene.put(["a": decimal("7.50"), "b": decimal("-2")])
            try await scene.expect(.add(a, b), gives: decimal("5.50"))
            try await scene.expect(.add(a, 1.5), gives: decimal("9.00"))
            try await scene.expect(.subtract(a, b), gives: decimal("9.50"))
            try await scene.expect(.multiply(a, b), gives: decimal("-15.00"))
            try await scene.expect(.divide(a, b), gives: decimal("-3.75"))
            try await scene.expect(
                .divide(b, 3), gives: decimal("-0.6666666666666666666666666666666667"))
            try await scene.expect(.mod(a, b), gives: decimal("1.50"))
            try await scene.expect(.rounded(a), gives: decimal("8"))
            try await scene.expect(.rounded(a, places: 3), gives: decimal("7.500"))
            try await scene.expect(.floor(a), gives: decimal("7"))
            try await scene.expect(.absolute(b), gives: decimal("2"))
            try await scene.expect(.average(of: .array([.field("a"), 1])), gives: decimal("4.25"))
        }
    }

    private static func addsMoments<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: AggregatingDocumentQuerying {
        law(
            "expression.add-moment",
            "A moment and numbers are a moment so many milliseconds later; two moments are wrongType."
        ) { scene in
            try await scene.put(["d": .date(DocumentDate(millisecondsSince1970: 5)), "n": 3.5])
            try await scene.expect(
                .add(1, .field("d"), .field("n")),
                gives: .date(DocumentDate(millisecondsSince1970: 9)))
            try await scene.expect(.add(.field("d"), .field("d")), throws: .wrongType)
            try await scene.expect(.add(.field("d"), .literal(.int64(.max))), throws: .outOfRange)
        }
    }

    private static func sumsArrays<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: AggregatingDocumentQuerying {
        law(
            "expression.arrays-of-numbers",
            "sum, average, min and max look at an array's elements, but not at arrays in it; what "
                + "is no array stands for itself."
        ) { scene in
            try await scene.put([
                "a": [.int32(1), .int32(5), "x", .null, [9]], "n": 7, "t": "x", "e": [],
                "p": [["l": 1], ["l": 2], [:]],
            ])
            try await scene.expect(.sum(of: .field("a")), gives: .int32(6))
            try await scene.expect(.average(of: .field("a")), gives: .double(3))
            try await scene.expect(.min(of: .field("a")), gives: .int32(1))
            try await scene.expect(.max(of: .field("a")), gives: [9])
            try await scene.expect(.sum(of: .field("n")), gives: 7)
            try await scene.expect(.sum(of: .field("t")), gives: .int32(0))
            try await scene.expect(.average(of: .field("t")), gives: .null)
            try await scene.expect(.max(of: .field("e")), gives: .null)
            try await scene.expect(.sum(of: .field("p.l")), gives: 3)
            try await scene.expect(
                .unary(.standardDeviationOfPopulation, .field("a")), gives: .double(2))
            try await scene.expect(
                .unary(.standardDeviationOfSample, .field("n")), gives: .null)
        }
    }

    private static func unfitNumbers<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: AggregatingDocumentQuerying {
        law("expression.unfit", "What an operator cannot compute with is wrongType.") { scene in
            let (t, n) = (DocumentExpression.field("t"), DocumentExpression.field("n"))
            try await scene.put(["t": "x", "n": 1, "b": true, "a": [1]])
            for expression: DocumentExpression in [
                .add(n, t), .multiply(n, .field("b")), .subtract(t, n), .divide(n, t), .mod(t, n),
                .absolute(t), .ceiling(.field("a")), .floor(t), .rounded(t), .concat(t, n),
                .lowercased(n), .uppercased(.field("a")), .characterCount(of: n),
                .characterCount(of: .field("x")), .unary(.byteCount, .literal(.null)),
                .count(of: t), .count(of: .field("x")), .element(at: 0, of: t),
                .element(at: 0.5, of: .field("a")), .element(at: t, of: .field("a")),
                .isIn(n, t), .concatArrays(.field("a"), n), .filter(n, as: "e", where: true),
                .map(t, as: "e", 1), .datePart(.year, of: n),
            ] {
                try await scene.expect(expression, throws: .wrongType)
            }
        }
    }

    private static func constantsFirst<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: AggregatingDocumentQuerying {
        law(
            "expression.constants",
            "An expression without fields is computed once, and its error is thrown without a "
                + "document; one with a field has none where there is no document."
        ) { scene in
            try await scene.put([:])
            let constant = DocumentExpression.divide(1, 0)
            try await scene.expect(
                .match(.either([])), .addFields(["x": .add(.field("a"), constant)]),
                throws: .invalidArgument)
            try await scene.expect(
                .match(.either([])), .addFields(["x": .divide(.field("a"), 0)]), gives: [])
            try await scene.expect(.add(.multiply(2, 3), 1), gives: .int64(7))
        }
    }
}
