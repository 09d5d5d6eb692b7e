/// How far a backup has come, after each of its steps.
public struct SQLiteBackupProgress: Hashable, Sendable {
    /// How many pages are still to be copied.
    public var remainingPages: Int
    /// How many pages the database has.
    public var totalPages: Int
}
