import CLibPQ
import Foundation
import TestSupport
import Testing

@Suite(
    "The C library of PostgreSQL",
    .enabled(if: TestServer.postgres.isExpected, TestServer.remedy))
struct LibPQTests {
    @Test("stores parameters on a real server and reads them back")
    func roundTrip() throws {
        let connection = try PQConnection(url: TestServer.postgres.url())
        // A temporary table belongs to the connection and ends with it.
        _ = try connection.run("CREATE TEMPORARY TABLE t (id int4, text text)")
        _ = try connection.run("INSERT INTO t VALUES ($1, $2)", ["7", "it's Grüße; --"])
        let rows = try connection.run("SELECT id, text FROM t WHERE id = $1", ["7"])
        #expect(rows == [["7", "it's Grüße; --"]])
    }
}

private final class PQConnection {
    private let connection: OpaquePointer

    init(url: String) throws {
        connection = try #require(PQconnectdb(url))
        try #require(
            PQstatus(connection) == CONNECTION_OK, "\(String(cString: PQerrorMessage(connection)))")
    }

    deinit {
        PQfinish(connection)
    }

    /// Runs one statement with its parameters as text and returns its rows as text.
    func run(_ statement: String, _ parameters: [String] = []) throws -> [[String]] {
        let copies = parameters.map { strdup($0) }
        defer { for copy in copies { free(copy) } }
        let result = PQexecParams(
            connection, statement, Int32(copies.count), nil, copies.map { UnsafePointer($0) },
            nil, nil, 0)
        defer { PQclear(result) }
        try #require(
            [PGRES_COMMAND_OK, PGRES_TUPLES_OK].contains(PQresultStatus(result)),
            "\(String(cString: PQresultErrorMessage(result)))")
        return (0..<PQntuples(result)).map { row in
            (0..<PQnfields(result)).map { String(cString: PQgetvalue(result, row, $0)) }
        }
    }
}
