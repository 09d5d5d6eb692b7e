internal import CLibPQ
internal import StorageKit

/// Stops what a connection's server process is at.
// @unchecked Sendable: "PQcancel can safely be invoked from a signal handler … and from a thread
// that is separate from the one manipulating the PGconn object. The PGcancel object is read-only as
// far as PQcancel is concerned" (PostgreSQL's manual, "Canceling Queries in Progress").
final class PostgresCanceller: @unchecked Sendable {
    private let pointer: OpaquePointer

    init?(_ handle: PostgresHandle) {
        guard let pointer = PQgetCancel(handle.pointer) else { return nil }
        self.pointer = pointer
    }

    deinit { PQfreeCancel(pointer) }

    /// Asks the server to stop, over a connection of its own; returns when it was told.
    ///
    /// It waits for the network, so it has a thread to itself. What it stops is whatever the
    /// process is at when the request arrives.
    func cancel() {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { buffer in
            _ = PQcancel(pointer, buffer.baseAddress, Int32(buffer.count))
        }
    }
}
