internal import COpenSSL
internal import StorageKit

#if canImport(Darwin)
internal import Darwin
#elseif canImport(Musl)
internal import Musl
#else
internal import Glibc
#endif

/// TLS over a connected, non-blocking socket: the owner of one `SSL *` and of the descriptor.
///
/// What whoever drives it has to know, beyond ``ByteChannel``:
///
/// * **Either direction may want either thing.** ``read(into:)`` may answer `wantsToWrite` and
///   ``write(_:)`` `wantsToRead`, because TLS sends messages of its own. Wait for that, then make
///   the same call again.
/// * **Read until it says that it wants something.** OpenSSL takes more from the socket than it
///   hands out, and of what it holds back neither `epoll` nor `kqueue` knows: after `done` the
///   descriptor may never become readable again although bytes are there.
/// * **A write that was cut short goes on where it stopped.** After anything but `done` for the
///   whole buffer, the next write has to begin with the bytes that were not accepted, as it would
///   for any stream. With TLS up to ``recordSize`` of them are encrypted already, so they can no
///   longer be exchanged for others; an attempt is an `internalError` and not a damaged stream.
/// * **The end is only an end when TLS says so.** A socket that closes without TLS's
///   `close_notify` may have been cut by anybody, so it is an error and not `endOfStream`.
///
/// A failure is for good: every later call throws it again.
// Sendable because its owner makes one call at a time, from whatever thread. openssl-threads(7):
// "most objects are not safe for simultaneous use"; the error queue is each thread's own and is
// emptied before, and read after, each call on the same thread.
final class TLSChannel: ByteChannel, @unchecked Sendable {
    /// How much is encrypted at once: the most that a TLS record holds.
    static let recordSize = 16_384

    /// Its SSL_CTX is referenced by `ssl` as well; here it says whether servers are verified.
    private let context: TLSContext
    private let socket: TLSSocket
    private let ssl: OpaquePointer
    /// The name the server has to prove, for the words of errors.
    private let server: String
    /// What OpenSSL has encrypted but not sent; it sends nothing else before.
    private var unsent: [UInt8] = []
    private var failure: StorageError?

    /// Takes a connected, non-blocking socket over; it is closed even when this throws.
    ///
    /// - Parameters:
    ///   - descriptor: The socket, non-blocking, its connection established.
    ///   - host: The address's host, which the server has to prove unless the options name another.
    ///   - context: What connections with the same options share.
    init(descriptor: Int32, host: String, context: TLSContext) throws(StorageError) {
        self.context = context
        socket = TLSSocket(descriptor)
        server = TLSServerName.normalised(context.serverName ?? host)
        ERR_clear_error()
        guard let created = SSL_new(context.pointer) else {
            throw .tlsSetup("OpenSSL has no memory left", code: .resourceExhausted)
        }
        ssl = created
        guard let bio = socket.makeBIO() else {
            throw .tlsSetup("OpenSSL has no memory left", code: .resourceExhausted)
        }
        // One reference serves both directions; ssl owns it from here.
        SSL_set_bio(ssl, bio, bio)
        SSL_set_connect_state(ssl)
        try TLSServerName.demand(server, of: ssl, verified: context.verifies)
    }

    deinit {
        close()
        SSL_free(ssl)
    }

    var descriptor: Int32 { socket.descriptor }

    func advanceHandshake() throws(StorageError) -> ChannelProgress {
        let progress = try attempt { _ in SSL_do_handshake(ssl) }
        guard progress == .endOfStream else { return progress }
        throw fail(.tlsClosedInHandshake(server))
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws(StorageError) -> ChannelProgress {
        try moving(buffer.count) { (offset) throws(StorageError) in
            let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[offset...])
            return try attempt { SSL_read_ex(ssl, rest.baseAddress, rest.count, &$0) }
        }
    }

