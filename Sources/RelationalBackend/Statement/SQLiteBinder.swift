public import StorageKit

/// Gives a statement its values, from the first placeholder to the last.
@usableFromInline
struct SQLiteBinder {
    private let statement: SQLiteStatement
    private let parameters: SQLiteParameters
    private var bound = 0

    init(_ statement: SQLiteStatement, _ parameters: SQLiteParameters) {
        self.statement = statement
        self.parameters = parameters
    }

    /// Binds a value to the next placeholder that has none.
    @usableFromInline
    mutating func bind(_ value: SQLValue) throws(StorageError) {
        guard bound < parameters.placeholders.count else { throw tooMany }
        try statement.bind(value, at: parameters.placeholders[bound])
        bound += 1
    }

    /// Binds what the statement has values for; throws when a placeholder got none.
    @usableFromInline
    func finish() throws(StorageError) {
        guard bound == parameters.placeholders.count else { throw Self.tooFew(statement) }
        for (place, value) in parameters.values { try statement.bind(value, at: place) }
        try Self.checkCount(parameters.count, of: statement)
    }

    /// Binds the parameters of a statement that has a value for each.
    static func bind(
        _ parameters: [RenderedSQL.Parameter], to statement: SQLiteStatement
    ) throws(StorageError) {
        var place: Int32 = 0
        for parameter in parameters {
            guard case .value(let value) = parameter else { throw tooFew(statement) }
            place += 1
            try statement.bind(value, at: place)
        }
        try checkCount(parameters.count, of: statement)
    }

    /// A "?" that the programmer wrote into the text would be NULL.
    private static func checkCount(
        _ count: Int, of statement: SQLiteStatement
    ) throws(StorageError) {
        guard statement.parameterCount != count else { return }
        throw StorageError(
            code: .invalidArgument,
            message:
                "the statement's text contains a placeholder of its own; interpolate the value, "
                + "or SQL.placeholder in a prepared statement",
            statement: statement.text)
    }

    private static func tooFew(_ statement: SQLiteStatement) -> StorageError {
        StorageError(
            code: .invalidArgument, message: "fewer values than the statement has placeholders",
            statement: statement.text)
    }

    private var tooMany: StorageError {
        StorageError(
            code: .invalidArgument, message: "more values than the statement has placeholders",
            statement: statement.text)
    }
}
