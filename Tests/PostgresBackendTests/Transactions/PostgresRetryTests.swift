import StorageKit
import StorageKitTesting
import Synchronization
import TestSupport
import Testing

@testable import PostgresBackend

@Suite(
    "Transactions of PostgreSQL's that are run again",
    .enabled(if: TestServer.postgres.isExpected, TestServer.remedy), .timeLimit(.minutes(5)))
struct PostgresRetryTests {
    @Test("of two that would skew each other's writes one is run again, and sees the other's")
    func writeSkew() async throws {
        try await PostgresWorld.with { database in
            try await database.execute("CREATE TABLE shift (id int PRIMARY KEY, on_call bool)")
            try await database.execute("INSERT INTO shift VALUES (1, true), (2, true)")
            // Both have read before either writes, which the first two attempts wait for.
            let haveRead = Meeting(of: 2)
            let attempts = Count()
            try await withThrowingTaskGroup { group in
                for id in 1...2 {
                    group.addTask {
                        try await database.withRetryingTransaction(isolation: .serializable) {
                            transaction in
                            let count = try await transaction.first(
                                "SELECT count(*) FROM shift WHERE on_call", as: Int.self)
                            attempts.add()
                            await haveRead.arrive()
                            guard count == 2 else { return }
                            try await transaction.execute(
                                "UPDATE shift SET on_call = false WHERE id = \(id)")
                        }
                    }
                }
                try await group.waitForAll()
            }
            let left = try await database.first(
                "SELECT count(*) FROM shift WHERE on_call", as: Int.self)
            #expect(left == 1)
            #expect(attempts.value >= 3)
        }
    }

    @Test("of two that wait for each other one is run again")
    func deadlock() async throws {
        try await PostgresWorld.with { database in
            try await database.execute("CREATE TABLE t (id int PRIMARY KEY, n int)")
            try await database.execute("INSERT INTO t VALUES (1, 0), (2, 0)")
            let haveLocked = Meeting(of: 2)
            try await withThrowingTaskGroup { group in
                for (first, second) in [(1, 2), (2, 1)] {
                    group.addTask {
                        try await database.withRetryingTransaction { transaction in
                            try await transaction.execute(
                                "UPDATE t SET n = n + 1 WHERE id = \(first)")
                            await haveLocked.arrive()
                            try await transaction.execute(
                                "UPDATE t SET n = n + 1 WHERE id = \(second)")
                        }
                    }
                }
                try await group.waitForAll()
            }
            let sums = try await database.query(
                "SELECT n FROM t ORDER BY id", as: Int.self, limit: 2)
            #expect(sums == [2, 2])
        }
    }

    @Test("counters that many raise by reading and writing lose nothing", arguments: [4, 16])
    func counters(tasks: Int) async throws {
        try await PostgresWorld.with { database in
            try await database.execute("CREATE TABLE t (n int)")
            try await database.execute("INSERT INTO t VALUES (0)")
            var retry = TransactionRetry()
            retry.attempts = 1000
            try await withThrowingTaskGroup { group in
                for _ in 0..<tasks {
                    group.addTask { [retry] in
                        for _ in 0..<5 {
                            try await database.withRetryingTransaction(
                                isolation: .repeatableRead, retry: retry
                            ) { transaction in
                                let count = try await transaction.first(
                                    "SELECT n FROM t", as: Int.self)
                                try await transaction.execute("UPDATE t SET n = \(count ?? 0) + 1")
                            }
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await database.first("SELECT n FROM t", as: Int.self) == tasks * 5)
        }
    }

    @Test("a commit of unknown outcome is not repeated, and here it had happened")
    func unknownCommit() async throws {
        let server = try await PostgresServerProcess.start()
        let proxy = try TCPProxy(to: server.port)
        let database = try PostgresDatabase(server.url(port: proxy.port))
        let direct = try PostgresDatabase(server.url)
        try await direct.execute("CREATE TABLE t (id int)")
        let attempts = Count()
        let error = try await expectError(.unavailable) {
            try await database.withRetryingTransaction { transaction in
                attempts.add()
                try await transaction.execute("INSERT INTO t VALUES (1)")
                proxy.cut(.resetting, after: 0, .fromServer)
            }
        }
        #expect(error.mayHaveBeenApplied && attempts.value == 1)
        #expect(try await direct.first("SELECT count(*) FROM t", as: Int.self) == 1)
        // One that is cut off before its commit is run again.
        try await database.withRetryingTransaction { transaction in
            if attempts.add() == 2 {
                try await transaction.execute("INSERT INTO t VALUES (2)")
                proxy.cut(.resetting, after: 0, .fromServer)
            }
            try await transaction.execute("INSERT INTO t VALUES (3)")
        }
        #expect(
            try await direct.query("SELECT id FROM t ORDER BY id", as: Int.self, limit: 9)
                == [1, 3])
        await database.close()
        await direct.close()
    }
}

/// Where so many wait for each other, once; who comes later does not wait.
private final class Meeting: Sendable {
    private let gate = Gate()
    private let missing: Atomic<Int>

    init(of count: Int) { missing = Atomic(count) }

    func arrive() async {
        if missing.subtract(1, ordering: .relaxed).newValue == 0 { gate.open() }
        await gate.pass()
    }
}
