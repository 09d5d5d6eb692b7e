internal import StorageKit

extension SQLStateMapping {
    /// Every row; tested one by one.
    static let table: [Row] = classes + data + rules + transactions + statements + surroundings

    /// What holds for the codes of a class that have no row.
    private static let classes: [Row] = [
        Row("03", .invalidState, "the statement is not complete"),
        Row("08", .unavailable, "the connection failed; try again"),
        Row("09", .constraintViolation, "an action of a trigger failed"),
        Row("0A", .unsupported, "this server cannot do that"),
        Row("0B", .invalidState, "a transaction cannot begin there"),
        Row("0F", .invalidArgument, "a locator is not valid"),
        Row("0L", .permissionDenied, "who granted it may not"),
        Row("0P", .invalidStatement, "there is no such role"),
        Row("0Z", .invalidStatement, "a diagnostics statement is out of place"),
        Row("20", .invalidStatement, "no case of a CASE statement fits"),
        Row("21", .invalidArgument, "a subquery gave more rows than there is room for"),
        Row(
            "22", .invalidArgument, "a value does not fit what is done with it",
            quotesValues: true),
        Row("23", .constraintViolation, "the schema forbids these values"),
        Row("24", .invalidState, "a cursor is not where it should be"),
        Row("25", .invalidState, "the transaction is in another state"),
        Row("26", .invalidState, "the server has forgotten a prepared statement; try again"),
        Row("27", .constraintViolation, "a trigger has changed the row as well"),
        Row("28", .unauthenticated, "check the user, the password and pg_hba.conf"),
        Row("2B", .constraintViolation, "others still depend on it"),
        Row("2D", .invalidState, "the transaction cannot end there"),
        Row("2F", .constraintViolation, "a function of the database failed", quotesValues: true),
        Row("34", .invalidState, "there is no such cursor"),
        Row("38", .constraintViolation, "a function of the database failed", quotesValues: true),
        Row("39", .constraintViolation, "a function of the database failed", quotesValues: true),
        Row("3B", .invalidState, "there is no such savepoint"),
        Row("3D", .notFound, "create the database, or name another"),
        Row("3F", .invalidStatement, "there is no such schema"),
        Row("40", .conflict, "another transaction was faster; run this one again"),
        Row("42", .invalidStatement, "check the statement against the schema"),
        Row("44", .constraintViolation, "the view would not show the row"),
        Row("53", .resourceExhausted, "the server has run out of something"),
        Row("54", .limitExceeded, "the statement is larger than the server allows"),
        Row("55", .invalidState, "the object is not in the state that this needs"),
        Row("57", .unavailable, "somebody who runs the server has intervened; try again"),
        Row("58", .unavailable, "the server's system failed"),
        Row("72", .conflict, "the snapshot is too old; run the transaction again"),
        Row("F0", .unavailable, "the server's configuration is wrong", isRetryable: false),
        Row("HV", .unavailable, "a foreign table's server failed", quotesValues: true),
        Row("P0", .constraintViolation, "a function of the database refused", quotesValues: true),
        Row("XX", .internalError, "the server has a defect; look into its log"),
    ]

    private static let data: [Row] = [
        Row("22001", .constraintViolation, "the text is longer than its column"),
        Row(
            "22003", .outOfRange, "the number is beyond what its type can hold",
            quotesValues: true),
        Row("22012", .invalidArgument, "divided by zero"),
        Row("22021", .encodingFailed, "the text is not valid in the server's encoding"),
        Row("22P05", .encodingFailed, "the server's encoding has no such character"),
    ]

    private static let rules: [Row] = [
        Row("23001", .constraintViolation, "other rows still refer to this one"),
        Row("23502", .constraintViolation, "the column needs a value"),
        Row(
            "23503", .constraintViolation,
            "the row this one refers to is missing, or others still refer to it"),
        Row("23505", .constraintViolation, "another row has this value already"),
        Row("23514", .constraintViolation, "a CHECK of the table is not met"),
        Row("23P01", .constraintViolation, "another row excludes this one"),
    ]

    private static let transactions: [Row] = [
        Row("25001", .invalidState, "that cannot be done inside a transaction"),
        Row("25006", .permissionDenied, "the transaction, or the server, only reads"),
        Row(
            "25P02", .invalidState,
            "the transaction has failed already and takes nothing but its end"),
        Row("25P03", .timedOut, "the transaction was idle for too long and is rolled back"),
        Row("40002", .constraintViolation, "a rule that was deferred is not met"),
        Row("40003", .unavailable, "nobody knows whether the statement was done"),
        Row("40P01", .conflict, "a deadlock was broken; run the transaction again"),
        Row("55006", .busy, "somebody else is using the object"),
        Row("55P03", .busy, "somebody else holds the lock; try again"),
    ]

    private static let statements: [Row] = [
        Row("42501", .permissionDenied, "grant the user what the statement needs"),
        Row("42601", .invalidStatement, "the statement does not parse"),
        Row("42703", .invalidStatement, "there is no such column"),
        Row("42710", .alreadyExists, "there is such an object already"),
        Row("42723", .alreadyExists, "there is such a function already"),
        Row("42883", .invalidStatement, "there is no such function or operator for these types"),
        Row("42P01", .invalidStatement, "there is no such table"),
        Row("42P04", .alreadyExists, "there is such a database already"),
        Row("42P06", .alreadyExists, "there is such a schema already"),
        Row("42P07", .alreadyExists, "there is such a table already"),
        Row(
            "42P18", .invalidStatement, "cast the parameter, whose type is not clear: $1::text"),
        Row("54000", .limitExceeded, "the statement is larger than the server allows"),
        Row("P0002", .notFound, "a function of the database found no row", quotesValues: true),
    ]

    private static let surroundings: [Row] = [
        Row("28000", .unauthenticated, "check the user and pg_hba.conf"),
        Row("28P01", .unauthenticated, "check the user's password"),
        Row(
            "53300", .resourceExhausted,
            "the server has no connection left; lower maximumConnections"),
        Row("57014", .timedOut, "the server stopped the statement; see statementTimeout"),
        Row("57P01", .unavailable, "the server ended the connection; try again"),
        Row("57P02", .unavailable, "a process of the server crashed; try again"),
        Row("57P03", .unavailable, "the server is starting or stopping; try again"),
        Row("57P04", .notFound, "the database was dropped"),
        Row("57P05", .unavailable, "the session was idle for too long; try again"),
        Row("XX001", .corrupted, "the data are damaged; restore them from a backup"),
        Row("XX002", .corrupted, "an index is damaged; rebuild it with REINDEX"),
    ]
}
