/// What ``SQLiteDatabase/checkIntegrity(limit:)`` has found.
public struct SQLiteIntegrityReport: Hashable, Sendable {
    /// A row that refers to one that is not there.
    public struct ForeignKeyViolation: Hashable, Sendable {
        /// The table with the row.
        public var table: String
        /// The row; `nil` in a table without rowids.
        public var rowID: Int64?
        /// The table that is referred to.
        public var parent: String
        /// Which of the table's foreign keys it is, as `PRAGMA foreign_key_list` counts them.
        public var foreignKey: Int64
    }

    /// Damage of the file, missing index entries, violated `NOT NULL`, `CHECK` and `UNIQUE`: a
    /// sentence of SQLite for each, without values.
    public var problems: [String]
    /// Rows whose foreign keys lead nowhere.
    public var foreignKeyViolations: [ForeignKeyViolation]
    /// Whether a list was cut off at the limit, so that there may be more.
    public var isCutOff: Bool

    /// Whether nothing is wrong.
    public var isIntact: Bool { problems.isEmpty && foreignKeyViolations.isEmpty }
}
