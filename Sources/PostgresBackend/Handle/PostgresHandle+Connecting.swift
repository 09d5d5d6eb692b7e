internal import CLibPQ
#if canImport(Darwin)
internal import Darwin
#elseif canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#endif
internal import StorageKit

extension PostgresHandle {
    /// Connects; on a thread that may wait.
    ///
    /// - Parameter timeout: When to give a server up that does not answer; of several hosts the
    ///   others are tried then. libpq waits for name servers in between, without a way to stop
    ///   that.
    static func connect(
        _ options: ConnectionOptions, within timeout: Duration
    ) throws(StorageError) -> PostgresHandle {
        var options = options
        while true {
            let handle = try start(options)
            if try handle.connect(until: .now + timeout) { return handle }
            // libpq goes on to the next host by itself when one refuses, but not when one is
            // silent: "connect_timeout" is for its blocking calls.
            let (host, port) = (PQhost(handle.pointer), PQport(handle.pointer))
            guard let host, let port,
                let others = options.without(
                    host: String(cString: host), port: String(cString: port))
            else { throw .silentServer }
            options = others
        }
    }

    /// - Returns: Whether it is connected; otherwise the time is over.
    private func connect(until deadline: Moment) throws(StorageError) -> Bool {
        // SQLSTATE is shown in messages alone before there is a result to ask for it.
        PQsetErrorVerbosity(pointer, PQERRORS_VERBOSE)
        // The default receiver prints notices to standard error.
        PQsetNoticeReceiver(pointer, { _, _ in }, nil)
        guard try finishConnecting(until: deadline) else { return false }
        PQsetErrorVerbosity(pointer, PQERRORS_DEFAULT)
        guard PQsetnonblocking(pointer, 1) == 0, PQenterPipelineMode(pointer) == 1
        else { throw connectionError }
        return true
    }

    private static func start(
        _ options: ConnectionOptions
    ) throws(StorageError) -> PostgresHandle {
        let keywords = CStrings(options.pairs.map(\.keyword))
        let values = CStrings(options.pairs.map(\.value))
        let pointer = withExtendedLifetime((keywords, values)) {
            PQconnectStartParams(keywords.pointers, values.pointers, 0)
        }
        guard let pointer else {
            throw StorageError(
                code: .resourceExhausted, message: "no memory is left for a connection")
        }
        let handle = PostgresHandle(pointer)
        if handle.isBroken { throw handle.connectionError }
        return handle
    }

    private func finishConnecting(until deadline: Moment) throws(StorageError) -> Bool {
        // "If PQconnectStart succeeds … proceed as though PQconnectPoll had last returned
        // PGRES_POLLING_WRITING."
        var state = PGRES_POLLING_WRITING
        while state != PGRES_POLLING_OK {
            guard wait(writing: state == PGRES_POLLING_WRITING, until: deadline) else {
                return false
            }
            state = PQconnectPoll(pointer)
            if state == PGRES_POLLING_FAILED { throw connectionError }
        }
        return true
    }

    private func wait(writing: Bool, until deadline: Moment) -> Bool {
        var entry = pollfd(
            fd: PQsocket(pointer), events: Int16(writing ? POLLOUT : POLLIN), revents: 0)
        while true {
            let left = deadline - .now
            guard left > .zero else { return false }
            let milliseconds = Int32(clamping: (left.nanoseconds - 1) / 1_000_000 + 1)
            if poll(&entry, 1, milliseconds) > 0 { return true }
        }
    }

    private var connectionError: StorageError {
        .connecting(
            message, needsPassword: PQconnectionNeedsPassword(pointer) == 1)
    }
}

extension StorageError {
    fileprivate static var silentServer: StorageError {
        StorageError(
            code: .unavailable,
            message: "the server did not take the connection in time; see connectTimeout")
    }
}

/// C's copy of strings, ended by a null pointer.
private final class CStrings {
    let pointers: [UnsafePointer<CChar>?]

    init(_ strings: [String]) {
        pointers = strings.map { strdup($0).map { UnsafePointer($0) } } + [nil]
    }

    deinit { for pointer in pointers { free(UnsafeMutablePointer(mutating: pointer)) } }
}
