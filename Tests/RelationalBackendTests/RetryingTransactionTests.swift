import StorageKit
import StorageKitTesting
import Synchronization
import TestSupport
import Testing

@testable import RelationalBackend

@Suite("Transactions that are run again", .nothingLeftOpen)
struct RetryingTransactionTests {
    private final class Count: Sendable {
        private let number = Mutex(0)

        var value: Int { number.withLock { $0 } }

        @discardableResult
        func add() -> Int {
            number.withLock { number in
                number += 1
                return number
            }
        }
    }

    private struct Oops: Error {}

    /// Pauses without length, of which each is counted.
    private static func retry(counting pauses: Count) -> TransactionRetry {
        TransactionRetry {
            pauses.add()
            return 0
        }
    }

    private func withTable(
        _ body: (SQLiteDatabase) async throws -> Void
    ) async throws {
        let database = SQLiteDatabase(.memory)
        try await database.execute("CREATE TABLE t (attempt INTEGER)")
        try await body(database)
        await database.close()
    }

    private func attempts(_ database: SQLiteDatabase) async throws -> [Int] {
        try await database.query("SELECT attempt FROM t", as: Int.self, limit: 100)
    }

    @Test("it is run until it succeeds, each time anew, with a pause in between")
    func succeeds() async throws {
        try await withTable { database in
            let (count, pauses) = (Count(), Count())
            let retry = Self.retry(counting: pauses)
            let value = try await database.withRetryingTransaction(retry: retry) { transaction in
                let attempt = count.add()
                try await transaction.execute("INSERT INTO t VALUES (\(attempt))")
                if attempt < 6 { throw StorageError(code: .conflict, message: "not yet") }
                return attempt
            }
            #expect(value == 6)
            #expect(try await attempts(database) == [6])
            #expect(pauses.value == 5)
        }
    }

    @Test("after the last attempt its error is thrown, and says how many there were")
    func gaveUp() async throws {
        try await withTable { database in
            let pauses = Count()
            var retry = Self.retry(counting: pauses)
            retry.attempts = 4
            let error = try await expectError(.busy) {
                try await database.withRetryingTransaction(retry: retry) { transaction in
                    try await transaction.execute("INSERT INTO t VALUES (1)")
                    throw StorageError(code: .busy, message: "somebody is here")
                }
            }
            #expect(error.message == "somebody is here; 4 attempts have failed")
            #expect(pauses.value == 3)
            #expect(try await attempts(database) == [])
        }
    }

    @Test("what may have been applied, cannot succeed, or is the caller's own, is not run again")
    func notAgain() async throws {
        let failures: [any Error] = [
            StorageError(code: .unavailable, message: "a commit", mayHaveBeenApplied: true),
            StorageError(code: .constraintViolation, message: "a rule"),
            StorageError(code: .conflict, message: "for good", isRetryable: false), Oops(),
            CancellationError(),
        ]
        for failure in failures {
            try await withTable { database in
                let (count, pauses) = (Count(), Count())
                await #expect(throws: (any Error).self, "\(failure)") {
                    try await database.withRetryingTransaction(
                        retry: Self.retry(counting: pauses)
                    ) { _ in
                        count.add()
                        throw failure
                    }
                }
                #expect(count.value == 1 && pauses.value == 0, "\(failure)")
            }
        }
    }

    @Test("who is cancelled between two attempts has no further one")
    func cancelled() async throws {
        try await withTable { database in
            let clock = ManualClock()
            let count = Count()
            let task = Task {
                try await database.withRetryingTransaction(
                    retry: TransactionRetry(clock: clock, fraction: { 1 })
                ) { _ in
                    count.add()
                    throw StorageError(code: .conflict, message: "not yet")
                }
            }
            await clock.waitForSleepers()
            task.cancel()
            try await expectError(.cancelled) { try await task.value }
            #expect(count.value == 1)
        }
    }

    @Test("inside a transaction it is refused, as there only a part could be run again")
    func inside() async throws {
        try await withTable { database in
            try await database.withTransaction { _ in
                _ = try await expectError(.invalidState) {
                    try await database.withRetryingTransaction { _ in }
                }
            }
        }
    }
}
