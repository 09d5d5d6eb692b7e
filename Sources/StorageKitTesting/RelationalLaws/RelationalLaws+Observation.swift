public import StorageKit

extension RelationalLaws {
    /// The cases of ``StorageKit/ChangeObservingStore``.
    ///
    /// None waits for an event that may not come: each ends with a change that is known to be
    /// reported, the marker, and looks at what was reported until then.
    public static func observationCases<Harness: RelationalHarness>(
        for harness: Harness.Type = Harness.self
    ) -> [ConformanceCase<Harness>] where Harness.Subject: ChangeObservingStore {
        [
            reportsEachKind(), reportsCascades(), staysSilentOnRollback(), reportsOuterWork(),
            reportsObservedAlone(), beginsAtReturn(), losesNothing(), reachesEveryObserver(),
            showsTheChange(), runsQueriesAgain(), endsWithTheTask(), endsWithTheStore(),
            refusesNothing(),
        ]
    }

    private static func observing<H: RelationalHarness>(
        _ id: String, _ clause: String,
        _ body: @escaping @Sendable (ObservationScene<H>) async throws -> Void
    ) -> ConformanceCase<H> where H.Subject: ChangeObservingStore {
        law("observation.\(id)", clause) { try await body(ObservationScene($0)) }
    }

    private static func reportsEachKind<H: RelationalHarness>() -> ConformanceCase<H>
    where H.Subject: ChangeObservingStore {
        observing(
            "each-kind", "An insert, an update, a delete and a delete of all rows are reported."
        ) { scene in
            for statement: SQL in [
                "INSERT INTO thing (id, name, number) VALUES (1, 'a', 1), (2, 'b', 2)",
                "UPDATE thing SET number = 7 WHERE id = 1", "DELETE FROM thing WHERE id = 1",
                "DELETE FROM thing",
            ] {
                let changes = try await scene.changes()
                try await scene.store.execute(statement)
                try await scene.expect(["thing"], by: changes, "after \(statement)")
            }
        }
    }

    private static func reportsCascades<H: RelationalHarness>() -> ConformanceCase<H>
    where H.Subject: ChangeObservingStore {
        observing("cascades", "What a foreign key's action deletes is reported.") { scene in
            try await scene.store.execute(
                """
                CREATE TABLE part (
                    id INTEGER PRIMARY KEY, thing INTEGER REFERENCES thing ON DELETE CASCADE
                )
                """)
            try await scene.base.insert([1], on: scene.store)
            try await scene.store.execute("INSERT INTO part VALUES (1, 1)")
            let changes = try await scene.changes(["part", "marker"])
            try await scene.store.execute("DELETE FROM thing WHERE id = 1")
            try await scene.expect(["part"], by: changes, "after the row it belongs to was deleted")
        }
    }

    private static func staysSilentOnRollback<H: RelationalHarness>() -> ConformanceCase<H>
    where H.Subject: ChangeObservingStore {
        observing("rollback", "A transaction that was rolled back is not reported.") { scene in
            let changes = try await scene.changes()
            try await scene.base.expectOops("the transaction") {
                try await scene.store.withTransaction { transaction in
                    try await scene.base.insert([1], on: transaction)
                    throw RelationalScene<H>.Oops()
                }
            }
            try await scene.expect([], by: changes, "after a rollback")
            try await scene.context.expectThrows(.constraintViolation, "a refused statement") {
                try await scene.store.execute(
                    "INSERT INTO thing (id, name, number) VALUES (2, 'b', -1)")
            }
            try await scene.expect([], by: changes, "after a statement that failed")
        }
    }

    private static func reportsOuterWork<H: RelationalHarness>() -> ConformanceCase<H>
    where H.Subject: ChangeObservingStore {
        observing(
            "nested", "What is committed is reported, whatever was undone inside or followed it."
        ) { scene in
            let changes = try await scene.changes()
            try await scene.store.withTransaction { outer in
                try await outer.withTransaction { _ = try await scene.base.insert([1], on: $0) }
                try await scene.base.expectOops("the inner transaction") {
                    try await outer.withTransaction { inner in
                        try await inner.execute("DELETE FROM thing")
                        throw RelationalScene<H>.Oops()
                    }
                }
                _ = try await scene.base.ids(on: outer)
            }
            try await scene.expect(["thing"], by: changes, "after the outer commit")
        }
    }

    private static func reportsObservedAlone<H: RelationalHarness>() -> ConformanceCase<H>
    where H.Subject: ChangeObservingStore {
        observing("observed-alone", "A table that is not observed is in no event.") { scene in
            let changes = try await scene.changes(["marker"])
            try await scene.base.insert([1], on: scene.store)
            try await scene.expect([], by: changes, "after a change of another table")
        }
    }

