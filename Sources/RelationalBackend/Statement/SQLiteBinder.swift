internal import StorageKit

/// Gives a statement its values, from the first placeholder to the last.
struct SQLiteBinder {
    private let statement: SQLiteStatement
    private let parameters: [RenderedSQL.Parameter]
    private var position = 0

    init(_ statement: SQLiteStatement, _ parameters: [RenderedSQL.Parameter]) {
        self.statement = statement
        self.parameters = parameters
    }

    /// Binds a value to the next placeholder that has none.
    mutating func bind(_ value: some SQLBindable) throws(StorageError) {
        try bindFixed()
        guard position < parameters.count else { throw tooMany }
        try bindNext(value.sqlValue)
    }

    /// Binds what is left; throws when a placeholder got no value.
    mutating func finish() throws(StorageError) {
        try bindFixed()
        guard position == parameters.count else { throw tooFew }
        // A "?" that the programmer wrote into the text would be NULL.
        guard statement.parameterCount == parameters.count else { throw foreignPlaceholder }
    }

    /// Binds the values that belong to the statement, up to the next placeholder.
    private mutating func bindFixed() throws(StorageError) {
        while position < parameters.count, case .value(let value) = parameters[position] {
            try bindNext(value)
        }
    }

    private mutating func bindNext(_ value: SQLValue) throws(StorageError) {
        position += 1
        try statement.bind(value, at: Int32(clamping: position))
    }

    private var tooMany: StorageError {
        StorageError(
            code: .invalidArgument, message: "more values than the statement has placeholders",
            statement: statement.text)
    }

    private var tooFew: StorageError {
        StorageError(
            code: .invalidArgument, message: "fewer values than the statement has placeholders",
            statement: statement.text)
    }

    private var foreignPlaceholder: StorageError {
        StorageError(
            code: .invalidArgument,
            message:
                "the statement's text contains a placeholder of its own; interpolate the value, "
                + "or SQL.placeholder in a prepared statement",
            statement: statement.text)
    }
}
