import Foundation
import StorageKit
import StorageKitTesting
import TestSupport
import Testing

@testable import RelationalBackend

@Suite("Decimal numbers in SQLite")
struct SQLiteDecimalTests {
    @Test("arithmetic is exact, as with Decimal where that has the digits")
    func arithmetic() throws {
        var generator = SeededGenerator(seed: testSeed)
        for _ in 0..<2_000 {
            let (left, right) = (Self.decimal(&generator), Self.decimal(&generator))
            let (one, other) = try (
                #require(DecimalDigits("\(left)")), #require(DecimalDigits("\(right)"))
            )
            for (operation, expected) in [
                (.sum, left + right), (.difference, left - right), (.product, left * right),
            ] as [(SQLArithmetic, Decimal)] {
                let result = try one.computed(operation, other)
                #expect(
                    result == DecimalDigits("\(expected)"),
                    "\(operation) of \(left) and \(right), seed \(testSeed)")
            }
        }
    }

    @Test("a result has all the digits it takes, and a number that is too long is refused")
    func length() throws {
        let nines = try #require(DecimalDigits(String(repeating: "9", count: 100)))
        let square =
            String(repeating: "9", count: 99) + "8" + String(repeating: "0", count: 99) + "1"
        #expect(try nines.computed(.product, nines).description == square)
        let long = try #require(DecimalDigits("1e1000"))
        #expect(throws: StorageError.self) { try long.computed(.sum, nines) }
        #expect(throws: StorageError.self) { try nines.computed(.sum, long) }
    }

    @Test("the order is total: numbers by value, and behind them whatever is none")
    func order() {
        let texts = ["-2", "-1.5", "0", "0.10", "1", "9", "10", "", "1e9999", "NaN", "ten"]
        for (index, left) in texts.enumerated() {
            for (other, right) in texts.enumerated() {
                let expected = (index < other ? -1 : index == other ? 0 : 1) as Int32
                #expect(SQLiteDecimals.collation.compare(left, right) == expected)
            }
        }
        #expect(SQLiteDecimals.collation.compare("1.0", "01.00") == 0)
    }

    @Test("a number with more digits than a Decimal has is an error and not another number")
    func tooManyDigits() async throws {
        let database = try await QueryTables.empty()
        let long = "1.23456789012345678901234567890123456789012345"
        try await database.execute("INSERT INTO price (id, amount) VALUES (1, \(long))")
        let amount = Prices.all.select { $0.amount }
        try await expectError(.decodingFailed) { _ = try await database.first(amount) }
        try await expectError(.decodingFailed) { _ = try await database.first(Prices.all) }
        try await database.execute("UPDATE price SET amount = \("1e-300")")
        try await expectError(.decodingFailed) { _ = try await database.first(amount) }
        for extreme in [Decimal.greatestFiniteMagnitude, .leastFiniteMagnitude] {
            try await database.execute(
                Prices.updateEveryRow { [$0.set(\.amount, to: extreme)] })
            #expect(try await database.first(amount) == extreme)
        }
        await database.close()
    }

    @Test("what is no number is an error when it is computed with")
    func noNumbers() async throws {
        let database = try await QueryTables.empty()
        try await database.execute("INSERT INTO price (id, amount) VALUES (1, 'free')")
        try await expectError(.decodingFailed) {
            _ = try await database.first(Prices.all.select { $0.amount.sum() })
        }
        try await expectError(.decodingFailed) {
            try await database.execute(
                Prices.updateEveryRow { [$0.set(\.amount, to: $0.amount + 1)] })
        }
        #expect(try await database.count(Prices.all.filter { $0.amount > 1_000_000 }) == 1)
        await database.close()
    }

    @Test("an index with the order serves a comparison, and a unique column an upsert")
    func indexes() async throws {
        let database = try await QueryTables.filled()
        try await database.execute(
            "CREATE INDEX price_amount ON price (amount COLLATE STORAGEKIT_DECIMAL)")
        let plan = try await database.explain(Prices.all.filter { $0.amount > 9 })
        #expect(plan.description.contains("USING INDEX price_amount"))
        try await database.execute("CREATE UNIQUE INDEX price_old ON price (old)")
        let insertion = Prices.insert(Price(id: 9, amount: 9, old: Decimal(string: "9.5")))
        let upsert = insertion.upserting(of: { [$0.old] }) { old, new in
            [old.set(\.amount, to: old.amount + new.amount)]
        }
        try await database.execute(upsert)
        let changed = Prices.all.filter { $0.id == 3 }.select { $0.amount }
        #expect(try await database.first(changed) == Decimal(string: "18.5"))
        await database.close()
    }

    private static func decimal(_ generator: inout SeededGenerator) -> Decimal {
        let digits = Int.random(in: 0...999_999_999_999, using: &generator)
        let exponent = Int.random(in: -6...2, using: &generator)
        return Decimal(
            sign: Bool.random(using: &generator) ? .minus : .plus, exponent: exponent,
            significand: Decimal(digits))
    }
}
