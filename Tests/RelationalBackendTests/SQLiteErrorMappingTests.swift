import StorageKit
import Testing

@testable import RelationalBackend

@Suite("SQLite's result codes as codes of StorageError", .nothingLeftOpen)
struct SQLiteErrorMappingTests {
    /// The manual's numbers (sqlite.org/rescode.html), written down a second time and by hand.
    static let expected: [(Int32, String, StorageError.Code)] = [
        (1, "SQLITE_ERROR", .invalidStatement), (2, "SQLITE_INTERNAL", .internalError),
        (3, "SQLITE_PERM", .permissionDenied), (4, "SQLITE_ABORT", .conflict),
        (5, "SQLITE_BUSY", .busy), (6, "SQLITE_LOCKED", .busy),
        (7, "SQLITE_NOMEM", .resourceExhausted), (8, "SQLITE_READONLY", .permissionDenied),
        (9, "SQLITE_INTERRUPT", .cancelled), (10, "SQLITE_IOERR", .unavailable),
        (11, "SQLITE_CORRUPT", .corrupted), (12, "SQLITE_NOTFOUND", .unsupported),
        (13, "SQLITE_FULL", .resourceExhausted), (14, "SQLITE_CANTOPEN", .unavailable),
        (15, "SQLITE_PROTOCOL", .busy), (16, "SQLITE_EMPTY", .internalError),
        (17, "SQLITE_SCHEMA", .conflict), (18, "SQLITE_TOOBIG", .limitExceeded),
        (19, "SQLITE_CONSTRAINT", .constraintViolation),
        (20, "SQLITE_MISMATCH", .constraintViolation), (21, "SQLITE_MISUSE", .internalError),
        (22, "SQLITE_NOLFS", .unsupported), (23, "SQLITE_AUTH", .permissionDenied),
        (24, "SQLITE_FORMAT", .corrupted), (25, "SQLITE_RANGE", .invalidArgument),
        (26, "SQLITE_NOTADB", .corrupted),
        (275, "SQLITE_CONSTRAINT_CHECK", .constraintViolation),
        (517, "SQLITE_BUSY_SNAPSHOT", .conflict),
        (787, "SQLITE_CONSTRAINT_FOREIGNKEY", .constraintViolation),
        (1299, "SQLITE_CONSTRAINT_NOTNULL", .constraintViolation),
        (1555, "SQLITE_CONSTRAINT_PRIMARYKEY", .alreadyExists),
        (1811, "SQLITE_CONSTRAINT_TRIGGER", .constraintViolation),
        (2067, "SQLITE_CONSTRAINT_UNIQUE", .constraintViolation),
        (2579, "SQLITE_CONSTRAINT_ROWID", .alreadyExists),
        (3091, "SQLITE_CONSTRAINT_DATATYPE", .constraintViolation),
    ]

    @Test("every row has the manual's number and name, and its code", arguments: expected)
    func row(number: Int32, name: String, code: StorageError.Code) {
        let row = SQLiteErrorMapping.row(for: number)
        #expect(row.number == number)
        #expect(row.name == name)
        #expect(row.code == code)
        #expect(!row.advice.isEmpty)
    }

    @Test("the test knows every row of the table")
    func complete() {
        #expect(SQLiteErrorMapping.table.count == Self.expected.count)
    }

    @Test("an extended code that is not listed goes by its primary code, and keeps its number")
    func primary() {
        // SQLITE_IOERR_FSYNC
        let error = StorageError.sqlite(1034, detail: "disk I/O error", statement: nil)
        #expect(error.code == .unavailable)
        #expect(error.native == .init(domain: "sqlite", name: "SQLITE_IOERR", number: 1034))
    }

    @Test("a code of the future is named by its number")
    func unknown() {
        let error = StorageError.sqlite(99, detail: nil, statement: nil)
        #expect(error.code == .internalError)
        #expect(error.native?.name == "SQLITE_99")
    }
}
