internal import StorageKit

/// What the hooks of the writing connection report to, while anybody observes its tables.
///
/// It belongs to the connection's thread. The hub it publishes to is everybody's.
final class SQLiteChangeTracker {
    let hub: TableChangeHub
    var tables = SQLiteWrittenTables()

    init(hub: TableChangeHub) { self.hub = hub }

    /// Publishes what is committed.
    func settle(isWriting: Bool) {
        let committed = tables.settle(isWriting: isWriting)
        if !committed.isEmpty { hub.publish(committed) }
    }
}
