public import StorageKit

/// What a statement changed.
public struct PostgresChanges: RelationalChanges, Hashable {
    /// How many rows the statement inserted, updated or deleted itself; 0 for one that changes no
    /// rows.
    public var rowCount: Int

    /// What the server says the statement was: `INSERT 0 5`, `CREATE TABLE`.
    public var commandTag: String

    /// Creates a report of changes.
    public init(rowCount: Int, commandTag: String = "") {
        self.rowCount = rowCount
        self.commandTag = commandTag
    }

    init(_ tag: CommandTag?) {
        self.init(rowCount: tag?.changedRows ?? 0, commandTag: tag?.text ?? "")
    }
}
