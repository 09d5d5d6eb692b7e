internal import Synchronization

extension CachedRepository {
    /// The repository within a transaction: over the transaction's own view of the primary, with
    /// the cache left alone until the end.
    ///
    /// - Parameters:
    ///   - transaction: Where writes are noted.
    ///   - primary: The same store as ``primary``, as the transaction sees it.
    /// - Throws: ``StorageError/Code/invalidState`` when the transaction is over.
    public func within<Inner: Repository>(
        _ transaction: CacheTransaction, primary: Inner
    ) throws(StorageError) -> TransactionRepository<Inner>
    where Inner.Entity == Entity, Inner.ID == ID {
        let notes = NotedWrites<CacheType.Key, Bars>()
        try transaction.atEnd { isUnknown in
            await self.tellCache(ofAll: notes.close(), isUnknown: isUnknown)
        }
        return TransactionRepository(primary: primary) { id async throws(StorageError) in
            try await self.note(self.key(id), in: notes)
        }
    }

    /// Notes a key before its write is sent, and sets its barrier in the strict mode.
    private func note(
        _ key: CacheType.Key, in notes: NotedWrites<CacheType.Key, Bars>
    ) async throws(StorageError) {
        guard try notes.isNew(key) else { return }
        guard let bars = try await bar([key]) else { return }
        guard !notes.add(bars, of: key) else { return }
        await tellCache(of: [key], bars: bars, isUnknown: false)
        throw .transactionIsOver
    }

    private func tellCache(
        ofAll noted: (keys: Set<CacheType.Key>, bars: [CacheType.Key: [Bars]]), isUnknown: Bool
    ) async {
        for (key, bars) in noted.bars {
            for bars in bars { await tellCache(of: [key], bars: bars, isUnknown: isUnknown) }
        }
        let free = noted.keys.subtracting(noted.bars.keys)
        guard !free.isEmpty else { return }
        await tellCache(of: Array(free), bars: nil, isUnknown: isUnknown)
    }
}

/// The keys that a transaction has written, and what ends their barriers.
final class NotedWrites<Key: Hashable & Sendable, Bars: Sendable>: Sendable {
    private struct State {
        var isClosed = false
        var keys: Set<Key> = []
        var bars: [Key: [Bars]] = [:]
    }

    private let state = Mutex(State())

    /// Notes the key; whether its barrier is to be set.
    ///
    /// Two tasks of one transaction that write the same entity at once set one each: the second
    /// must not go on before there is one.
    func isNew(_ key: Key) throws(StorageError) -> Bool {
        let isNew: Bool? = state.withLock { state in
            if state.isClosed { return nil }
            state.keys.insert(key)
            return state.bars[key] == nil
        }
        guard let isNew else { throw .transactionIsOver }
        return isNew
    }

    /// Keeps what ends the key's barrier; `false` when the transaction is over.
    func add(_ bars: Bars, of key: Key) -> Bool {
        state.withLock { state in
            if !state.isClosed { state.bars[key, default: []].append(bars) }
            return !state.isClosed
        }
    }

    /// Everything that was noted; nothing is noted any more.
    func close() -> (keys: Set<Key>, bars: [Key: [Bars]]) {
        state.withLock { state in
            state.isClosed = true
            return (state.keys, state.bars)
        }
    }
}

// MARK: Tables

extension CachedRepository {
    /// Runs the body in a transaction of the table's database, with the repository within it.
    ///
    /// ```swift
    /// try await todos.withTransaction { todos, connection in
    ///     guard var todo = try await todos.get(1) else { return }
    ///     todo.done = true
    ///     try await todos.replace(todo)
    ///     try await connection.execute("UPDATE counter SET done = done + 1")
    /// }
    /// ```
    ///
    /// The transaction is that of ``RelationalStore/withTransaction(isolation:access:_:)``. What
    /// the body wrote through its repository is invalidated after the transaction, whatever came
    /// of it; what it wrote by other statements it notes with
    /// ``TransactionRepository/noteWrite(_:)``. For several tables see ``CacheTransaction``.
    ///
    /// - Parameters:
    ///   - isolation: At least this much; `nil` for the database's default.
    ///   - body: Statements. It runs where the connection is, off every actor.
    /// - Returns: What the body returned, after the commit and the invalidation.
    /// - Throws: What the body threw, or ``StorageError``.
    @discardableResult
    public func withTransaction<Database, Row, Value: Sendable>(
        isolation: TransactionIsolation? = nil,
        _ body:
            @Sendable @concurrent (
                TransactionRepository<TableRepository<Database.Connection, Row>>,
                Database.Connection
            ) async throws -> Value
    ) async throws -> Value
    where
        Database: RelationalStore & UpsertQuerying, Database.Connection: UpsertQuerying,
        Primary == TableRepository<Database, Row>
    {
        try await CacheTransaction.run(in: primary.database, isolation: isolation) {
            scope, connection in
            try await body(within(scope, primary: primary.on(connection)), connection)
        }
    }
}
