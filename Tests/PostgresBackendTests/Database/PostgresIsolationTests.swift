import StorageKit
import TestSupport
import Testing

@testable import PostgresBackend

/// What each level of isolation lets happen, as PostgreSQL's manual promises it (13.2, "Transaction
/// Isolation"): one transaction at the level, and another one begun and committed in its middle.
@Suite(
    "Anomalies that PostgreSQL's levels of isolation let happen or refuse",
    .enabled(if: TestServer.postgres.isExpected, TestServer.remedy), .timeLimit(.minutes(5)))
struct PostgresIsolationTests {
    typealias Level = TransactionIsolation

    /// Two accounts with 50 each.
    private func withAccounts(_ body: (PostgresDatabase) async throws -> Void) async throws {
        try await PostgresWorld.with { database in
            try await database.execute(
                "CREATE TABLE account (id int PRIMARY KEY, balance bigint NOT NULL)")
            try await database.execute("INSERT INTO account VALUES (1, 50), (2, 50)")
            try await body(database)
        }
    }

    private static let sum: SQL = "SELECT sum(balance)::bigint FROM account"

    /// Runs a transaction of its own, while another one is open.
    private func meanwhile(
        _ database: PostgresDatabase, _ level: Level,
        _ body: @escaping @Sendable (PostgresHeldConnection) async throws -> Void
    ) async throws {
        try await Task.detached {
            try await database.withTransaction(
                isolation: level, access: .readWrite, body)
        }.value
    }

    /// Whether a body fails as a transaction does that has to be run again; it throws other errors.
    private func isRefused(_ body: () async throws -> Void) async throws -> Bool {
        do {
            try await body()
            return false
        } catch let error as StorageError where error.code == .conflict {
            #expect(error.isRetryable && !error.mayHaveBeenApplied)
            #expect(error.native?.name == "40001")
            return true
        }
    }

    @Test("nobody reads what is not committed", arguments: Level.allCases)
    func dirtyRead(level: Level) async throws {
        try await withAccounts { database in
            try await database.withTransaction { writer in
                try await writer.execute("UPDATE account SET balance = 0 WHERE id = 1")
                try await meanwhile(database, level) { reader in
                    let sum = try await reader.first(Self.sum, as: Int.self)
                    #expect(sum == 100)
                }
            }
        }
    }

    @Test(
        "read committed reads a row a second time and finds another one", arguments: Level.allCases)
    func repeatedRead(level: Level) async throws {
        try await withAccounts { database in
            try await database.withTransaction(isolation: level, access: .readWrite) { reader in
                let balance: SQL = "SELECT balance FROM account WHERE id = 1"
                #expect(try await reader.first(balance, as: Int.self) == 50)
                try await meanwhile(database, level) { writer in
                    try await writer.execute("UPDATE account SET balance = 70 WHERE id = 1")
                }
                let again = try await reader.first(balance, as: Int.self)
                #expect(again == (level == .readCommitted ? 70 : 50))
            }
        }
    }

