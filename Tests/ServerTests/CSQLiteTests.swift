import CSQLite
import Testing

@Suite("The C library of SQLite")
struct CSQLiteTests {
    @Test("is version 3.37 or later, the first with STRICT tables")
    func version() {
        #expect(sqlite3_libversion_number() >= 3_037_000)
    }

    @Test("stores a blob in memory and reads it back")
    func roundTrip() throws {
        var database: OpaquePointer?
        // The handle is there even when opening fails, and closing no handle is harmless.
        defer { sqlite3_close_v2(database) }
        try #require(sqlite3_open(":memory:", &database) == SQLITE_OK)
        try #require(sqlite3_exec(database, "CREATE TABLE t (v BLOB)", nil, nil, nil) == SQLITE_OK)

        let bytes: [UInt8] = [0, 1, 0, 255]
        let insert = try statement("INSERT INTO t (v) VALUES (?1)", in: database)
        defer { sqlite3_finalize(insert) }
        try #require(
            sqlite3_bind_blob(insert, 1, bytes, Int32(bytes.count), storagekit_sqlite_transient())
                == SQLITE_OK)
        #expect(sqlite3_step(insert) == SQLITE_DONE)

        let select = try statement("SELECT v FROM t", in: database)
        defer { sqlite3_finalize(select) }
        try #require(sqlite3_step(select) == SQLITE_ROW)
        let read = UnsafeRawBufferPointer(
            start: sqlite3_column_blob(select, 0), count: Int(sqlite3_column_bytes(select, 0)))
        #expect(Array(read) == bytes)
    }

    private func statement(
        _ text: String, in database: OpaquePointer?
    ) throws -> OpaquePointer {
        var statement: OpaquePointer?
        let code = sqlite3_prepare_v2(database, text, -1, &statement, nil)
        return try #require(statement, "\(String(cString: sqlite3_errstr(code)))")
    }
}
