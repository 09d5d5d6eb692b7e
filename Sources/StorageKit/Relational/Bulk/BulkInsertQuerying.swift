/// A database that takes many rows at once in a way made for that.
///
/// ```swift
/// try await database.insert(readings, into: "reading")            // entities, from any sequence
/// try await database.insert(
///     lines.map { (Int($0.number), $0.text) }, into: "line", columns: ["number", "text"])
/// ```
///
/// * **All or nothing.** The rows are in the table when the call returns; when it throws, none is.
/// * **Bounded.** Rows are read from the sequence a batch at a time, and no batch is read before
///   the one in front of it is with the database. The sequence may be larger than memory.
/// * **One transaction**, that of the connection if it is asked of one. While the sequence makes
///   its caller wait, the transaction waits too, and may hold locks.
///
/// A value means the same as in a single `INSERT`, and a broken rule is the same error.
public protocol BulkInsertQuerying: RelationalQuerying {
    /// Inserts rows: what a backend has to do, and what the other forms call.
    ///
    /// SQLite: one round trip in all, a prepared statement inside one transaction. PostgreSQL:
    /// `COPY`, one round trip to begin and one to end; the rows are sent without waiting for an
    /// answer.
    ///
    /// - Parameters:
    ///   - table: The table's name.
    ///   - columns: The columns that the rows have values for.
    ///   - nextBatch: Gives the next rows, a value for each column, and none when it is at the end;
    ///     it is called by one at a time, and not again after its end or its error.
    /// - Returns: How many rows there were.
    /// - Throws: What `nextBatch` threw, or ``StorageError``; no row was inserted then, unless
    ///   ``StorageError/mayHaveBeenApplied`` says that they may have been.
    func insert(
        into table: String, columns: [String],
        _ nextBatch: @escaping @Sendable () async throws -> [[SQLValue]]
    ) async throws -> Int
}
