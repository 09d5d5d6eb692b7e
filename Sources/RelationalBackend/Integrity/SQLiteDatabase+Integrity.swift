public import StorageKit

extension SQLiteDatabase {
    /// Looks through the whole database for damage and for rows that break its schema.
    ///
    /// `PRAGMA integrity_check` and `PRAGMA foreign_key_check` on one snapshot, on a reader, so
    /// that writers do not wait. It reads every page: linear in the size of the file, and longer
    /// with indexes. One hop.
    ///
    /// Cancelling the task ends it between two steps of SQLite; following the pages of all tables
    /// and indexes is one step.
    ///
    /// - Parameter limit: How many problems of each kind to report at the most, at least 1.
    /// - Throws: ``StorageError/Code/corrupted`` when the damage is such that not even the schema
    ///   can be read, ``StorageError/Code/invalidArgument`` for a limit below 1.
    public func checkIntegrity(
        limit: Int = 100
    ) async throws(StorageError) -> SQLiteIntegrityReport {
        try await named("checkIntegrity") { () throws(StorageError) in
            guard limit >= 1, limit < Int32.max else {
                throw StorageError(
                    code: .invalidArgument, message: "a limit is from 1 to \(Int32.max - 1)")
            }
            return try await self.readingWorkers().run { (session) throws(StorageError) in
                try session.snapshot { (connection) throws(StorageError) in
                    try connection.integrityReport(limit: limit)
                }
            }
        }
    }
}

extension SQLiteConnection {
    fileprivate func integrityReport(limit: Int) throws(StorageError) -> SQLiteIntegrityReport {
        // One more than wanted shows whether there are more. A pragma takes no parameter.
        let check = SQL(verbatim: "PRAGMA integrity_check(\(limit + 1))")
        let lines = try query(check, as: String.self, limit: limit + 2)
        let problems = lines == ["ok"] ? [] : lines
        let violations = try query(
            """
            SELECT "table", rowid, parent, fkid FROM pragma_foreign_key_check LIMIT \(limit + 1)
            """, as: (String, Int64?, String, Int64).self, limit: limit + 1)
        return SQLiteIntegrityReport(
            problems: Array(problems.prefix(limit)),
            foreignKeyViolations: violations.prefix(limit).map {
                .init(table: $0.0, rowID: $0.1, parent: $0.2, foreignKey: $0.3)
            }, isCutOff: problems.count > limit || violations.count > limit)
    }
}
