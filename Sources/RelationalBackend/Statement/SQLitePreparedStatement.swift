public import StorageKit

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
    @usableFromInline let statement: SQLiteStatement
    private let handle: SQLiteHandle
    let parameters: SQLiteParameters
    private(set) var isRunning = false
    private var knownDecoder: SQLiteRowDecoder?
    private var knownRow: (type: ObjectIdentifier, isColumn: Bool)?

    init(_ sql: RenderedSQL, on handle: SQLiteHandle) throws(StorageError) {
        statement = try SQLiteStatement(sql.text, on: handle)
        self.handle = handle
        parameters = SQLiteParameters(sql.parameters)
    }

    /// The statement with `?` for each parameter.
    public var sql: String { statement.text }

    /// The columns of the result, in their order; none for a statement without a result.
    public var columnNames: [String] { statement.columnNames }

    // MARK: One run: begin, step until there is no row or no interest, end.

    /// Begins a run that has no values yet.
    ///
    /// - Throws: ``StorageError/Code/cancelled`` when the job was cancelled meanwhile,
    ///   ``StorageError/Code/invalidState`` inside another run.
    @usableFromInline
    func beginRun() throws(StorageError) {
        guard !isRunning else { throw alreadyRunning }
        try statement.checkRunnable()
        isRunning = true
    }

    /// Moves to the next row of the run.
    func step() throws(StorageError) -> Bool { try statement.step() }

    /// Ends the run; the statement holds no lock any more.
    @usableFromInline
    func end() {
        statement.reset()
        isRunning = false
    }

    /// What changed in the run that has just reached its end.
    @usableFromInline
    func runToEnd() throws(StorageError) -> SQLiteChanges {
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

    // MARK: Codable rows

    /// Decodes the row that the statement is at.
    @inlinable
    func decode<Row: Decodable>(_ type: Row.Type) throws(StorageError) -> Row {
        if isColumn(type) { return try decodeColumn(type) }
        do { return try Row(from: rowDecoder) } catch {
            throw StorageError(decoding: error, of: "\(type)")
        }
    }

    /// Decodes the only column of the row that the statement is at.
    @usableFromInline
    func decodeColumn<Row: Decodable>(_ type: Row.Type) throws(StorageError) -> Row {
        try decoder.decodeColumn(type)
    }

    /// The decoder of the row that the statement is at.
    @usableFromInline var rowDecoder: any Decoder { decoder }

    /// Whether the type is one of a column and not of a row.
    ///
    /// A `Date` is `Codable` as a number and kept as text, so what knows columns is asked as a
    /// column. Remembered, since the question goes through the runtime's table of conformances.
    @usableFromInline
    func isColumn<Row>(_ type: Row.Type) -> Bool {
        let identifier = ObjectIdentifier(type)
        if let knownRow, knownRow.type == identifier { return knownRow.isColumn }
        let isColumn = type is any SQLColumnDecodable.Type
        knownRow = (identifier, isColumn)
        return isColumn
    }

    /// Forgets where the columns are, because the schema has changed.
    func forgetColumns() { knownDecoder = nil }

    private var decoder: SQLiteRowDecoder {
        if let knownDecoder { return knownDecoder }
        let decoder = SQLiteRowDecoder(SQLiteRowReader(statement))
        knownDecoder = decoder
        return decoder
    }
}
