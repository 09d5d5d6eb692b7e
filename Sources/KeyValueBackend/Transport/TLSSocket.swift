internal import COpenSSL

#if canImport(Darwin)
internal import Darwin
#elseif canImport(Musl)
internal import Musl
#else
internal import Glibc
#endif

/// The socket under a TLS connection, as a `BIO` of our own.
///
/// OpenSSL's socket BIO writes with `write`, and a write to a connection that the peer has closed
/// raises SIGPIPE, which ends the process. A pair of memory BIOs would avoid it at the price of a
/// copy and of a second buffer to look after; this BIO calls `send` and `recv` on OpenSSL's buffers
/// directly, and keeps the `errno` that OpenSSL drops.
final class TLSSocket {
    let descriptor: Int32
    /// The `errno` of the last call that failed for good, 0 when none has.
    private(set) var failure: Int32 = 0
    private(set) var isAtEnd = false
    private(set) var isOpen = true

    /// Takes the descriptor over.
    init(_ descriptor: Int32) {
        self.descriptor = descriptor
        #if canImport(Darwin)
        var on: Int32 = 1
        setsockopt(
            descriptor, SOL_SOCKET, SO_NOSIGPIPE, &on, socklen_t(MemoryLayout<Int32>.size))
        #endif
    }

    deinit { closeDescriptor() }

    func closeDescriptor() {
        guard isOpen else { return }
        isOpen = false
        close(descriptor)
    }

    /// Whether a call has moved bytes.
    fileprivate enum Transfer {
        case moved(Int)
        case wouldBlock
        case failed
    }

    fileprivate func receive(_ buffer: UnsafeMutableRawPointer, _ count: Int) -> Transfer {
        let received = untilUninterrupted { recv(descriptor, buffer, count, 0) }
        guard received == 0 else { return outcome(of: received) }
        isAtEnd = true
        return .failed
    }

    fileprivate func transmit(_ buffer: UnsafeRawPointer, _ count: Int) -> Transfer {
        #if canImport(Darwin)
        let flags: Int32 = 0
        #else
        let flags = Int32(MSG_NOSIGNAL)
        #endif
        return outcome(of: untilUninterrupted { send(descriptor, buffer, count, flags) })
    }

    private func outcome(of result: Int) -> Transfer {
        guard result < 0 else { return .moved(result) }
        if errno == EAGAIN || errno == EWOULDBLOCK { return .wouldBlock }
        failure = errno
        return .failed
    }

    private func untilUninterrupted(_ call: () -> Int) -> Int {
        while true {
            let result = call()
            guard result < 0, errno == EINTR else { return result }
        }
    }
}

extension TLSSocket {
    /// A BIO over this socket, or `nil` without memory.
    ///
    /// It does not retain the socket, whose owner lets it go after the BIO.
    func makeBIO() -> OpaquePointer? {
        guard let method = Self.method, let bio = BIO_new(method) else { return nil }
        BIO_set_data(bio, Unmanaged.passUnretained(self).toOpaque())
        BIO_set_init(bio, 1)
        return bio
    }

    // Safe from any thread: it is made once, under the lock of Swift's static properties, and only
    // read afterwards.
    private nonisolated(unsafe) static let method: OpaquePointer? = {
        guard let method = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "socket")
        else { return nil }
        BIO_meth_set_read_ex(method, TLSSocket.readCallback)
        BIO_meth_set_write_ex(method, TLSSocket.writeCallback)
        BIO_meth_set_ctrl(method, TLSSocket.controlCallback)
        return method
    }()

    private static let readCallback:
        @convention(c) (
            OpaquePointer?, UnsafeMutablePointer<CChar>?, Int, UnsafeMutablePointer<Int>?
        ) -> Int32 = { bio, buffer, count, moved in
            guard let bio, let buffer, let socket = TLSSocket.under(bio) else { return 0 }
            let outcome = socket.receive(buffer, count)
            return TLSSocket.report(outcome, BIO_FLAGS_READ, to: bio, moved)
        }

    private static let writeCallback:
        @convention(c) (
            OpaquePointer?, UnsafePointer<CChar>?, Int, UnsafeMutablePointer<Int>?
        ) -> Int32 = { bio, buffer, count, moved in
            guard let bio, let buffer, let socket = TLSSocket.under(bio) else { return 0 }
            let outcome = socket.transmit(buffer, count)
            return TLSSocket.report(outcome, BIO_FLAGS_WRITE, to: bio, moved)
        }

    private static let controlCallback:
        @convention(c) (OpaquePointer?, Int32, Int, UnsafeMutableRawPointer?) -> Int = {
            bio, command, _, _ in
            switch command {
            case BIO_CTRL_FLUSH: 1
            case BIO_CTRL_EOF: bio.flatMap(TLSSocket.under)?.isAtEnd == true ? 1 : 0
            default: 0
            }
        }

    private static func under(_ bio: OpaquePointer) -> TLSSocket? {
        BIO_get_data(bio).map { Unmanaged<TLSSocket>.fromOpaque($0).takeUnretainedValue() }
    }

    /// Tells OpenSSL what a call came to, in the terms of BIO_should_retry(3).
    private static func report(
        _ outcome: Transfer, _ direction: Int32, to bio: OpaquePointer,
        _ moved: UnsafeMutablePointer<Int>?
    ) -> Int32 {
        BIO_clear_flags(bio, BIO_FLAGS_READ | BIO_FLAGS_WRITE | BIO_FLAGS_SHOULD_RETRY)
        switch outcome {
        case .moved(let count):
            moved?.pointee = count
            return 1
        case .wouldBlock:
            BIO_set_flags(bio, direction | BIO_FLAGS_SHOULD_RETRY)
            return 0
        case .failed: return 0
        }
    }
}
