#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif
import StorageKit

/// What something costs.
private struct Price: Codable, Sendable {
    var id: Int
    var amount: Decimal
    var old: Decimal?
}

private struct Prices: TableDescription {
    typealias Row = Price
    static let name = "price"
    let id = TableColumn<Int>("id")
    let amount = TableColumn<Decimal>("amount")
    let old = TableColumn<Decimal?>("old")
}

extension RelationalLaws {
    static func queryDecimals<H: RelationalHarness>() -> ConformanceCase<H> {
        law(
            "query.decimals",
            "Decimal numbers are compared, ordered and computed with as the numbers they are, with "
                + "every digit, however they are written."
        ) { scene in
            let prices = try await fill(scene)
            for bound in prices.map(\.amount) {
                let conditions:
                    [(
                        String, (TableReference<Prices>) -> SQLPredicate, (Price) -> Bool
                    )] = [
                        ("is", { $0.amount == bound }, { $0.amount == bound }),
                        ("is not", { $0.old != bound }, { $0.old != bound }),
                        ("is below", { $0.amount < bound }, { $0.amount < bound }),
                        ("is among", { $0.amount.isIn([bound, 7]) }, { $0.amount == bound }),
                        (
                            "and a half is above", { $0.amount + Self.half > bound },
                            { $0.amount + Self.half > bound }
                        ),
                        (
                            "minus what it was is below", { $0.amount - bound * 2 < $0.amount },
                            { $0.amount - bound * 2 < $0.amount }
                        ),
                    ]
                for (what, condition, holds) in conditions {
                    let query = Prices.all.filter(condition).order { [$0.id.ascending] }
                    let found = try await scene.store.query(query.select { $0.id }, limit: 9)
                    try scene.context.expectEqual(
                        found, prices.filter(holds).map(\.id), "the prices for \(what) \(bound)")
                }
            }
            let amounts = prices.map(\.amount)
            let sorted = try await scene.store.query(
                Prices.all.order { [$0.amount.ascending] }.select { $0.amount }, limit: 9)
            try scene.context.expectEqual(sorted, amounts.sorted(), "the amounts in order")
            let different = try await scene.store.query(
                Prices.all.order { [$0.amount.descending] }.select { $0.amount }.distinct, limit: 9)
            try scene.context.expectEqual(
                different, Set(amounts).sorted(by: >), "the different amounts")
            try await expectComputed(scene, amounts)
        }
    }

    private static let half = Decimal(sign: .plus, exponent: -1, significand: 5)

    /// Puts in the same numbers with more zeros than they need.
    private static func fill(
        _ scene: RelationalScene<some RelationalHarness>
    ) async throws -> [Price] {
        let decimal = scene.harness.columnType(.decimal)
        try await scene.store.execute(
            """
            CREATE TABLE price (id INTEGER PRIMARY KEY, amount \(decimal) NOT NULL, old \(decimal))
            """)
        let texts: [(String, String?)] = [
            ("1.00", "1"), ("10", nil), ("9", "9.0"), ("-0.50", "0.1"), ("1.0", "10"),
            ("12345678901234567890.123456789", "-0.5"),
        ]
        for (id, (amount, old)) in texts.enumerated() {
            try await scene.store.execute(
                "INSERT INTO price (id, amount, old) VALUES (\(id), \(amount), \(old as String?))")
        }
        return texts.enumerated().map { id, price in
            Price(
                id: id, amount: Decimal(string: price.0) ?? 0,
                old: price.1.flatMap { Decimal(string: $0) })
        }
    }

    private static func expectComputed(
        _ scene: RelationalScene<some RelationalHarness>, _ amounts: [Decimal]
    ) async throws {
        let total = amounts.reduce(0, +)
        let sum = try await scene.store.first(Prices.all.select { $0.amount.sum() })
        try scene.context.expectEqual(sum, total, "the sum")
        let ends = Prices.all.select { ($0.amount.minimum(), $0.amount.maximum()) }
        let (least, greatest) = try await scene.store.first(ends) ?? (nil, nil)
        try scene.context.expectEqual(
            [least, greatest], [amounts.min(), amounts.max()], "the least and the greatest")
        try await scene.store.execute(
            Prices.updateEveryRow { [$0.set(\.amount, to: $0.amount * half - 1)] })
        let changed = try await scene.store.query(
            Prices.all.order { [$0.id.ascending] }.select { $0.amount }, limit: 9)
        try scene.context.expectEqual(changed, amounts.map { $0 * half - 1 }, "the new amounts")
    }
}
