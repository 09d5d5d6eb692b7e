public import StorageKit

extension SQLiteDatabase {
    /// Copies the write-ahead log into the database file.
    ///
    /// SQLite does it by itself when the log has a thousand pages, and when the last connection
    /// closes. Do it yourself before a quiet time, or to shrink a log that a long read let grow.
    ///
    /// One hop, on the writer: other writes wait. In memory there is no log, and nothing is done.
    ///
    /// - Parameter mode: How far it goes.
    /// - Throws: ``StorageError/Code/permissionDenied`` in a database that was opened read-only.
    @discardableResult
    public func checkpoint(
        _ mode: SQLiteCheckpoint.Mode = .passive
    ) async throws(StorageError) -> SQLiteCheckpoint {
        try await named("checkpoint") { () throws(StorageError) in
            try checkWritable()
            return try await writer.run { (session) throws(StorageError) in
                try session.connection.checkpoint(mode)
            }
        }
    }

    /// Brings the statistics up to date that SQLite chooses indexes by, where they need it.
    ///
    /// `PRAGMA optimize`, with a limit on what is looked at, so that it is quick in large tables
    /// too. Once in a while, or before closing, is enough. One hop, on the writer.
    ///
    /// - Throws: ``StorageError/Code/permissionDenied`` in a database that was opened read-only.
    public func optimize() async throws(StorageError) {
        try await named("optimize") { () throws(StorageError) in
            try checkWritable()
            try await writer.run { (session) throws(StorageError) in
                // "A value of between 100 and 1000 is recommended" (sqlite.org/pragma.html).
                try session.handle.execute(
                    script: "PRAGMA analysis_limit = 400; PRAGMA optimize")
            }
        }
    }

    private func checkWritable() throws(StorageError) {
        guard configuration.opening == .readOnly else { return }
        throw StorageError(
            code: .permissionDenied,
            message: "the database was opened read-only; open it with .existing to write")
    }
}

extension SQLiteConnection {
    fileprivate func checkpoint(
        _ mode: SQLiteCheckpoint.Mode
    ) throws(StorageError) -> SQLiteCheckpoint {
        let row = try first(
            SQL(verbatim: "PRAGMA wal_checkpoint(\(mode.rawValue))"), as: (Int, Int, Int).self)
        guard let row else {
            throw StorageError(
                code: .internalError, message: "a checkpoint without a result; please report it")
        }
        // Without a log SQLite says -1.
        return SQLiteCheckpoint(
            isComplete: row.0 == 0, logPages: max(row.1, 0), copiedPages: max(row.2, 0))
    }
}
