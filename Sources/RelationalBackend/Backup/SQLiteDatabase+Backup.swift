public import StorageKit

extension SQLiteDatabase {
    /// Copies the database into a file while it is in use.
    ///
    /// ```swift
    /// try await database.backup(to: "sensors-copy.db") { print("\($0.remainingPages) to go") }
    /// ```
    ///
    /// The copy is one snapshot: what was committed before the backup began, and nothing of what is
    /// committed while it runs. It runs on a reader, so no write waits for it; the write-ahead log
    /// grows meanwhile, since a checkpoint cannot pass the snapshot. In memory there is one
    /// connection, and every other call waits until it is done.
    ///
    /// It is written beside its place under another name and takes the place when it is whole, so
    /// at `path` there is never half a copy. When the call fails or is cancelled the partial file
    /// is removed; the death of the process leaves it, named `….partial-…`. To restore a backup,
    /// open it.
    ///
    /// Linear in the size of the database; one hop.
    ///
    /// - Parameters:
    ///   - path: Where to; the folder must exist.
    ///   - isReplacing: Whether a file that is there is replaced.
    ///   - pagesPerStep: How many pages are copied between two looks at the task's cancellation and
    ///     two reports, at least 1.
    ///   - progress: Called after each step, on the connection's thread.
    /// - Throws: ``StorageError/Code/alreadyExists`` when a file is there,
    ///   ``StorageError/Code/invalidState`` when a log lies beside it (it is a database in use),
    ///   ``StorageError/Code/cancelled``, and what SQLite says of the disk.
    public func backup(
        to path: String, replacing isReplacing: Bool = false, pagesPerStep: Int = 256,
        progress: (@Sendable (SQLiteBackupProgress) -> Void)? = nil
    ) async throws(StorageError) {
        let place = SQLiteLocation.file(path).absolute
        try await named("backup") { () throws(StorageError) in
            guard case .file(let path) = place, !path.isEmpty, !path.utf8.contains(0),
                pagesPerStep >= 1
            else {
                throw StorageError(
                    code: .invalidArgument,
                    message: "a backup needs a path, without NUL, and at least 1 page a step")
            }
            try await self.readingWorkers().run { (session) throws(StorageError) in
                let file = try SQLiteBackupFile(path: path, isReplacing: isReplacing)
                defer { file.removePartial() }
                try session.copy(to: file, pagesPerStep: pagesPerStep, progress)
                try file.publish()
            }
        }
    }
}

extension SQLiteSession {
    /// Copies what the session sees into the partial file, and closes that.
    fileprivate func copy(
        to file: SQLiteBackupFile, pagesPerStep: Int,
        _ progress: (@Sendable (SQLiteBackupProgress) -> Void)?
    ) throws(StorageError) {
        let destination = try SQLiteHandle(
            .file(file.partialPath), .creating, busyTimeout: .zero, census: handle.census)
        defer { destination.close() }
        // Who fails throws the file away: there is nothing to roll back.
        try destination.execute(script: "PRAGMA journal_mode = OFF; PRAGMA synchronous = FULL")
        try snapshot { (connection) throws(StorageError) in
            // A transaction that has read keeps its snapshot. Without one SQLite would begin anew
            // whenever another connection has written between two steps.
            _ = try connection.first("SELECT count(*) FROM sqlite_schema", as: Int.self)
            let backup = try SQLiteBackup(from: handle, to: destination)
            while try backup.step(pages: pagesPerStep) { progress?(backup.progress) }
            progress?(backup.progress)
            try backup.finish()
        }
    }
}
