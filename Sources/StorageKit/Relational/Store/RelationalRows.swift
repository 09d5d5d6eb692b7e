/// The rows of a statement as an `AsyncSequence` with back-pressure.
///
/// ```swift
/// for try await todo in store.query("SELECT * FROM todo ORDER BY id", as: Todo.self) { … }
/// ```
///
/// Iterated on a store, it holds a connection until it ends; on a connection, until the transaction
/// ends at the latest.
public typealias RelationalRows<Row: Sendable> = ResultSequence<Row>
