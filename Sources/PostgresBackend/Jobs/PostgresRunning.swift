internal import StorageKit

/// What a statement of ours is run on: a database, by itself, or a connection that a task holds, in
/// the transaction that is open there.
protocol PostgresRunning: Sendable {
    /// Runs a call and completes its error.
    func named<Value>(
        _ operation: String, _ body: () async throws(StorageError) -> Value
    ) async throws(StorageError) -> Value

    /// Runs one statement.
    func run(
        _ statement: PostgresStatement, _ demand: RowDemand
    ) async throws(StorageError) -> PostgresExchange.Result
}

extension PostgresDatabase: PostgresRunning {}

extension PostgresHeldConnection: PostgresRunning {}
