public import StorageKit

// A single statement each, its own transaction: one hop, or none for a lookup.
extension SQLiteDatabase {
    /// Runs one statement that writes, as a transaction of its own.
    ///
    /// Statements that many tasks run at the same moment may share a commit: each is done or not
    /// done by itself, and none returns before the commit.
    ///
    /// - Parameter sql: One statement.
    /// - Returns: What it changed, after the commit.
    /// - Throws: ``StorageError/Code/invalidState`` for a `BEGIN` or `SAVEPOINT`, which would leave
    ///   a transaction open.
    @discardableResult
    public func execute(_ sql: SQL) async throws(StorageError) -> SQLiteChanges {
        try await execute(sql, sharesCommit: true)
    }

    /// Runs one statement that writes, as a transaction of its own.
    ///
    /// - Parameters:
    ///   - sql: One statement.
    ///   - sharesCommit: Whether it may share a commit with those of other tasks. Say `false` for
    ///     one that takes long, since others would wait for it.
    /// - Returns: What it changed, after the commit.
    @discardableResult
    public func execute(
        _ sql: SQL, sharesCommit: Bool
    ) async throws(StorageError) -> SQLiteChanges {
        try await named("execute") { () throws(StorageError) in
            let rendered = try sql.rendered(for: SQLiteDialect())
            return try await self.execute(rendered, sharesCommit: sharesCommit)
        }
    }

    /// The same for a statement whose text is at hand.
    @discardableResult
    func execute(
        _ rendered: RenderedSQL, sharesCommit: Bool = true
    ) async throws(StorageError) -> SQLiteChanges {
        let write = { @Sendable (session: SQLiteSession) throws(StorageError) in
            try session.writeStatement { (connection) throws(StorageError) in
                try connection.execute(rendered)
            }
        }
        return sharesCommit && rendered.mayShareCommit
            ? try await writer.runShared(write) : try await writer.run(write)
    }

    /// Runs any number of statements without parameters, for example a schema, all or none of them.
    ///
    /// They are in one transaction already, so the script has no `BEGIN` and no `COMMIT`. An error
    /// does not repeat the script.
    ///
    /// - Parameter script: Statements separated by semicolons, from the program and never from
    ///   outside.
    public func execute(script: String) async throws(StorageError) {
        try await named("execute") { () throws(StorageError) in
            try await self.writer.run { (session) throws(StorageError) in
                do { try session.write { try $0.execute(script: script) } } catch {
                    throw error as? StorageError ?? .unexpected(error)
                }
            }
        }
    }

    /// Runs a read that looks up a few rows: in place if it can be done there, else on a reader.
    ///
    /// - Parameter body: Reads, and nothing else; it may be run more than once.
    func lookUp<Value: Sendable>(
        _ body: @escaping @Sendable (SQLiteSession) throws(StorageError) -> Value
    ) async throws(StorageError) -> Value {
        if Task.isCancelled { throw .cancelled() }
        guard let inPlaceReaders else { return try await readingWorkers().run(body) }
        switch inPlaceReaders.attempt(body) {
        case .done(let value):
            return value
        case .elsewhere(let prepares):
            return try await readingWorkers().run { (session) throws(StorageError) in
                let value = try body(session)
                if prepares { inPlaceReaders.prepare(body) }
                return value
            }
        }
    }
}
