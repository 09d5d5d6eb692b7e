public import StorageKit

extension SQLiteDatabase: ChangeObservingStore {
    /// Observes tables; when it returns, the observation is in force.
    ///
    /// One hop. An event is there to be read before the call that made the change has returned. It
    /// names the tables that a statement which changed a row would write, those of its triggers and
    /// foreign keys included; a trigger whose condition was not met counts as well. A change of a
    /// table's schema is a change of the table. Names are the same in any case.
    ///
    /// What other connections to the same file write, of this process or another, is not seen:
    /// SQLite tells nobody. Observe where the writes are made.
    ///
    /// While anybody observes, compiling a statement costs a little more and running one nothing
    /// that could be measured.
    ///
    /// - Parameter tables: Their names; a table may be created later.
    /// - Throws: ``StorageError/Code/invalidArgument`` when there is no name.
    public func changes(
        in tables: Set<String>
    ) async throws(StorageError) -> TableChangeSequence {
        try await named("changes") { () throws(StorageError) in
            guard !tables.isEmpty else {
                throw StorageError(
                    code: .invalidArgument, message: "name at least one table to observe")
            }
            // Before the hooks: they go when nobody observes.
            let sequence = changeHub.observe(tables)
            try await writer.run { [changeHub] (session) throws(StorageError) in
                session.observe(for: changeHub)
            }
            return sequence
        }
    }
}

extension SQLiteSession {
    /// Begins to report committed changes.
    ///
    /// Statements that were compiled before do not know their tables, so none is kept.
    fileprivate func observe(for hub: TableChangeHub) {
        guard handle.tracker == nil else { return }
        connection.forgetStatements()
        handle.track(for: hub)
    }
}
