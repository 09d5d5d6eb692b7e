/// What a statement changed.
public protocol RelationalChanges: Sendable {
    /// How many rows the statement inserted, updated or deleted, without those that triggers and
    /// foreign keys changed.
    var rowCount: Int { get }
}