    func write(_ buffer: UnsafeRawBufferPointer) throws(StorageError) -> ChannelProgress {
        try moving(buffer.count) { (offset) throws(StorageError) in
            let rest = UnsafeRawBufferPointer(rebasing: buffer[offset...])
            return try writeRecord(of: rest)
        }
    }

    func close() {
        guard socket.isOpen else { return }
        // Not into a record that is half sent, and SSL_shutdown(3): "must not be called" after a
        // failure.
        if failure == nil, unsent.isEmpty, SSL_is_init_finished(ssl) == 1 {
            SSL_shutdown(ssl)
            ERR_clear_error()
        }
        socket.closeDescriptor()
        failure = failure ?? StorageError(code: .invalidState, message: "the channel is closed")
    }
}

extension TLSChannel {
    /// Repeats a call until everything is moved, or it wants something.
    ///
    /// What was moved before a failure counts; the failure is thrown by the next call.
    private func moving(
        _ count: Int, _ call: (_ offset: Int) throws(StorageError) -> ChannelProgress
    ) throws(StorageError) -> ChannelProgress {
        var moved = 0
        while moved < count {
            do throws(StorageError) {
                let progress = try call(moved)
                guard case .done(let more) = progress else {
                    return moved > 0 ? .done(moved) : progress
                }
                moved += more
            } catch {
                guard moved > 0 else { throw error }
                return .done(moved)
            }
        }
        return .done(moved)
    }

    private func writeRecord(
        of buffer: UnsafeRawBufferPointer
    ) throws(StorageError) -> ChannelProgress {
        guard continues(with: buffer) else {
            throw fail(
                StorageError(
                    code: .internalError,
                    message: "a write that was cut short went on with other bytes; please report it"
                ))
        }
        let count = unsent.isEmpty ? min(buffer.count, Self.recordSize) : unsent.count
        let record = UnsafeRawBufferPointer(rebasing: buffer[..<count])
        let progress = try attempt { SSL_write_ex(ssl, record.baseAddress, count, &$0) }
        switch progress {
        case .done: unsent.removeAll(keepingCapacity: true)
        default: if unsent.isEmpty { unsent.append(contentsOf: record) }
        }
        return progress
    }

    /// Whether the buffer begins with what is encrypted already.
    private func continues(with buffer: UnsafeRawBufferPointer) -> Bool {
        guard !unsent.isEmpty else { return true }
        guard let start = buffer.baseAddress, buffer.count >= unsent.count else { return false }
        return memcmp(start, unsent, unsent.count) == 0
    }

    /// Makes one call of OpenSSL and says what it came to.
    ///
    /// - Parameter call: Given where to put how many bytes it moved; returns what OpenSSL returned.
    private func attempt(
        _ call: (_ moved: inout Int) -> Int32
    ) throws(StorageError) -> ChannelProgress {
        if let failure { throw failure }
        // SSL_get_error(3): "The current thread's error queue must be empty before the TLS/SSL I/O
        // operation is attempted, or SSL_get_error() will not work reliably."
        ERR_clear_error()
        var moved = 0
        let result = call(&moved)
        if result == 1 { return .done(moved) }
        switch SSL_get_error(ssl, result) {
        case SSL_ERROR_WANT_READ: return .wantsToRead
        case SSL_ERROR_WANT_WRITE: return .wantsToWrite
        case SSL_ERROR_ZERO_RETURN: return .endOfStream
        case SSL_ERROR_SYSCALL where socket.failure != 0: throw fail(.tlsSocket(socket.failure))
        default: throw fail(.tls(reasonOfFailure, server: server))
        }
    }

    private var reasonOfFailure: TLSFailure {
        TLSFailure(
            queued: ERR_get_error(), verification: SSL_get_verify_result(ssl),
            isInHandshake: SSL_is_init_finished(ssl) == 0)
    }

    private func fail(_ error: StorageError) -> StorageError {
        failure = error
        ERR_clear_error()
        return error
    }
}
