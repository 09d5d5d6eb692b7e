internal import CLibPQ
internal import StorageKit

/// The owner of one connection of libpq's: a `PGconn` that is connected, non-blocking and in
/// pipeline mode but for COPY.
///
/// It does what it is told and decides nothing; see ``PostgresLink``.
// @unchecked Sendable: "One thread restriction is that no two threads attempt to manipulate the
// same PGconn object at the same time" (PostgreSQL's manual, "Behavior in Threaded Programs"). A
// handle is made on one thread, given to its link, and from then on used under the link's lock.
final class PostgresHandle: @unchecked Sendable {
    let pointer: OpaquePointer

    init(_ pointer: OpaquePointer) { self.pointer = pointer }

    deinit { PQfinish(pointer) }

    /// The socket, to be watched.
    var descriptor: Int32 { PQsocket(pointer) }

    /// The process that serves the connection.
    var serverProcess: Int32 { PQbackendPID(pointer) }

    /// The server's version as one number: 150018 is 15.18.
    var serverVersion: Int32 { PQserverVersion(pointer) }

    /// What the server last said about transactions.
    var transactionStatus: TransactionStatus {
        switch PQtransactionStatus(pointer) {
        case PQTRANS_IDLE: .idle
        case PQTRANS_ACTIVE: .active
        case PQTRANS_INTRANS: .open
        case PQTRANS_INERROR: .failed
        default: .unknown
        }
    }

    /// What libpq has to say about the connection itself.
    var message: String { String(cString: PQerrorMessage(pointer)) }

    /// Whether libpq has given the connection up.
    var isBroken: Bool { PQstatus(pointer) == CONNECTION_BAD }
}

/// Whether a transaction is open on a connection.
enum TransactionStatus: Hashable, Sendable {
    case idle
    /// A statement is under way; libpq does not say more then.
    case active
    case open
    /// It takes nothing but its end.
    case failed
    case unknown

    /// Whether a transaction is known to be open.
    var isInTransaction: Bool { self == .open || self == .failed }
}
