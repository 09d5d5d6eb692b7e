import StorageKit

extension RelationalLaws {
    static func statementCases<H: RelationalHarness>() -> [ConformanceCase<H>] {
        [countsRows(), parameters(), firstIsFirst(), limitIsAnError(), returning(), shapesAgree()]
    }

    private static func countsRows<H: RelationalHarness>() -> ConformanceCase<H> {
        law("statement.counts-rows", "execute says how many rows it changed.") { scene in
            let store = scene.store
            try scene.context.expectEqual(
                try await scene.insert(1...3, on: store), 3, "rows of an insert")
            let updated = try await store.execute("UPDATE thing SET number = 9 WHERE id > 1")
            try scene.context.expectEqual(updated.rowCount, 2, "rows of an update")
            let none = try await store.execute("DELETE FROM thing WHERE id > 3")
            try scene.context.expectEqual(none.rowCount, 0, "rows of a delete that found none")
            try await scene.expect([1, 2, 3], "after the statements")
        }
    }

    private static func parameters<H: RelationalHarness>() -> ConformanceCase<H> {
        law(
            "statement.values-are-parameters",
            "A value reaches the database as it is and never changes what a statement means."
        ) { scene in
            let texts = [
                "", "'", "''; DROP TABLE thing; --", "\"", "\\", "?", "$1", "%", "_", "\n", "𝄞",
                "e\u{301}", String(repeating: "x", count: 100_000),
            ]
            for (id, text) in texts.enumerated() {
                try await scene.store.execute(
                    "INSERT INTO thing (id, name, number) VALUES (\(id), \(text), 0)")
                let found = try await scene.store.first(
                    "SELECT id, name FROM thing WHERE name = \(text)", as: (Int, String).self)
                try scene.context.expect(
                    found?.0 == id
                        && found?.1.unicodeScalars.elementsEqual(text.unicodeScalars)
                            == true,
                    "the text number \(id) to come back")
            }
            try await scene.expect(Array(texts.indices), "after all texts")
        }
    }

    private static func firstIsFirst<H: RelationalHarness>() -> ConformanceCase<H> {
        law("statement.first", "first gives the first row, and nil where there is none.") { scene in
            let none = try await scene.store.first("SELECT id FROM thing", as: Int.self)
            try scene.context.expectEqual(none, nil, "first of no rows")
            try await scene.insert(1...3, on: scene.store)
            let first = try await scene.store.first(
                "SELECT id FROM thing ORDER BY id DESC", as: Int.self)
            try scene.context.expectEqual(first, 3, "first of three rows")
        }
    }

    private static func limitIsAnError<H: RelationalHarness>() -> ConformanceCase<H> {
        law(
            "statement.limit",
            "query with a limit gives that many rows and throws limitExceeded for one more; a "
                + "statement that writes has then changed nothing."
        ) { scene in
            try await scene.insert(1...3, on: scene.store)
            let all: SQL = "SELECT id FROM thing ORDER BY id"
            let three = try await scene.store.query(all, as: Int.self, limit: 3)
            try scene.context.expectEqual(three, [1, 2, 3], "three rows within a limit of 3")
            try await scene.context.expectThrows(.limitExceeded, "three rows over a limit of 2") {
                try await scene.store.query(all, as: Int.self, limit: 2)
            }
            try await scene.context.expectThrows(.limitExceeded, "a delete over its limit") {
                try await scene.store.query(
                    "DELETE FROM thing RETURNING id", as: Int.self, limit: 2)
            }
            try await scene.expect([1, 2, 3], "after a delete that exceeded its limit")
            try await scene.store.withTransaction { transaction in
                try await scene.insert([4], on: transaction)
                try await scene.context.expectThrows(.limitExceeded, "the same inside") {
                    try await transaction.query(
                        "DELETE FROM thing RETURNING id", as: Int.self, limit: 2)
                }
            }
            try await scene.expect([1, 2, 3, 4], "after the transaction around such a delete")
        }
    }

    private static func returning<H: RelationalHarness>() -> ConformanceCase<H> {
        law("statement.returning", "A statement that writes may be asked for rows.") { scene in
            let insert: SQL = "INSERT INTO thing (id, name, number) VALUES (1, 'a', 7), (2, 'b', 8)"
            let pairs = try await scene.store.query(
                "\(insert) RETURNING id, number", as: (Int, Int).self, limit: 2)
            try scene.context.expect(
                pairs.count == 2 && pairs[0] == (1, 7) && pairs[1] == (2, 8),
                "the rows that were inserted", seen: "\(pairs)")
            let number = try await scene.store.first(
                "UPDATE thing SET number = number + 1 WHERE id = 1 RETURNING number", as: Int.self)
            try scene.context.expectEqual(number, 8, "the number returned by an update")
            var gone: [Int] = []
            let deleted = scene.store.query("DELETE FROM thing RETURNING id", as: Int.self)
            for try await id in deleted { gone.append(id) }
            try scene.context.expectEqual(gone.sorted(), [1, 2], "what a delete returned")
            try await scene.expect([], "after the delete")
        }
    }

    private struct Thing: Codable, Equatable, Sendable {
        var id: Int
        var name: String
        var number: Int
        var parent: Int?
    }

    private static func shapesAgree<H: RelationalHarness>() -> ConformanceCase<H> {
        law(
            "statement.shapes-agree",
            "A struct is filled by names, a tuple by the order of columns; a row that does not fit "
                + "is decodingFailed."
        ) { scene in
            try await scene.insert(1...2, on: scene.store)
            try await scene.store.execute("UPDATE thing SET parent = 1 WHERE id = 2")
            let expected = [
                Thing(id: 1, name: "thing 1", number: 1, parent: nil),
                Thing(id: 2, name: "thing 2", number: 2, parent: 1),
            ]
            let structs = try await scene.store.query(
                "SELECT parent, number, name, id FROM thing ORDER BY id", as: Thing.self, limit: 9)
            try scene.context.expectEqual(structs, expected, "rows as structs")
            let tuples = try await scene.store.query(
                "SELECT id, name, number, parent FROM thing ORDER BY id",
                as: (Int, String, Int, Int?).self, limit: 9)
            try scene.context.expectEqual(
                tuples.map { Thing(id: $0.0, name: $0.1, number: $0.2, parent: $0.3) }, expected,
                "rows as tuples")
            try await scene.context.expectThrows(.decodingFailed, "NULL for an Int") {
                try await scene.store.first("SELECT parent FROM thing WHERE id = 1", as: Int.self)
            }
            try await scene.context.expectThrows(.decodingFailed, "a tuple of another width") {
                try await scene.store.first("SELECT id FROM thing", as: (Int, Int).self)
            }
        }
    }
}
