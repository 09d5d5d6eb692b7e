public import StorageKit

/// A thing to be inserted in bulk.
private struct BulkThing: Codable, Equatable, Sendable {
    var id: Int
    var name: String
    var number: Int
    var parent: Int?
}

extension RelationalLaws {
    /// What a store promises that inserts in bulk, and its connections too.
    ///
    /// The harness's type is given only to name it.
    public static func bulkInsertCases<Harness: RelationalHarness>(
        for harness: Harness.Type = Harness.self
    ) -> [ConformanceCase<Harness>]
    where Harness.Subject: BulkInsertQuerying, Harness.Subject.Connection: BulkInsertQuerying {
        [bulkRows(), bulkValues(), bulkFails(), bulkSourceFails(), bulkInside(), bulkNone()]
    }

    private static func things(_ ids: some Sequence<Int>) -> [BulkThing] {
        ids.map {
            BulkThing(id: $0, name: "thing \($0)", number: $0, parent: $0 > 1 ? $0 - 1 : nil)
        }
    }

    private static func bulkRows<H: RelationalHarness>() -> ConformanceCase<H>
    where H.Subject: BulkInsertQuerying {
        law("bulk.all-rows", "Every row is there when the call returns, and their number is told.")
        {
            scene in
            let count = try await scene.store.insert(things(1...1000), into: "thing")
            try scene.context.expectEqual(count, 1000, "the number of entities")
            let found = try await scene.store.query(
                "SELECT * FROM thing ORDER BY id", as: BulkThing.self, limit: 2000)
            try scene.context.expectEqual(found, things(1...1000), "the rows")
            let more = AsyncStream { continuation in
                for id in 1001...1500 { continuation.yield((id, "thing \(id)", id)) }
                continuation.finish()
            }
            let awaited = try await scene.store.insert(
                more, into: "thing", columns: ["id", "name", "number"])
            try scene.context.expectEqual(awaited, 500, "the number of tuples")
            try await scene.expect(Array(1...1500), "after both")
        }
    }

    private static func bulkValues<H: RelationalHarness>() -> ConformanceCase<H>
    where H.Subject: BulkInsertQuerying {
        law("bulk.values", "A value is the same as in a single INSERT, whatever characters it has.")
        {
            scene in
            let texts = [
                "", "\t", "\n", "\r\n", "\\", "\\.", "\\N", "NULL", "'", "\"", ",", "{}", "\u{8}",
                "e\u{301}", "𝄞", "'); DROP TABLE thing; --", String(repeating: "\\t", count: 9_999),
            ]
            let rows = texts.enumerated().map { ($0.offset, $0.element, 0) }
            try await scene.store.insert(rows, into: "thing", columns: ["id", "name", "number"])
            let found = try await scene.store.query(
                "SELECT name FROM thing ORDER BY id", as: String.self, limit: 100)
            for (text, other) in zip(texts, found) {
                try scene.context.expect(
                    text.unicodeScalars.elementsEqual(other.unicodeScalars),
                    "\(text.prefix(20).debugDescription) to come back",
                    seen: other.prefix(20).debugDescription)
            }
            try scene.context.expectEqual(found.count, texts.count, "the number of rows")
        }
    }

    private static func bulkFails<H: RelationalHarness>() -> ConformanceCase<H>
    where H.Subject: BulkInsertQuerying {
        law("bulk.all-or-nothing", "A row that breaks a rule at the end leaves none of the others.")
        {
            scene in
            try await scene.insert([2000], on: scene.store)
            var rows = things(1...700)
            rows.append(BulkThing(id: 701, name: "thing 2000", number: 0))
            try await scene.context.expectThrows(.constraintViolation, "a taken name at the end") {
                [rows] in
                try await scene.store.insert(rows, into: "thing")
            }
            try await scene.expect([2000], "after the refused rows")
            try await scene.context.expectThrows(.invalidArgument, "tuples of another width") {
                try await scene.store.insert([(1, "a")], into: "thing", columns: ["id"])
            }
        }
    }

    private static func bulkSourceFails<H: RelationalHarness>() -> ConformanceCase<H>
    where H.Subject: BulkInsertQuerying {
        law("bulk.source-fails", "A sequence that throws leaves nothing, and its error is thrown.")
        {
            scene in
            let source = AsyncThrowingStream<BulkThing, any Error> { continuation in
                for thing in things(1...600) { continuation.yield(thing) }
                continuation.finish(throwing: RelationalScene<H>.Oops())
            }
            try await scene.expectOops("the insert") {
                try await scene.store.insert(source, into: "thing")
            }
            try await scene.expect([], "after a sequence that threw")
            try await scene.store.insert(things(1...3), into: "thing")
            try await scene.expect([1, 2, 3], "after the next one")
        }
    }

    private static func bulkInside<H: RelationalHarness>() -> ConformanceCase<H>
    where H.Subject.Connection: BulkInsertQuerying {
        law(
            "bulk.in-transaction",
            "On a connection the rows belong to its transaction, which goes on after a refusal."
        ) { scene in
            try await scene.expectOops("the transaction") {
                try await scene.store.withTransaction { transaction in
                    try await transaction.insert(things(1...300), into: "thing")
                    throw RelationalScene<H>.Oops()
                }
            }
            try await scene.expect([], "after a transaction that was rolled back")
            try await scene.store.withTransaction { transaction in
                try await transaction.insert(things(1...2), into: "thing")
                let clash = BulkThing(id: 9, name: "thing 1", number: 0)
                try await scene.context.expectThrows(.constraintViolation, "a taken name inside") {
                    try await transaction.insert(things(3...4) + [clash], into: "thing")
                }
                try await scene.insert([5], on: transaction)
            }
            try await scene.expect([1, 2, 5], "after a refusal inside a transaction")
        }
    }

    private static func bulkNone<H: RelationalHarness>() -> ConformanceCase<H>
    where H.Subject: BulkInsertQuerying {
        law("bulk.none", "No rows are none, and no error.") { scene in
            let none = try await scene.store.insert([BulkThing](), into: "thing")
            try scene.context.expectEqual(none, 0, "the number of no entities")
            let tuples = try await scene.store.insert(
                [(Int, String, Int)](), into: "thing", columns: ["id", "name", "number"])
            try scene.context.expectEqual(tuples, 0, "the number of no tuples")
            try await scene.expect([], "after both")
        }
    }
}
