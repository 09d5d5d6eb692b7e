internal import CSQLite
internal import StorageKit

/// SQLite's result codes as ``StorageError`` codes: the one place where they meet.
///
/// The extended code decides where it is listed, its primary code (the low byte) otherwise. Source:
/// "Result and Error Codes", sqlite.org/rescode.html.
enum SQLiteErrorMapping {
    /// What is said about one result code.
    struct Row: Sendable {
        let number: Int32
        let name: String
        let code: StorageError.Code
        let advice: String
        var isRetryable: Bool?
    }

    /// The row for an extended result code.
    static func row(for extended: Int32) -> Row {
        if let row = rows[extended] { return row }
        guard let primary = rows[extended & 0xff] else {
            return Row(
                number: extended, name: "SQLITE_\(extended)", code: .internalError,
                advice: "SQLite gave a code that this package does not know; please report it")
        }
        return primary
    }

    private static let rows: [Int32: Row] = Dictionary(
        uniqueKeysWithValues: table.map { ($0.number, $0) })

    /// Every row; tested one by one.
    static let table: [Row] = [
        Row(
            number: SQLITE_ERROR, name: "SQLITE_ERROR", code: .invalidStatement,
            advice: "check the statement against the schema"),
        Row(
            number: SQLITE_INTERNAL, name: "SQLITE_INTERNAL", code: .internalError,
            advice: "a defect of SQLite; please report it"),
        Row(
            number: SQLITE_PERM, name: "SQLITE_PERM", code: .permissionDenied,
            advice: "check the permissions of the file and its folder"),
        Row(
            number: SQLITE_ABORT, name: "SQLITE_ABORT", code: .conflict,
            advice: "the transaction was rolled back meanwhile; run it again"),
        Row(
            number: SQLITE_BUSY, name: "SQLITE_BUSY", code: .busy,
            advice: "another connection holds the lock; try again or raise busyTimeout"),
        Row(
            number: SQLITE_LOCKED, name: "SQLITE_LOCKED", code: .busy,
            advice: "the table is in use on this connection; finish that statement first",
            isRetryable: false),
        Row(
            number: SQLITE_NOMEM, name: "SQLITE_NOMEM", code: .resourceExhausted,
            advice: "no memory is left"),
        Row(
            number: SQLITE_READONLY, name: "SQLITE_READONLY", code: .permissionDenied,
            advice: "the connection may not write; use write, and check the file's permissions"),
        Row(
            number: SQLITE_INTERRUPT, name: "SQLITE_INTERRUPT", code: .cancelled,
            advice: "the task was cancelled"),
        Row(
            number: SQLITE_IOERR, name: "SQLITE_IOERR", code: .unavailable,
            advice: "the file system failed; check the disk"),
        Row(
            number: SQLITE_CORRUPT, name: "SQLITE_CORRUPT", code: .corrupted,
            advice: "the file is damaged; restore it from a backup"),
        Row(
            number: SQLITE_NOTFOUND, name: "SQLITE_NOTFOUND", code: .unsupported,
            advice: "this SQLite library does not have what was asked for"),
        Row(
            number: SQLITE_FULL, name: "SQLITE_FULL", code: .resourceExhausted,
            advice: "the disk is full; free some space and try again"),
        Row(
            number: SQLITE_CANTOPEN, name: "SQLITE_CANTOPEN", code: .unavailable,
            advice:
                "check that the folder exists, that the path is a file, and that this user may "
                + "write there",
            isRetryable: false),
        Row(
            number: SQLITE_PROTOCOL, name: "SQLITE_PROTOCOL", code: .busy,
            advice: "the lock was contended for too long; try again"),
        Row(
            number: SQLITE_EMPTY, name: "SQLITE_EMPTY", code: .internalError,
            advice: "SQLite does not use this code; please report it"),
        Row(
            number: SQLITE_SCHEMA, name: "SQLITE_SCHEMA", code: .conflict,
            advice: "the schema changed meanwhile; run the statement again"),
        Row(
            number: SQLITE_TOOBIG, name: "SQLITE_TOOBIG", code: .limitExceeded,
            advice: "a value or the statement is larger than SQLite allows"),
        Row(
            number: SQLITE_CONSTRAINT, name: "SQLITE_CONSTRAINT", code: .constraintViolation,
            advice: "the schema forbids these values"),
        Row(
            number: SQLITE_MISMATCH, name: "SQLITE_MISMATCH", code: .constraintViolation,
            advice: "the value has the wrong type for its column"),
        Row(
            number: SQLITE_MISUSE, name: "SQLITE_MISUSE", code: .internalError,
            advice: "this package used SQLite wrongly; please report it"),
        Row(
            number: SQLITE_NOLFS, name: "SQLITE_NOLFS", code: .unsupported,
            advice: "the file system cannot hold files this large"),
        Row(
            number: SQLITE_AUTH, name: "SQLITE_AUTH", code: .permissionDenied,
            advice: "an authorizer refused the statement"),
        Row(
            number: SQLITE_FORMAT, name: "SQLITE_FORMAT", code: .corrupted,
            advice: "SQLite does not use this code; please report it"),
        Row(
            number: SQLITE_RANGE, name: "SQLITE_RANGE", code: .invalidArgument,
            advice: "give exactly as many values as the statement has placeholders"),
        Row(
            number: SQLITE_NOTADB, name: "SQLITE_NOTADB", code: .corrupted,
            advice: "this file is not a SQLite database; choose another path"),
        // The constants of extended codes are expressions that Swift does not import.
        Row(
            number: extended(SQLITE_CONSTRAINT, 6), name: "SQLITE_CONSTRAINT_PRIMARYKEY",
            code: .alreadyExists, advice: "a row with this key exists; use replace or upsert"),
        Row(
            number: extended(SQLITE_CONSTRAINT, 10), name: "SQLITE_CONSTRAINT_ROWID",
            code: .alreadyExists, advice: "a row with this key exists; use replace or upsert"),
        Row(
            number: extended(SQLITE_CONSTRAINT, 8), name: "SQLITE_CONSTRAINT_UNIQUE",
            code: .constraintViolation, advice: "another row has this value already"),
        Row(
            number: extended(SQLITE_CONSTRAINT, 3), name: "SQLITE_CONSTRAINT_FOREIGNKEY",
            code: .constraintViolation,
            advice: "the row this one refers to is missing, or others still refer to it"),
        Row(
            number: extended(SQLITE_CONSTRAINT, 5), name: "SQLITE_CONSTRAINT_NOTNULL",
            code: .constraintViolation, advice: "the column needs a value"),
        Row(
            number: extended(SQLITE_CONSTRAINT, 1), name: "SQLITE_CONSTRAINT_CHECK",
            code: .constraintViolation, advice: "a CHECK of the table is not met"),
        Row(
            number: extended(SQLITE_CONSTRAINT, 7), name: "SQLITE_CONSTRAINT_TRIGGER",
            code: .constraintViolation, advice: "a trigger refused the change"),
        Row(
            number: extended(SQLITE_CONSTRAINT, 12), name: "SQLITE_CONSTRAINT_DATATYPE",
            code: .constraintViolation, advice: "the value has the wrong type for its column"),
        Row(
            number: extended(SQLITE_BUSY, 2), name: "SQLITE_BUSY_SNAPSHOT", code: .conflict,
            advice: "another connection wrote since this transaction began to read; run it again"),
    ]

    private static func extended(_ primary: Int32, _ detail: Int32) -> Int32 {
        primary | (detail << 8)
    }
}

extension StorageError {
    /// The error for a result code of SQLite.
    ///
    /// - Parameters:
    ///   - result: The extended result code.
    ///   - detail: What `sqlite3_errmsg` says, where there is a connection to ask.
    ///   - statement: The statement with placeholders.
    static func sqlite(_ result: Int32, detail: String?, statement: String?) -> StorageError {
        let row = SQLiteErrorMapping.row(for: result)
        return StorageError(
            code: row.code,
            message: [detail, row.advice].compactMap(\.self).joined(separator: "; "),
            native: .init(domain: "sqlite", name: row.name, number: Int(result)),
            constraint: SQLiteErrorMapping.constraint(result, detail: detail),
            statement: statement, underlying: row.code == .cancelled ? CancellationError() : nil,
            isRetryable: row.isRetryable)
    }
}