    private static func beginsAtReturn<H: RelationalHarness>() -> ConformanceCase<H>
    where H.Subject: ChangeObservingStore {
        observing(
            "begins-at-return",
            "What is committed after changes(in:) has returned is reported, and nothing before."
        ) { scene in
            try await scene.base.insert([1], on: scene.store)
            let silent = try await scene.changes()
            try await scene.expect([], by: silent, "of a change before it")
            let changes = try await scene.changes()
            try await scene.base.insert([2], on: scene.store)
            // Its first reader comes after the change.
            try await scene.expect(["thing"], by: changes, "of a change before its first reader")
        }
    }

    private static func losesNothing<H: RelationalHarness>() -> ConformanceCase<H>
    where H.Subject: ChangeObservingStore {
        observing(
            "loses-nothing", "A reader that was away for many commits learns of every table."
        ) { scene in
            try await scene.store.execute("CREATE TABLE other (id INTEGER PRIMARY KEY)")
            let changes = try await scene.changes(["thing", "other", "marker"])
            for id in 1...50 {
                try await scene.base.insert([id], on: scene.store)
                try await scene.store.execute("INSERT INTO other VALUES (\(id))")
            }
            try await scene.expect(["thing", "other"], by: changes, "after a hundred commits")
        }
    }

    private static func reachesEveryObserver<H: RelationalHarness>() -> ConformanceCase<H>
    where H.Subject: ChangeObservingStore {
        observing("every-observer", "Each observer is told of each change.") { scene in
            let observers = [try await scene.changes(), try await scene.changes()]
            try await scene.base.insert([1], on: scene.store)
            for changes in observers {
                let seen = try await scene.seen(by: changes)
                try scene.context.expectEqual(seen, ["thing"], "what an observer was told")
            }
        }
    }

    private static func showsTheChange<H: RelationalHarness>() -> ConformanceCase<H>
    where H.Subject: ChangeObservingStore {
        observing("after-the-commit", "Who is told of a change and reads sees it.") { scene in
            let changes = try await scene.changes()
            async let written: Int = scene.base.insert([1], on: scene.store)
            var attempts = 0
            while try await !scene.seen(by: changes).contains("thing") {
                attempts += 1
                try scene.context.expect(attempts < 1000, "the change to be reported")
            }
            try await scene.base.expect([1], "when the change was reported")
            _ = try await written
        }
    }

    private static func runsQueriesAgain<H: RelationalHarness>() -> ConformanceCase<H>
    where H.Subject: ChangeObservingStore {
        observing(
            "query", "An observed query gives its rows at once, and those of the last commit again."
        ) { scene in
            try await scene.base.insert([1], on: scene.store)
            let query = scene.store.observe(
                "SELECT id FROM thing ORDER BY id", as: Int.self, limit: 10, tables: ["thing"])
            let results = try await scene.whileRepeating("UPDATE thing SET number = number") {
                var results: [[Int]] = []
                for try await rows in query {
                    if results.isEmpty { try await scene.base.insert([2], on: scene.store) }
                    results.append(rows)
                    if rows == [1, 2] || results.count == 1000 { break }
                }
                return results
            }
            try scene.context.expectEqual(results.first, [1], "the first rows")
            try scene.context.expectEqual(results.last, [1, 2], "the rows after a commit")
        }
    }

    private static func endsWithTheTask<H: RelationalHarness>() -> ConformanceCase<H>
    where H.Subject: ChangeObservingStore {
        observing("ends-with-the-task", "Cancelling a task that reads ends the sequence.") {
            scene in
            let changes = try await scene.changes()
            let task = Task {
                var reader = changes.makeAsyncIterator()
                return try await reader.next(isolation: #isolation)
            }
            task.cancel()
            try scene.context.expectEqual(
                try await task.value, nil, "what a cancelled reader was told")
        }
    }

    private static func endsWithTheStore<H: RelationalHarness>() -> ConformanceCase<H>
    where H.Subject: ChangeObservingStore {
        observing("ends-with-the-store", "Closing the store ends the sequence.") { scene in
            let changes = try await scene.changes()
            await scene.store.close()
            var reader = changes.makeAsyncIterator()
            try scene.context.expectEqual(
                try await reader.next(isolation: #isolation), nil, "what is told after close")
            try await scene.context.expectThrows(.invalidState, "observing a closed store") {
                _ = try await scene.changes()
            }
        }
    }

    private static func refusesNothing<H: RelationalHarness>() -> ConformanceCase<H>
    where H.Subject: ChangeObservingStore {
        observing("no-tables", "Observing no table is refused.") { scene in
            try await scene.context.expectThrows(.invalidArgument, "no table") {
                _ = try await scene.changes([])
            }
        }
    }
}
