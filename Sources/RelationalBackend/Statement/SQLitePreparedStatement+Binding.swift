public import StorageKit

// The values of a run, from the first placeholder to the last.
extension SQLitePreparedStatement {
    /// Begins a run with one value for each placeholder.
    ///
    /// Inlinable, so that the pack of values is taken apart where its types are known: elsewhere
    /// each run would have the runtime build the pack's types first.
    @inlinable
    func begin<each Value: SQLBindable>(_ values: repeat each Value) throws(StorageError) {
        try beginRun()
        do throws(StorageError) {
            var count = 0
            repeat try bind((each values).sqlValue, after: &count)
            try finishBinding(after: count)
        } catch {
            end()
            throw error
        }
    }

    /// Begins a run with the values that its text was rendered with.
    func begin(_ parameters: [RenderedSQL.Parameter]) throws(StorageError) {
        try beginRun()
        do throws(StorageError) { try bind(parameters) } catch {
            end()
            throw error
        }
    }

    /// Begins a run with a value for each parameter.
    func begin(binding row: [SQLValue]) throws(StorageError) {
        try beginRun()
        do throws(StorageError) {
            guard row.count == statement.parameterCount else {
                throw row.count < statement.parameterCount ? tooFew : tooMany
            }
            var place: Int32 = 0
            for value in row {
                place += 1
                try statement.bind(value, at: place)
            }
        } catch {
            end()
            throw error
        }
    }

    /// Binds a value to the placeholder after the first `count`.
    @usableFromInline
    func bind(_ value: SQLValue, after count: inout Int) throws(StorageError) {
        guard count < parameters.placeholders.count else { throw tooMany }
        try statement.bind(value, at: parameters.placeholders[count])
        count += 1
    }

    /// Binds what the statement has values for; throws when a placeholder got none.
    @usableFromInline
    func finishBinding(after count: Int) throws(StorageError) {
        guard count == parameters.placeholders.count else { throw tooFew }
        for (place, value) in parameters.values { try statement.bind(value, at: place) }
        guard statement.parameterCount == parameters.count else { throw foreignPlaceholder }
    }

    private func bind(_ parameters: [RenderedSQL.Parameter]) throws(StorageError) {
        var place: Int32 = 0
        for parameter in parameters {
            guard case .value(let value) = parameter else { throw tooFew }
            place += 1
            try statement.bind(value, at: place)
        }
        guard statement.parameterCount == parameters.count else { throw foreignPlaceholder }
    }

    private var tooMany: StorageError {
        StorageError(
            code: .invalidArgument, message: "more values than the statement has placeholders",
            statement: sql)
    }

    private var tooFew: StorageError {
        StorageError(
            code: .invalidArgument, message: "fewer values than the statement has placeholders",
            statement: sql)
    }

    /// A "?" that the programmer wrote into the text would be NULL.
    private var foreignPlaceholder: StorageError {
        StorageError(
            code: .invalidArgument,
            message:
                "the statement's text contains a placeholder of its own; interpolate the value, "
                + "or SQL.placeholder in a prepared statement",
            statement: sql)
    }
}
