import StorageKit
import Testing

@testable import PostgresBackend

@Suite("PostgreSQL's error codes as codes of StorageError")
struct SQLStateMappingTests {
    /// Appendix A of the manual, written down a second time and by hand.
    static let expected: [(String, StorageError.Code)] = [
        ("03", .invalidState), ("08", .unavailable), ("09", .constraintViolation),
        ("0A", .unsupported), ("0B", .invalidState), ("0F", .invalidArgument),
        ("0L", .permissionDenied), ("0P", .invalidStatement), ("0Z", .invalidStatement),
        ("20", .invalidStatement), ("21", .invalidArgument), ("22", .invalidArgument),
        ("23", .constraintViolation), ("24", .invalidState), ("25", .invalidState),
        ("26", .invalidState), ("27", .constraintViolation), ("28", .unauthenticated),
        ("2B", .constraintViolation), ("2D", .invalidState), ("2F", .constraintViolation),
        ("34", .invalidState), ("38", .constraintViolation), ("39", .constraintViolation),
        ("3B", .invalidState), ("3D", .notFound), ("3F", .invalidStatement), ("40", .conflict),
        ("42", .invalidStatement), ("44", .constraintViolation), ("53", .resourceExhausted),
        ("54", .limitExceeded), ("55", .invalidState), ("57", .unavailable),
        ("58", .unavailable), ("72", .conflict), ("F0", .unavailable), ("HV", .unavailable),
        ("P0", .constraintViolation), ("XX", .internalError),
        ("22001", .constraintViolation), ("22003", .outOfRange), ("22012", .invalidArgument),
        ("22021", .encodingFailed), ("22P05", .encodingFailed),
        ("23001", .constraintViolation), ("23502", .constraintViolation),
        ("23503", .constraintViolation), ("23505", .constraintViolation),
        ("23514", .constraintViolation), ("23P01", .constraintViolation),
        ("25001", .invalidState), ("25006", .permissionDenied), ("25P02", .invalidState),
        ("25P03", .timedOut), ("40002", .constraintViolation), ("40003", .unavailable),
        ("40P01", .conflict), ("55006", .busy), ("55P03", .busy),
        ("42501", .permissionDenied), ("42601", .invalidStatement),
        ("42703", .invalidStatement), ("42710", .alreadyExists), ("42723", .alreadyExists),
        ("42883", .invalidStatement), ("42P01", .invalidStatement), ("42P04", .alreadyExists),
        ("42P06", .alreadyExists), ("42P07", .alreadyExists), ("42P18", .invalidStatement),
        ("54000", .limitExceeded), ("P0002", .notFound),
        ("28000", .unauthenticated), ("28P01", .unauthenticated),
        ("53300", .resourceExhausted), ("57014", .timedOut), ("57P01", .unavailable),
        ("57P02", .unavailable), ("57P03", .unavailable), ("57P04", .notFound),
        ("57P05", .unavailable), ("XX001", .corrupted), ("XX002", .corrupted),
    ]

    @Test("every row has its code and an advice", arguments: expected)
    func row(state: String, code: StorageError.Code) {
        let row = SQLStateMapping.row(for: state)
        #expect(row.state == state)
        #expect(row.code == code)
        #expect(!row.advice.isEmpty)
    }

    @Test("the test knows every row of the table")
    func complete() { #expect(SQLStateMapping.table.count == Self.expected.count) }

    @Test("a code that is not listed goes by its class, and keeps its name")
    func classes() {
        let error = StorageError.postgres(
            PostgresServerError(state: "40001", message: "could not serialize"),
            statement: "UPDATE t")
        #expect(error.code == .conflict && error.isRetryable)
        #expect(error.native == .init(domain: "sqlstate", name: "40001"))
        #expect(error.message.contains("could not serialize"))
        #expect(error.statement == "UPDATE t")
    }

    @Test("a code of the future is named, and its words are withheld")
    func unknown() {
        let error = StorageError.postgres(
            PostgresServerError(state: "Q1234", message: "the value s3cret"), statement: nil)
        #expect(error.code == .internalError)
        #expect(error.native?.name == "Q1234")
        #expect(!"\(error)".contains("s3cret"))
    }

    @Test("a primary key of PostgreSQL's naming is told apart from other unique constraints")
    func primaryKey() {
        func code(_ constraint: String) -> StorageError.Code {
            StorageError.postgres(
                PostgresServerError(
                    state: "23505", message: "duplicate", table: "thing", constraint: constraint),
                statement: nil
            ).code
        }
        #expect(code("thing_pkey") == .alreadyExists)
        #expect(code("thing_name_key") == .constraintViolation)
    }

    @Test(
        "what libpq says of a connection that was not made becomes its code",
        arguments: [
            (
                "connection to server at \"127.0.0.1\", port 1 failed: FATAL:  28P01: password "
                    + "authentication failed for user \"app\"\n"
                    + "LOCATION:  auth_failed, auth.c:326\n",
                StorageError.Code.unauthenticated
            ),
            ("FATAL:  3D000: database \"x\" does not exist", .notFound),
            ("FATAL:  57P03: the database system is starting up", .unavailable),
            ("FATAL:  53300: sorry, too many clients already", .resourceExhausted),
            (
                "connection to server at \"127.0.0.1\", port 1 failed: Connection refused",
                .unavailable
            ),
            ("SSL error: certificate verify failed", .unauthenticated),
            (
                "server certificate for \"a\" does not match host name \"b\"",
                .unauthenticated
            ),
            ("server does not support SSL, but SSL was required", .unauthenticated),
        ])
    func connecting(words: String, code: StorageError.Code) {
        let error = StorageError.connecting(words, needsPassword: false)
        #expect(error.code == code)
        #expect(!error.message.contains("LOCATION"))
    }
}
