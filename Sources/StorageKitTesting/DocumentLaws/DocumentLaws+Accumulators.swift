import StorageKit

extension DocumentLaws {
    static func accumulatorCases<H: DocumentHarness>() -> [ConformanceCase<H>]
    where H.Subject: AggregatingDocumentQuerying {
        [
            sums(), averages(), extremes(), firstAndLast(), pushes(), addsToSets(), countsGroups(),
            deviations(), accumulatesMade(),
        ]
    }

    private static func sums<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: AggregatingDocumentQuerying {
        law(
            "accumulator.sum",
            "sum adds the numbers, in the widest type, exactly; an array is none, and of none it "
                + "is the 32-bit 0."
        ) { scene in
            let sum = DocumentAccumulator.sum(Field("a"))
            try await scene.expect(sum, of: .int32(1), "x", nil, .null, [5], .int32(2), gives: .int32(3))
            try await scene.expect(sum, of: .int32(.max), .int32(1), gives: .int64(2_147_483_648))
            try await scene.expect(sum, of: .int32(1), 1, gives: .int64(2))
            try await scene.expect(sum, of: .int64(.max), 1, gives: .double(0x1p63))
            try await scene.expect(sum, of: .int64(.max), 1, -1, gives: .int64(.max))
            try await scene.expect(sum, of: 0.1, 0.2, 0.3, gives: .double(0.6))
            try await scene.expect(
                sum, of: .decimal128(Decimal128("1.10") ?? .zero), 2,
                gives: .decimal128(Decimal128("3.10") ?? .zero))
            try await scene.expect(sum, of: "x", gives: .int32(0))
        }
    }

    private static func averages<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: AggregatingDocumentQuerying {
        law("accumulator.average", "average is a real number or a decimal; of no number, null.") {
            scene in
            let average = DocumentAccumulator.average(Field("a"))
            try await scene.expect(average, of: 1, "x", nil, .null, 2, gives: .double(1.5))
            try await scene.expect(
                average, of: .decimal128(Decimal128("1.10") ?? .zero), 2,
                gives: .decimal128(Decimal128("1.55") ?? .zero))
            try await scene.expect(average, of: "x", nil, gives: .null)
        }
    }

    private static func extremes<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: AggregatingDocumentQuerying {
        law(
            "accumulator.min-and-max",
            "min and max are of all types, in their order, but not of null; an array is a value."
        ) { scene in
            let (least, greatest) = (
                DocumentAccumulator.min(Field("a")), DocumentAccumulator.max(Field("a"))
            )
            try await scene.expect(least, of: "x", .null, 5, nil, 3, gives: 3)
            try await scene.expect(greatest, of: "x", .null, 5, nil, [1], gives: [1])
            try await scene.expect(least, of: .null, nil, gives: .null)
            try await scene.expect(greatest, of: nil, .null, gives: .null)
        }
    }

    private static func firstAndLast<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: AggregatingDocumentQuerying {
        law(
            "accumulator.first-and-last",
            "first and last are the values of the first and the last document, null for nothing."
        ) { scene in
            let (first, last) = (
                DocumentAccumulator.first(Field("a")), DocumentAccumulator.last(Field("a"))
            )
            try await scene.expect(first, of: 1, 2, 3, gives: 1)
            try await scene.expect(last, of: 1, 2, 3, gives: 3)
            try await scene.expect(first, of: nil, 2, gives: .null)
            try await scene.expect(last, of: 1, nil, gives: .null)
        }
    }

    private static func pushes<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: AggregatingDocumentQuerying {
        law("accumulator.push", "push collects the values in their order, but not nothing.") {
            scene in
            let push = DocumentAccumulator.push(Field("a"))
            try await scene.expect(push, of: 3, nil, .null, 3, [1], gives: [3, .null, 3, [1]])
            try await scene.expect(push, of: nil, gives: [])
        }
    }

    private static func addsToSets<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: AggregatingDocumentQuerying {
        law("accumulator.add-to-set", "addToSet collects one value of each worth.") { scene in
            try await scene.put(
                ["a": 1], ["a": 1], ["a": 1.0], ["a": .null], ["a": .null], [:], ["a": [1]])
            let seen = try await scene.results([.group(["x": .addToSet(Field("a"))])])
            guard case .array(let values)? = seen.first?["x"] else {
                try scene.context.expect(false, "a set", seen: "\(seen)")
                return
            }
            let worths = values.map { $0.isEqual(to: 1) ? 1 : $0 }
            try scene.context.expectEqual(Set(worths), [1, .null, [1]], "the set")
            try scene.context.expectEqual(values.count, 3, "the size of the set")
        }
    }

    private static func countsGroups<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: AggregatingDocumentQuerying {
        law("accumulator.count", "count is how many documents there are, whatever they have.") {
            scene in
            try await scene.expect(.count, of: 1, nil, .null, "x", gives: .int32(4))
        }
    }

    private static func deviations<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: AggregatingDocumentQuerying {
        law(
            "accumulator.deviation",
            "A standard deviation is that of the numbers, as a population or as a sample; of too "
                + "few, null."
        ) { scene in
            let (population, sample) = (
                DocumentAccumulator.standardDeviationOfPopulation(Field("a")),
                DocumentAccumulator.standardDeviationOfSample(Field("a"))
            )
            try await scene.expect(population, of: 1, "x", 5, nil, gives: .double(2))
            try await scene.expect(sample, of: 1, 3, 5, gives: .double(2))
            try await scene.expect(population, of: 1, gives: .double(0))
            try await scene.expect(sample, of: 1, gives: .null)
            try await scene.expect(population, of: "x", gives: .null)
        }
    }

    private static func accumulatesMade<H: DocumentHarness>() -> ConformanceCase<H>
    where H.Subject: AggregatingDocumentQuerying {
        law(
            "accumulator.expressions",
            "An accumulator takes any expression: documents, arrays and values that look like "
                + "operators too."
        ) { scene in
            let made = DocumentExpression.document(["n": .field("a")])
            try await scene.expect(.push(made), of: 1, nil, gives: [["n": 1], [:]])
            try await scene.expect(
                .push(.array([.field("a"), 2])), of: 1, nil, gives: [[1, 2], [.null, 2]])
            try await scene.expect(.first(.literal("$a")), of: 1, gives: "$a")
            try await scene.expect(.sum(.multiply(.field("a"), 2)), of: 1, 2, gives: 6)
        }
    }
}
