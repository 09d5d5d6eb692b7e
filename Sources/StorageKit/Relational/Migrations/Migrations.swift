#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// The history of a schema: migrations in their order, applied where they have not been yet.
///
/// ```swift
/// let migrations = try Migrations([
///     Migration("create-todo", "CREATE TABLE todo (id INTEGER PRIMARY KEY, title TEXT NOT NULL)"),
///     Migration("add-done", "ALTER TABLE todo ADD COLUMN done INTEGER NOT NULL DEFAULT 0"),
/// ])
/// print(try await migrations.plan(on: database))
/// try await migrations.apply(to: database)
/// ```
///
/// * Each migration is a transaction: with its statements its row in the table
///   `storagekit_migration` is committed, or nothing is. One that fails leaves those before it
///   applied, and the next ``apply(to:now:)`` goes on there.
/// * What was applied is compared by a checksum of its text. A changed, missing, inserted or moved
///   migration is an error, and nothing is applied.
/// * Two processes that start at once take turns: the state is read and one migration applied in
///   one
///   transaction that holds the write lock from its start. The second one finds nothing to do.
///
/// There is no way back: a migration that undoes another one is a further migration.
public struct Migrations: Sendable {
    /// The migrations, in their order.
    public let migrations: [Migration]

    /// Creates a history.
    ///
    /// - Throws: ``StorageError/Code/invalidArgument`` for a name that is empty or there twice, or
    ///   a
    ///   migration without statements.
    public init(_ migrations: [Migration]) throws(StorageError) {
        var names: Set<String> = []
        for migration in migrations {
            guard !migration.name.isEmpty, !migration.statements.isEmpty else {
                throw .migration(
                    migration.name, code: .invalidArgument, "needs a name and a statement")
            }
            guard names.insert(migration.name).inserted else {
                throw .migration(
                    migration.name, code: .invalidArgument, "is there twice; names are unique")
            }
        }
        self.migrations = migrations
    }

    /// What ``apply(to:now:)`` would do; nothing is changed, not even the table of the history
    /// made.
    ///
    /// Two round trips at the most.
    ///
    /// - Throws: ``StorageError/Code/invalidState`` when the database's history is another one.
    public func plan(on store: some RelationalStore) async throws(StorageError) -> MigrationPlan {
        let isThere = try await store.first(
            store.dialect.count(ofTables: MigrationRecord.table), as: Int.self)
        guard isThere != 0 else { return MigrationPlan(applied: [], pending: migrations) }
        let records = try await store.query(
            MigrationRecord.selection, as: MigrationRecord.self, limit: MigrationRecord.limit)
        return try plan(after: records, store.dialect)
    }

    /// Applies what has not been applied yet.
    ///
    /// Two round trips when there is nothing to do, and one transaction for each migration.
    ///
    /// - Parameters:
    ///   - store: The database.
    ///   - now: The time that is written beside each.
    /// - Returns: The names of those that this call has applied.
    /// - Throws: ``StorageError/Code/invalidState`` when the database's history is another one, and
    ///   what a statement throws; the migrations before it stay applied.
    @discardableResult
    public func apply(
        to store: some RelationalStore, now: @Sendable () -> Date = { Date() }
    ) async throws -> [String] {
        var applied: [String] = []
        guard try await !plan(on: store).pending.isEmpty else { return applied }
        // No more often than there are migrations, whatever the database says.
        for _ in migrations {
            guard let name = try await applyNext(to: store, now) else { break }
            applied.append(name)
        }
        return applied
    }

    /// Applies the first migration that is pending, and gives its name.
    private func applyNext(
        to store: some RelationalStore, _ now: @Sendable () -> Date
    ) async throws -> String? {
        let dialect = store.dialect
        return try await store.withTransaction { transaction in
            if let exclusion = dialect.exclusion(number: MigrationRecord.exclusion) {
                try await transaction.execute(exclusion)
            }
            try await transaction.execute(MigrationRecord.creation)
            let records = try await transaction.query(
                MigrationRecord.selection, as: MigrationRecord.self, limit: MigrationRecord.limit)
            guard let next = try plan(after: records, dialect).pending.first else { return nil }
            do throws(StorageError) {
                for statement in next.statements { try await transaction.execute(statement) }
            } catch {
                throw error.changed { $0.message = "migration \"\(next.name)\": \($0.message)" }
            }
            let record = MigrationRecord(
                position: records.count + 1, name: next.name,
                checksum: try MigrationChecksum(next, dialect).text)
            try await transaction.execute(record.insertion(at: now()))
            return next.name
        }
    }

    /// What follows a history, if it is the beginning of this one.
    private func plan(
        after records: [MigrationRecord], _ dialect: any SQLDialect
    ) throws(StorageError) -> MigrationPlan {
        for (index, record) in records.enumerated() {
            guard index < migrations.count, migrations[index].name == record.name else {
                throw unexpected(record, at: index)
            }
            guard try MigrationChecksum(migrations[index], dialect).text == record.checksum else {
                throw .migration(
                    record.name,
                    "was applied with another text; restore that, and put what is to change into a "
                        + "further migration")
            }
        }
        return MigrationPlan(
            applied: records.map(\.name), pending: Array(migrations.dropFirst(records.count)))
    }

    private func unexpected(_ record: MigrationRecord, at index: Int) -> StorageError {
        guard migrations.contains(where: { $0.name == record.name }) else {
            return .migration(
                record.name,
                "was applied to this database and is not known here; is the program older than the "
                    + "database?")
        }
        let expected = index < migrations.count ? migrations[index].name : "nothing"
        return .migration(
            record.name,
            "was applied where \"\(expected)\" is expected; new migrations go to the end, and the "
                + "order of the others stays")
    }
}

extension StorageError {
    fileprivate static func migration(
        _ name: String, code: Code = .invalidState, _ what: String
    ) -> StorageError {
        StorageError(code: code, message: "migration \"\(name)\" \(what)", operation: "migrate")
    }
}
