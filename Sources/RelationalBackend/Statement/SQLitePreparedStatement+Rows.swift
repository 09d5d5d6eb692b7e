public import StorageKit

// The rows of a run that has begun.
extension SQLitePreparedStatement {
    /// The first row.
    @usableFromInline
    func first<Row>(_ shape: SQLiteRowShape<Row>) throws(StorageError) -> Row? {
        guard try firstStep(width: shape.width) else { return nil }
        let row = try shape.decode(self)
        // A statement that writes is over only when it has said so: a foreign key that is violated,
        // for example, is found at its end.
        if !statement.isReadOnly { while try step() {} }
        return row
    }

    /// All rows.
    ///
    /// - Throws: ``StorageError/Code/limitExceeded`` when there are more than `limit`.
    @usableFromInline
    func all<Row>(_ shape: SQLiteRowShape<Row>, limit: Int) throws(StorageError) -> [Row] {
        var rows: [Row] = []
        guard try firstStep(width: shape.width) else { return rows }
        repeat {
            guard rows.count < limit else { throw tooManyRows(limit) }
            rows.append(try shape.decode(self))
        } while try step()
        return rows
    }

    /// Calls the body at each row.
    ///
    /// - Parameter width: How many columns the body takes; `nil` when it finds them itself.
    @usableFromInline
    func each(width: Int?, _ body: () throws -> Void) throws {
        guard try firstStep(width: width) else { return }
        repeat { try body() } while try step()
    }

    /// Moves to the first row; only then is it known whether the schema has changed the columns.
    func firstStep(width: Int?) throws(StorageError) -> Bool {
        guard try step() else { return false }
        if statement.wasRecompiled() { forgetColumns() }
        if let width, width != statement.columnCount { throw wrongWidth(width) }
        return true
    }

    private func wrongWidth(_ width: Int) -> StorageError {
        StorageError(
            code: .decodingFailed,
            message: "a tuple of \(width) wants as many columns and the result has "
                + "\(statement.columnCount); select just these",
            statement: sql)
    }

    private func tooManyRows(_ limit: Int) -> StorageError {
        StorageError(
            code: .limitExceeded,
            message: "the result has more than \(limit) rows; raise limit:, add LIMIT to the "
                + "statement, or walk the rows with forEach",
            statement: sql)
    }
}
