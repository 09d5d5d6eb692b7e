import StorageKit
import TestSupport
import Testing

@testable import PostgresBackend

@Suite(
    "What PostgreSQL copies to us",
    .enabled(if: TestServer.postgres.isExpected, TestServer.remedy), .timeLimit(.minutes(5)))
struct PostgresCopyOutTests {
    private static func fill(_ database: PostgresDatabase, _ count: Int) async throws {
        try await database.execute("CREATE TABLE t (id int PRIMARY KEY, name text)")
        try await database.execute(
            "INSERT INTO t SELECT x, 'row ' || x FROM generate_series(1, \(count)::int) x")
    }

    private static func expected(_ count: Int) -> String {
        (1...count).map { "\($0),row \($0)\n" }.joined()
    }

    private static func text(of chunks: RelationalRows<[UInt8]>) async throws -> String {
        var bytes: [UInt8] = []
        for try await chunk in chunks { bytes += chunk }
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test("all bytes come, in pieces of whole rows, on a database and on its connections")
    func everything() async throws {
        try await PostgresWorld.with(.single()) { database in
            try await Self.fill(database, 30_000)
            let copy: SQL = "COPY (SELECT * FROM t ORDER BY id) TO STDOUT (FORMAT csv)"
            var count = 0
            for try await chunk in database.copyOut(copy) {
                #expect(chunk.last == UInt8(ascii: "\n") && chunk.count < 1 << 20)
                count += 1
            }
            #expect(count > 5)
            #expect(try await Self.text(of: database.copyOut(copy)) == Self.expected(30_000))
            try await database.withTransaction { transaction in
                try await transaction.execute("UPDATE t SET name = 'new' WHERE id = 1")
                let text = try await Self.text(of: transaction.copyOut(copy))
                #expect(text.hasPrefix("1,new\n2,row 2\n"))
                try await transaction.execute("UPDATE t SET name = 'row 1' WHERE id = 1")
            }
            try await database.withConnection(.readWrite) { connection in
                let text = try await Self.text(of: connection.copyOut(copy))
                #expect(text == Self.expected(30_000))
                _ = try await connection.first("SELECT 1", as: Int.self)
            }
        }
    }

    @Test("a copy is the first statement of its transaction as well, and sees one moment")
    func firstInTransaction() async throws {
        try await PostgresWorld.with { database in
            try await Self.fill(database, 10)
            let copy: SQL = "COPY t TO STDOUT (FORMAT csv)"
            try await database.withTransaction(isolation: .repeatableRead, access: .readOnly) {
                transaction in
                let before = try await Self.text(of: transaction.copyOut(copy))
                let task = Task.detached { try await database.execute("DELETE FROM t") }
                _ = try await task.value
                #expect(try await Self.text(of: transaction.copyOut(copy)) == before)
                #expect(before == Self.expected(10))
            }
        }
    }

    @Test("nothing is copied as nothing, and what is empty in a row is kept")
    func empty() async throws {
        try await PostgresWorld.with { database in
            try await database.execute("CREATE TABLE t (name text)")
            #expect(try await Self.text(of: database.copyOut("COPY t TO STDOUT")) == "")
            try await database.insert(["", "a"], into: "t", column: "name")
            #expect(try await Self.text(of: database.copyOut("COPY t TO STDOUT")) == "\na\n")
        }
    }

    @Test("who leaves early stops the server, and the connection is the same one after it")
    func leaving() async throws {
        try await PostgresWorld.with(.single()) { database in
            let process = try await database.first("SELECT pg_backend_pid()", as: Int.self)
            let endless: SQL = "COPY (SELECT generate_series(1, 1000000000)) TO STDOUT"
            for _ in 0..<3 {
                for try await _ in database.copyOut(endless) { break }
                #expect(
                    try await database.first("SELECT pg_backend_pid()", as: Int.self) == process)
            }
            try await database.withConnection(.readWrite) { connection in
                for try await _ in connection.copyOut(endless) { break }
                #expect(
                    try await connection.first("SELECT pg_backend_pid()", as: Int.self) == process)
            }
        }
    }

    @Test("who leaves early in a transaction has it go on")
    func leavingInside() async throws {
        try await PostgresWorld.with { database in
            try await Self.fill(database, 20_000)
            try await database.withTransaction { transaction in
                try await transaction.execute("DELETE FROM t WHERE id = 1")
                for try await _ in transaction.copyOut("COPY t TO STDOUT") { break }
                try await transaction.execute("DELETE FROM t WHERE id = 2")
            }
            #expect(try await database.first("SELECT count(*) FROM t", as: Int.self) == 19_998)
        }
    }

    @Test("a task that is cancelled ends it, and the connection is good")
    func cancelled() async throws {
        try await PostgresWorld.with(.single()) { database in
            let task = Task {
                let copy = database.copyOut(
                    "COPY (SELECT x, pg_sleep(0.001) FROM generate_series(1, 1000000) x) TO STDOUT")
                for try await _ in copy {}
            }
            try await reached { database.pool.connectionCount == 1 }
            task.cancel()
            try await expectError(.cancelled) { try await task.value }
            #expect(try await database.first("SELECT 1", as: Int.self) == 1)
        }
    }

    @Test("an error in the middle comes after what was copied before it")
    func error() async throws {
        try await PostgresWorld.with(.single()) { database in
            let copy: SQL = "COPY (SELECT 1 / (5 - x) FROM generate_series(1, 9) x) TO STDOUT"
            var bytes: [UInt8] = []
            let error = try await expectError(.invalidArgument) {
                for try await chunk in database.copyOut(copy) { bytes += chunk }
            }
            #expect(error.native?.name == "22012" && error.operation == "copyOut")
            #expect(error.statement?.hasPrefix("COPY (SELECT") == true)
            #expect(try await database.first("SELECT 1", as: Int.self) == 1)
        }
    }

    @Test("a copy of a statement that writes is kept at its end, and undone before")
    func writing() async throws {
        try await PostgresWorld.with(.single()) { database in
            try await Self.fill(database, 100_000)
            let copy: SQL = "COPY (DELETE FROM t WHERE id > 10 RETURNING *) TO STDOUT"
            for try await _ in database.copyOut(copy) { break }
            #expect(try await database.first("SELECT count(*) FROM t", as: Int.self) == 100_000)
            for try await _ in database.copyOut(copy) {}
            #expect(try await database.first("SELECT count(*) FROM t", as: Int.self) == 10)
        }
    }

    @Test(
        "what is no copy to us is refused, and harms nobody",
        arguments: [
            "SELECT 1", "COPY t FROM STDIN", "COPY missing TO STDOUT",
            "COPY (SELECT \(1)) TO STDOUT", "COPY t TO STDOUT; SELECT 1",
        ] as [SQL])
    func refused(_ sql: SQL) async throws {
        try await PostgresWorld.with(.single()) { database in
            try await database.execute("CREATE TABLE t (id int)")
            let process = try await database.first("SELECT pg_backend_pid()", as: Int.self)
            let error = await storageError { for try await _ in database.copyOut(sql) {} }
            #expect(error != nil && error?.code != .unavailable, "\(String(describing: error))")
            #expect(try await database.first("SELECT pg_backend_pid()", as: Int.self) == process)
            #expect(try await database.first("SELECT count(*) FROM t", as: Int.self) == 0)
        }
    }

    @Test("a connection that is cut in the middle ends it with an error")
    func cut() async throws {
        let server = try await PostgresServerProcess.start()
        let proxy = try TCPProxy(to: server.port)
        let database = try PostgresDatabase(server.url(port: proxy.port))
        _ = try await database.first("SELECT 1", as: Int.self)
        proxy.cut(.closing, after: 100_001, .fromServer)
        let error = try await expectError(.unavailable) {
            for try await _ in database.copyOut(
                "COPY (SELECT generate_series(1, 1000000)) TO STDOUT")
            {}
        }
        #expect(!error.mayHaveBeenApplied)
        #expect(try await database.first("SELECT 1", as: Int.self) == 1)
        await database.close()
    }
}
