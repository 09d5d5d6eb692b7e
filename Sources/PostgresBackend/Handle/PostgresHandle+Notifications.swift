internal import CLibPQ
internal import StorageKit

extension PostgresHandle {
    /// The next notification among what has been read, if there is one.
    ///
    /// "PQnotifies does not actually read data from the server; it just returns messages previously
    /// absorbed by another libpq function" (PostgreSQL's manual, "Asynchronous Notification").
    func nextNotification() -> PostgresNotification? {
        guard let notify = PQnotifies(pointer) else { return nil }
        defer { PQfreemem(notify) }
        return PostgresNotification(
            channel: String(cString: notify.pointee.relname),
            payload: String(cString: notify.pointee.extra),
            serverProcess: Int(notify.pointee.be_pid))
    }
}
