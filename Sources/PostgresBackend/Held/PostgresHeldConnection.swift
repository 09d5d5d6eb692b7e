internal import StorageKit

/// A connection in the hands of one task: what the bodies of
/// ``PostgresDatabase/withTransaction(isolation:access:_:)`` and
/// ``PostgresDatabase/withConnection(_:_:)`` are given.
///
/// The body runs on the global executor. Each statement is a round trip; child tasks that use the
/// connection at the same time have theirs pipelined.
public struct PostgresHeldConnection: Sendable {
    let hold: PostgresHold
    /// Which of the connections of the hold it is.
    let serial: Int
    /// How many transactions are open around it: 0 none, 1 a transaction, more savepoints.
    let level: Int
    /// What its transaction may do.
    let access: TransactionAccess
    /// What its transaction was asked to exclude.
    let isolation: TransactionIsolation?

    /// Runs a call on the connection and completes its error.
    func named<Value>(
        _ operation: String, _ body: () async throws(StorageError) -> Value
    ) async throws(StorageError) -> Value {
        do throws(StorageError) {
            return try await body()
        } catch {
            throw error.adding(operation: operation, store: hold.database.address.description)
        }
    }

    /// Runs one statement.
    func run(
        _ statement: PostgresStatement, _ demand: RowDemand
    ) async throws(StorageError) -> PostgresExchange.Result {
        try await hold.run(
            [.init(work: .statement(statement), demand: demand)], serial, inTransaction: level > 0)
    }
}
