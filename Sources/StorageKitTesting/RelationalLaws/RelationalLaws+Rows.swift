import StorageKit

extension RelationalLaws {
    static func rowCases<H: RelationalHarness>() -> [ConformanceCase<H>] {
        [rowsInOrder(), rowsAnew(), rowsLeft(), rowsFail(), rowsInside()]
    }

    private static let allIDs: SQL = "SELECT id FROM thing ORDER BY id"

    private static func rowsInOrder<H: RelationalHarness>() -> ConformanceCase<H> {
        law("rows.all-in-order", "A sequence gives every row once and in order.") { scene in
            for start in stride(from: 1, to: 5000, by: 500) {
                try await scene.insert(start..<(start + 500), on: scene.store)
            }
            var seen: [Int] = []
            for try await id in scene.store.query(allIDs, as: Int.self) { seen.append(id) }
            try scene.context.expectEqual(seen, Array(1...5000), "the rows of a sequence")
            var pairs = 0
            let both: SQL = "SELECT id, number FROM thing"
            for try await (id, number) in scene.store.query(both, as: (Int, Int).self) {
                pairs += id == number ? 1 : 0
            }
            try scene.context.expectEqual(pairs, 5000, "the tuples of a sequence")
        }
    }

    private static func rowsAnew<H: RelationalHarness>() -> ConformanceCase<H> {
        law(
            "rows.run-anew",
            "A sequence runs when it is iterated, and anew each time; not when it is made."
        ) { scene in
            let rows = scene.store.query(allIDs, as: Int.self)
            for count in 1...3 {
                try await scene.insert([count], on: scene.store)
                var seen: [Int] = []
                for try await id in rows { seen.append(id) }
                try scene.context.expectEqual(seen, Array(1...count), "iteration \(count)")
            }
        }
    }

    private static func rowsLeft<H: RelationalHarness>() -> ConformanceCase<H> {
        law("rows.left-early", "Leaving a loop ends the statement and frees its connection.") {
            scene in
            try await scene.insert(1...2000, on: scene.store)
            for _ in 0..<50 {
                for try await id in scene.store.query(allIDs, as: Int.self) where id == 3 { break }
            }
            try await scene.store.execute("DELETE FROM thing WHERE id > 1")
            try await scene.expect([1], "after loops that were left")
        }
    }

    private static func rowsFail<H: RelationalHarness>() -> ConformanceCase<H> {
        law("rows.error-ends", "An error is thrown where it occurs and ends the sequence.") {
            scene in
            try await scene.insert(1...3, on: scene.store)
            try await scene.store.execute("UPDATE thing SET parent = 1 WHERE id < 3")
            var iterator = scene.store.query(
                "SELECT parent FROM thing ORDER BY id", as: Int.self
            ).makeAsyncIterator()
            do {
                while try await iterator.next() != nil {}
                throw ConformanceFailure(expected: "NULL to be an error", seen: "the end")
            } catch let error as StorageError {
                try scene.context.expectEqual(error.code, .decodingFailed, "the code")
            }
            let next = try await iterator.next()
            try scene.context.expectEqual(next, nil, "what follows the error")
        }
    }

    private static func rowsInside<H: RelationalHarness>() -> ConformanceCase<H> {
        law(
            "rows.inside-transaction",
            "Rows on a connection see what was written there, and end with its transaction."
        ) { scene in
            let escaped = try await scene.store.withTransaction { transaction in
                try await scene.insert(1...100, on: transaction)
                var sum = 0
                for try await id in transaction.query(allIDs, as: Int.self) {
                    // Another statement between two rows.
                    sum +=
                        try await transaction.first(
                            "SELECT number FROM thing WHERE id = \(id)", as: Int.self) ?? 0
                }
                try scene.context.expectEqual(sum, 5050, "the numbers of all things")
                return transaction.query(allIDs, as: Int.self)
            }
            try await scene.context.expectThrows(.invalidState, "rows after their transaction") {
                for try await _ in escaped {}
            }
        }
    }
}
