internal import StorageKit

/// A statement of a pipeline and what is made of its result; a ``PostgresPipeline`` makes them.
public struct PostgresPipelined<Output: Sendable>: Sendable {
    let sql: SQL
    let demand: RowDemand
    let decode:
        @Sendable (PostgresExchange.Result, PostgresStatement) throws(StorageError) -> Output
}
