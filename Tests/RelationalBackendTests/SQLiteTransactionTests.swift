import StorageKit
import StorageKitTesting
import Testing

@testable import RelationalBackend

@Suite("Awaited transactions", .nothingLeftOpen)
struct SQLiteTransactionTests {
    /// A table with a row for each number, in a file and in memory.
    static func withNumbers(
        _ count: Int, _ body: (SQLiteDatabase) async throws -> Void
    ) async throws {
        let folder = try TemporaryFolder()
        for location in [SQLiteLocation.memory, .file(folder.file("test.db"))] {
            let database = SQLiteDatabase(
                location, configuration: .init(durability: .normal, maximumReaders: 2))
            try await database.execute(
                script: "CREATE TABLE number (value INTEGER PRIMARY KEY) STRICT")
            try await database.execute(
                """
                WITH RECURSIVE n (value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n)
                INSERT INTO number SELECT value FROM n LIMIT \(count)
                """)
            try await body(database)
            await database.close()
        }
    }

    static func count(_ database: some RelationalQuerying) async throws -> Int? {
        try await database.first("SELECT count(*) FROM number", as: Int.self)
    }

    @Test("a body runs on its connection's thread, so its statements are no hops")
    func noHops() async throws {
        try await Self.withNumbers(0) { database in
            let before = database.writer.acceptedCalls
            try await database.withTransaction { transaction in
                for value in 0..<100 {
                    try await transaction.execute("INSERT INTO number VALUES (\(value))")
                }
                #expect(try await Self.count(transaction) == 100)
            }
            #expect(database.writer.acceptedCalls == before + 1)
            #expect(try await Self.count(database) == 100)
        }
    }

    @MainActor
    private static func insertOnMain(_ connection: SQLiteHeldConnection) async throws {
        try await connection.execute("INSERT INTO number VALUES (7)")
    }

    @Test("a statement from another actor or a child task is run on the connection as well")
    func elsewhere() async throws {
        try await Self.withNumbers(0) { database in
            try await database.withTransaction { transaction in
                try await Self.insertOnMain(transaction)
                try await Task.detached {
                    _ = try await transaction.execute("INSERT INTO number VALUES (8)")
                }.value
                async let nine = transaction.execute("INSERT INTO number VALUES (9)")
                async let ten = transaction.execute("INSERT INTO number VALUES (10)")
                #expect(try await [nine.rowCount, ten.rowCount] == [1, 1])
                await Task.yield()
                #expect(try await Self.count(transaction) == 4)
            }
            #expect(try await Self.count(database) == 4)
        }
    }

