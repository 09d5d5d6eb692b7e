/// A relational store that says which tables committed transactions have changed.
///
/// ```swift
/// for try await changes in try await store.changes(in: ["todo", "person"]) {
///     if changes.tables.contains("todo") { … }
/// }
/// ```
///
/// It is a signal to look again, not a log of what was done: it names tables and neither rows nor
/// counts. So it can be kept for a slow reader in a space that does not grow, and a database that
/// cannot name rows cheaply can give it.
///
/// ## What must appear true
///
/// * **Nothing is missed.** A transaction of this store that is committed after
///   ``changes(in:)`` has returned, and has inserted, updated or deleted a row of an observed
///   table, leads to an event that names the table: by a statement, a trigger or a foreign key's
///   action, in a nested transaction, row by row or all rows at once.
/// * **After the commit.** Who receives an event and then reads sees the change.
/// * **Nothing is made up from what was undone.** A transaction that was rolled back leads to no
///   event.
/// * **Bounded.** Events that nobody has read yet become one, with the tables of all. A slow reader
///   loses no table and holds up no writer.
///
/// ## What is not promised
///
/// * One event for each transaction, an order, or that an event's table holds other rows than
///   before: an update may have set what was there, a nested transaction may have been undone
///   inside one that was committed, and a store that lost sight for a while names every table.
/// * Changes that others make to the same database, unless the store's documentation says so.
public protocol ChangeObservingStore: RelationalStore {
    /// What ``changes(in:)`` returns.
    associatedtype ChangeSequence: AsyncSequence<TableChanges, StorageError> & Sendable

    /// Observes tables; when it returns, the observation is in force.
    ///
    /// It ends when the sequence and its iterators are gone, when a task that reads is cancelled,
    /// and when the store is closed; then the sequence ends too. Nothing is observed, and nothing
    /// is paid for it, while there is no such sequence.
    ///
    /// - Parameter tables: Their names; a table may be created later.
    /// - Throws: ``StorageError/Code/invalidArgument`` when there is no name,
    ///   ``StorageError/Code/invalidState`` when the store is closed or is used inside a
    ///   transaction of its own.
    func changes(in tables: Set<String>) async throws(StorageError) -> ChangeSequence
}
