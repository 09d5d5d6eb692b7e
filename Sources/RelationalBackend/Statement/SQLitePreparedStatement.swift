internal import StorageKit

/// A statement that was compiled once and can be run many times with other values.
///
/// ```swift
/// try await database.write { connection in
///     let insert = try connection.prepare(
///         "INSERT INTO todo (id, title) VALUES (\(SQL.placeholder), \(SQL.placeholder))")
///     for (id, title) in titles { try insert.execute(id, title) }
/// }
/// ```
///
/// It belongs to its connection's thread, is not `Sendable` and lives as long as you hold it. A
/// value that was interpolated when it was prepared stays; the values of a run go to the
/// placeholders, in order. Running it inside its own `forEach` throws
/// ``StorageError/Code/invalidState``.
public final class SQLitePreparedStatement {
    let statement: SQLiteStatement
    private let handle: SQLiteHandle
    private let parameters: [RenderedSQL.Parameter]
    private(set) var isRunning = false
    private(set) lazy var reader = SQLiteRowReader(statement)
    private(set) lazy var decoder = SQLiteRowDecoder(reader)

    init(_ sql: RenderedSQL, on handle: SQLiteHandle) throws(StorageError) {
        statement = try SQLiteStatement(sql.text, on: handle)
        self.handle = handle
        parameters = sql.parameters
    }

    /// The statement with `?` for each parameter.
    public var sql: String { statement.text }

    /// The columns of the result, in their order; none for a statement without a result.
    public var columnNames: [String] { statement.columnNames }

    // MARK: One run: begin, step until there is no row or no interest, end.

    /// Begins a run with the values that its text was rendered with.
    ///
    /// - Throws: ``StorageError/Code/cancelled`` when the job was cancelled meanwhile,
    ///   ``StorageError/Code/invalidState`` inside another run, and what binding throws.
    func begin(_ parameters: [RenderedSQL.Parameter]) throws(StorageError) {
        var binder = try beginBinding(parameters)
        do throws(StorageError) { try binder.finish() } catch {
            end()
            throw error
        }
    }

    /// Begins a run with one value for each placeholder.
    func begin<each Value: SQLBindable>(_ values: repeat each Value) throws(StorageError) {
        var binder = try beginBinding(parameters)
        do throws(StorageError) {
            repeat try binder.bind(each values)
            try binder.finish()
        } catch {
            end()
            throw error
        }
    }

    private func beginBinding(
        _ parameters: [RenderedSQL.Parameter]
    ) throws(StorageError) -> SQLiteBinder {
        guard !isRunning else { throw alreadyRunning }
        try statement.checkRunnable()
        isRunning = true
        return SQLiteBinder(statement, parameters)
    }

    /// Moves to the next row of the run.
    func step() throws(StorageError) -> Bool { try statement.step() }

    /// Ends the run; the statement holds no lock any more.
    func end() {
        statement.reset()
        isRunning = false
    }

    /// What changed in the run that has just reached its end.
    func execute() throws(StorageError) -> SQLiteChanges {
        let before = handle.totalChanges
        while try step() {}
        // `changes` speaks of the last statement that changed something, maybe long ago.
        let changed = handle.totalChanges != before
        return SQLiteChanges(
            rowCount: changed ? handle.changes : 0, lastInsertedRowID: handle.lastInsertedRowID)
    }

    private var alreadyRunning: StorageError {
        StorageError(
            code: .invalidState,
            message: "the statement is running already; prepare a second one for the inner loop",
            statement: statement.text)
    }
}
