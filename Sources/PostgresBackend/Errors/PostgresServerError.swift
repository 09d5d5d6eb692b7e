/// What PostgreSQL said about a statement that it refused, with all that it said.
///
/// It is the ``StorageKit/StorageError/underlying`` error of a `StorageError`, whose own message
/// leaves out what may quote a value: for a log, use that one.
public struct PostgresServerError: Error, Hashable, Sendable {
    /// SQLSTATE: five characters that say which error it is (PostgreSQL's manual, appendix A).
    public let state: String
    /// The error in the server's words; those of a data error, or of a function's own, quote
    /// values.
    public let message: String
    /// More about it; often quotes the values of a row.
    public let detail: String?
    /// What the server suggests.
    public let hint: String?
    /// The schema of what the error is about.
    public let schema: String?
    /// The table that it is about.
    public let table: String?
    /// The column that it is about.
    public let column: String?
    /// The type that it is about.
    public let dataType: String?
    /// The constraint that was violated.
    public let constraint: String?
    /// The place in the statement's text, in characters from 1.
    public let position: Int?
    /// Where the server was: the function, or the row of a COPY; may quote values.
    public let context: String?
    /// The function of the server's source that reported it.
    public let routine: String?

    init(
        state: String, message: String, detail: String? = nil, hint: String? = nil,
        schema: String? = nil, table: String? = nil, column: String? = nil,
        dataType: String? = nil, constraint: String? = nil, position: Int? = nil,
        context: String? = nil, routine: String? = nil
    ) {
        self.state = state
        self.message = message
        self.detail = detail
        self.hint = hint
        self.schema = schema
        self.table = table
        self.column = column
        self.dataType = dataType
        self.constraint = constraint
        self.position = position
        self.context = context
        self.routine = routine
    }
}

extension PostgresServerError {
    /// Which row of a COPY it was at, from 1.
    ///
    /// The words around the number are translated: `COPY reading, line 7, column celsius: "…"`.
    var copiedRow: Int? {
        guard let line = context?.split(separator: "\n").first(where: { $0.hasPrefix("COPY ") })
        else { return nil }
        return line.firstMatch(of: /, [^0-9,"]*([0-9]+)(?:,|:|$)/).flatMap { Int($0.1) }
    }

    /// The connection broke, and libpq made the error.
    var isOfLibrary: Bool { state.isEmpty }

    /// A prepared statement's result would have other columns than when it was prepared, since the
    /// schema has changed.
    ///
    /// The message is translated, the routine is not.
    var isStalePlan: Bool { state == "0A000" && routine == "RevalidateCachedQuery" }

    /// The server does not have a prepared statement that it had.
    var isForgottenStatement: Bool { state == "26000" }

    /// Whether a prepared statement may have become wrong by a change of the schema.
    ///
    /// What the server has found out about a parameter without a type holds for ever: it was a
    /// number, and the column is text now.
    func mayBeStale(_ statement: PostgresStatement) -> Bool {
        if isStalePlan || isForgottenStatement { return true }
        return statement.parameters.types.contains(0) && Self.ofTypes.contains(state)
    }

    /// A value, an operator or a function that does not fit a type.
    private static let ofTypes: Set = [
        "42804", "42883", "42725", "22P02", "22003", "22007", "22008",
    ]

    /// The server, or its process, came to its end, or does not know how far it came.
    var isOfServersEnd: Bool { state.hasPrefix("57P") || state == "40003" }

    /// The statement was stopped: by a request to do so, or by a timeout.
    var isStopped: Bool { state == "57014" }
}
