/// What a checkpoint has done, ``SQLiteDatabase/checkpoint(_:)``.
public struct SQLiteCheckpoint: Hashable, Sendable {
    /// How far a checkpoint goes; each waits for more than the one before it.
    public enum Mode: String, Hashable, Sendable, CaseIterable {
        /// Copies what it can without waiting for anybody.
        case passive = "PASSIVE"
        /// Waits until nobody reads an older state, and copies everything.
        case full = "FULL"
        /// Besides, waits until the log can be written from its start again.
        case restart = "RESTART"
        /// Besides, cuts the log file to nothing.
        case truncate = "TRUNCATE"
    }

    /// Whether all the mode asks for was done; if not, somebody read or wrote for longer than
    /// ``SQLiteConfiguration/busyTimeout``, and what could be copied was.
    public var isComplete: Bool
    /// How many pages are in the log.
    public var logPages: Int
    /// How many of them are in the database file.
    public var copiedPages: Int
}
