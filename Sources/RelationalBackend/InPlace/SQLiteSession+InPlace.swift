internal import StorageKit

// What a session of the role `inPlace` is asked for.
extension SQLiteSession {
    /// Whether the connection is as it was when it was opened.
    var isReusable: Bool { handle.isInAutocommit }

    /// Closes the connection now.
    ///
    /// Whoever used it last may hold the object for some instructions more, and the writer, which
    /// has to be the last to close, must not wait for that.
    func close() { connection.close() }

    /// Runs a short read within the limits; `nil` when it did not come to an end there.
    ///
    /// Every error is such an end. Which one it would have been a worker finds out: a lock that
    /// lasts, say, is no error here.
    func inPlace<Value>(_ body: (SQLiteSession) throws(StorageError) -> Value) -> Value? {
        handle.inPlaceLimits?.begin()
        return try? body(self)
    }

    /// Runs the read for what it leaves behind, its compiled statements and the schema.
    func prepareInPlace<Value>(_ body: (SQLiteSession) throws(StorageError) -> Value) {
        handle.preparingInPlace { _ = try? body(self) }
    }
}