    @Test("what throws is undone, a nested one alone, the outer one with all it holds")
    func nesting() async throws {
        struct Oops: Error {}
        try await Self.withNumbers(0) { database in
            try await database.withTransaction { outer in
                try await outer.execute("INSERT INTO number VALUES (1)")
                await #expect(throws: Oops.self) {
                    try await outer.withTransaction { inner in
                        try await inner.execute("INSERT INTO number VALUES (2)")
                        try await inner.withTransaction { innermost in
                            _ = try await innermost.execute("INSERT INTO number VALUES (3)")
                        }
                        throw Oops()
                    }
                }
                try await outer.withTransaction { inner in
                    _ = try await inner.execute("INSERT INTO number VALUES (4)")
                }
            }
            let kept = try await database.query(
                "SELECT value FROM number ORDER BY value", as: Int.self, limit: 9)
            #expect(kept == [1, 4])
            await #expect(throws: Oops.self) {
                try await database.withTransaction { outer in
                    try await outer.withTransaction { inner in
                        _ = try await inner.execute("INSERT INTO number VALUES (5)")
                    }
                    throw Oops()
                }
            }
            #expect(try await Self.count(database) == 2)
        }
    }

    @Test("the store inside a transaction of its own is an error, the outer connection as well")
    func reentrancy() async throws {
        try await Self.withNumbers(3) { database in
            try await database.withTransaction { outer async throws in
                await #expect(throws: StorageError.self) { try await Self.count(database) }
                await #expect(throws: StorageError.self) {
                    for try await _ in database.query("SELECT 1", as: Int.self) {}
                }
                await #expect(throws: StorageError.self) {
                    try await database.withTransaction { _ in }
                }
                try await outer.withTransaction { inner async throws in
                    let error = await #expect(throws: StorageError.self) {
                        try await Self.count(outer)
                    }
                    #expect(error?.code == .invalidState)
                    #expect(try await Self.count(inner) == 3)
                }
                #expect(try await Self.count(outer) == 3)
            }
        }
    }

    @Test("a table inside a transaction of its database is an error as well")
    func tableInside() async throws {
        struct Number: Codable, Identifiable, Sendable {
            var value: Int
            var id: Int { value }
        }
        try await Self.withNumbers(3) { database in
            let table = SQLiteTable<Number>("number", in: database, key: "value")
            try await database.withTransaction { transaction in
                for call in 0..<3 {
                    let error = await #expect(throws: StorageError.self) {
                        switch call {
                        case 0: _ = try await table.get(1)
                        case 1: try await table.insert(Number(value: 9))
                        default: _ = try await table.scan(after: nil, limit: 1)
                        }
                    }
                    #expect(error?.code == .invalidState)
                }
                try await transaction.execute("DELETE FROM number WHERE value = 1")
            }
            #expect(try await table.get(1) == nil)
        }
    }

    @Test("a connection is of no use after its body")
    func afterwards() async throws {
        try await Self.withNumbers(3) { database in
            let escaped = try await database.withTransaction { $0 }
            let error = await #expect(throws: StorageError.self) { try await Self.count(escaped) }
            #expect(error?.code == .invalidState)
            let rows = try await database.withTransaction {
                $0.query("SELECT value FROM number", as: Int.self)
            }
            await #expect(throws: StorageError.self) { for try await _ in rows {} }
        }
    }

    @Test("reading refuses a write, in a transaction and in one nested in a writing one")
    func readOnly() async throws {
        try await Self.withNumbers(3) { database in
            let error = await #expect(throws: StorageError.self) {
                try await database.withTransaction(access: .readOnly) { transaction in
                    #expect(try await Self.count(transaction) == 3)
                    try await transaction.execute("DELETE FROM number")
                }
            }
            #expect(error?.code == .permissionDenied)
            try await database.withTransaction { outer async throws in
                await #expect(throws: StorageError.self) {
                    try await outer.withTransaction(isolation: nil, access: .readOnly) { inner in
                        try await inner.execute("DELETE FROM number")
                    }
                }
                let deleted = try await outer.execute("DELETE FROM number WHERE value = 1")
                #expect(deleted.rowCount == 1)
            }
            try await database.execute("DELETE FROM number WHERE value = 2")
            #expect(try await Self.count(database) == 1)
        }
    }

    @Test("rows are walked however many there are, and a loop that is left ends its statement")
    func streaming() async throws {
        try await Self.withNumbers(20_000) { database in
            var sum = 0
            for try await value in database.query("SELECT value FROM number", as: Int.self) {
                sum += value
            }
            #expect(sum == 20_000 * 20_001 / 2)
            let sql: SQL = "SELECT value, -value FROM number ORDER BY value"
            for _ in 0..<5 {
                for try await (value, _) in database.query(sql, as: (Int, Int).self) {
                    if value == 100 { break }
                }
            }
            // Every reader would be held by now, had a loop kept one.
            #expect(try await database.execute("DELETE FROM number").rowCount == 20_000)
            for try await _ in database.query(sql, as: (Int, Int).self) { Issue.record("a row") }
        }
    }

    @Test("a statement that returns what it wrote is committed at its end, or undone when left")
    func returning() async throws {
        try await Self.withNumbers(0) { database in
            let insert: SQL = """
                WITH RECURSIVE n (value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n LIMIT 5000)
                INSERT INTO number SELECT value FROM n RETURNING value
                """
            for try await _ in database.query(insert, as: Int.self) { break }
            // A statement after it on the writer: what was left is undone by then.
            try await database.withTransaction { transaction async throws in
                #expect(try await Self.count(transaction) == 0)
            }
            await #expect(throws: StorageError.self) {
                try await database.query(insert, as: Int.self, limit: 10)
            }
            #expect(try await Self.count(database) == 0)
            #expect(try await database.first(insert, as: Int.self) == 1)
            #expect(try await Self.count(database) == 5000)
            try await database.execute("DELETE FROM number")
            var last = 0
            for try await value in database.query(insert, as: Int.self) { last = value }
            #expect(last == 5000)
            #expect(try await Self.count(database) == 5000)
        }
    }

    @Test("cancelling rolls back, and the next one finds everything in order")
    func cancellation() async throws {
        try await Self.withNumbers(3) { database in
            let (started, start) = AsyncStream.makeStream(of: Void.self)
            let task = Task {
                try await database.withTransaction { transaction in
                    try await transaction.execute("DELETE FROM number")
                    start.yield()
                    return try await transaction.first(
                        """
                        WITH RECURSIVE n (value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n)
                        SELECT count(*) FROM n
                        """, as: Int.self)
                }
            }
            for await _ in started { break }
            task.cancel()
            let error = await #expect(throws: StorageError.self) { try await task.value }
            #expect(error?.code == .cancelled)
            #expect(try await Self.count(database) == 3)
            try await database.withTransaction { transaction async throws in
                #expect(try await Self.count(transaction) == 3)
            }
        }
    }

    @Test("loops over rows that hold every reader end another read after its patience")
    func exhaustion() async throws {
        let folder = try TemporaryFolder()
        let clock = ManualClock()
        let database = SQLiteDatabase(
            .file(folder.file("test.db")),
            configuration: .init(connectionTimeout: .seconds(3), maximumReaders: 1),
            clock: clock)
        try await database.execute(script: "CREATE TABLE number (value INTEGER) STRICT")
        try await database.execute("INSERT INTO number VALUES \(rows: 5000)")
        for try await _ in database.query("SELECT value FROM number", as: Int.self) {
            let read = Task { try await Self.count(database) }
            await clock.waitForSleepers(1)
            clock.advance(by: .seconds(3))
            let error = await #expect(throws: StorageError.self) { try await read.value }
            #expect(error?.code == .resourceExhausted)
            #expect(error?.operation == "first")
            break
        }
        #expect(try await Self.count(database) == 5000)
        await database.close()
    }
}

extension SQL.StringInterpolation {
    /// Rows of one number each.
    fileprivate mutating func appendInterpolation(rows count: Int) {
        let rows = (0..<count).map { "(\($0))" as SQL }
        appendInterpolation(rows.joined(separator: ", "))
    }
}
