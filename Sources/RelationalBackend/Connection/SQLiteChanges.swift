public import StorageKit

/// What a statement changed.
public struct SQLiteChanges: RelationalChanges, Hashable {
    /// How many rows it inserted, updated or deleted itself.
    ///
    /// Those of triggers and foreign key actions are not counted. 0 for a statement that changes no
    /// rows.
    public var rowCount: Int

    /// The rowid of the connection's last INSERT into a table with rowids; 0 before the first.
    public var lastInsertedRowID: Int64

    /// Creates a report of changes.
    public init(rowCount: Int, lastInsertedRowID: Int64) {
        self.rowCount = rowCount
        self.lastInsertedRowID = lastInsertedRowID
    }
}