    @Test("read committed finds a row that was not there before", arguments: Level.allCases)
    func phantom(level: Level) async throws {
        try await withAccounts { database in
            try await database.withTransaction(isolation: level, access: .readWrite) { reader in
                let rich: SQL = "SELECT count(*) FROM account WHERE balance >= 50"
                #expect(try await reader.first(rich, as: Int.self) == 2)
                try await meanwhile(database, level) { writer in
                    try await writer.execute("INSERT INTO account VALUES (3, 90)")
                }
                #expect(
                    try await reader.first(rich, as: Int.self) == (level == .readCommitted ? 3 : 2))
            }
        }
    }

    @Test("read committed loses an update, the other levels refuse it", arguments: Level.allCases)
    func lostUpdate(level: Level) async throws {
        try await withAccounts { database in
            let isRefused = try await isRefused {
                try await database.withTransaction(isolation: level, access: .readWrite) { slow in
                    let balance =
                        try await slow.first(
                            "SELECT balance FROM account WHERE id = 1", as: Int.self) ?? 0
                    try await meanwhile(database, level) { fast in
                        try await fast.execute(
                            "UPDATE account SET balance = balance + 10 WHERE id = 1")
                    }
                    try await slow.execute(
                        "UPDATE account SET balance = \(balance + 1) WHERE id = 1")
                }
            }
            #expect(isRefused == (level != .readCommitted))
            let balance = try await database.first(
                "SELECT balance FROM account WHERE id = 1", as: Int.self)
            #expect(balance == (isRefused ? 60 : 51))
        }
    }

    @Test("serializable alone refuses two that each rely on what the other changes")
    func writeSkew() async throws {
        for level in Level.allCases {
            try await withAccounts { database in
                // Each may take what the two accounts have together, as long as it is there.
                let isRefused = try await isRefused {
                    try await database.withTransaction(isolation: level, access: .readWrite) {
                        one in
                        guard try await one.first(Self.sum, as: Int.self) ?? 0 >= 100 else {
                            return
                        }
                        try await meanwhile(database, level) { two in
                            guard try await two.first(Self.sum, as: Int.self) ?? 0 >= 100 else {
                                return
                            }
                            try await two.execute(
                                "UPDATE account SET balance = balance - 100 WHERE id = 2")
                        }
                        try await one.execute(
                            "UPDATE account SET balance = balance - 100 WHERE id = 1")
                    }
                }
                #expect(isRefused == (level == .serializable), "\(level)")
                let sum = try await database.first(Self.sum, as: Int.self)
                #expect(sum == (isRefused ? 0 : -100))
            }
        }
    }

    @Test("serializable refuses a reader that saw what no order of the others gives")
    func readOnlyAnomaly() async throws {
        try await withAccounts { database in
            // Fekete, O'Neil and O'Neil, "A Read-Only Transaction Anomaly Under Snapshot
            // Isolation", 2004: the reader sees the deposit and not the withdrawal.
            let isRefused = try await isRefused {
                try await database.withTransaction(
                    isolation: .serializable, access: .readWrite
                ) { withdrawal in
                    _ = try await withdrawal.first(Self.sum, as: Int.self)
                    try await meanwhile(database, .serializable) { deposit in
                        try await deposit.execute(
                            "UPDATE account SET balance = balance + 20 WHERE id = 2")
                    }
                    try await meanwhile(database, .serializable) { reader in
                        let sum = try await reader.first(Self.sum, as: Int.self)
                        #expect(sum == 120)
                    }
                    try await withdrawal.execute(
                        "UPDATE account SET balance = balance - 60 WHERE id = 1")
                }
            }
            #expect(isRefused)
            let sum = try await database.first(Self.sum, as: Int.self)
            #expect(sum == 120)
        }
    }

    @Test("a deadlock is broken, and whoever was chosen may run again")
    func deadlock() async throws {
        try await withAccounts { database in
            let meeting = Meeting(of: 2)
            let moves = [(1, 2), (2, 1)].map { from, to in
                Task.detached {
                    await storageError {
                        try await database.withTransaction { transaction in
                            try await transaction.execute(
                                "UPDATE account SET balance = balance - 1 WHERE id = \(from)")
                            await meeting.wait()
                            try await transaction.execute(
                                "UPDATE account SET balance = balance + 1 WHERE id = \(to)")
                        }
                    }
                }
            }
            let errors = [await moves[0].value, await moves[1].value].compactMap(\.self)
            #expect(errors.count == 1, "\(errors)")
            #expect(errors.first?.code == .conflict && errors.first?.native?.name == "40P01")
            #expect(errors.first?.isRetryable == true)
            let sum = try await database.first(Self.sum, as: Int.self)
            #expect(sum == 100)
        }
    }

    /// Where so many wait until all are there.
    private actor Meeting {
        private var missing: Int
        private var waiting: [CheckedContinuation<Void, Never>] = []

        init(of count: Int) { missing = count }

        func wait() async {
            missing -= 1
            guard missing > 0 else {
                for waiter in waiting { waiter.resume() }
                return
            }
            await withCheckedContinuation { waiting.append($0) }
        }
    }
}
