#if canImport(Darwin)
internal import Darwin
#elseif canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#endif
import StorageKit

/// Makes sockets: non-blocking, closed on `exec`, kept alive, without Nagle's delay.
enum Socket {
    /// How a connection attempt began.
    enum Attempt {
        case connected(Int32)
        /// It is decided when the descriptor becomes writable; then ask ``connectError(of:)``.
        case underway(Int32)
    }

    /// Begins to connect.
    static func connect(to address: SocketAddress) throws(StorageError) -> Attempt {
        let descriptor = try make(family: address.family)
        let result = address.withPointer { pointer, length in
            connectUninterrupted(descriptor, pointer, length)
        }
        if result == 0 { return .connected(descriptor) }
        // A socket of the file system whose backlog is full says EAGAIN and goes no further.
        if result == EINPROGRESS { return .underway(descriptor) }
        FileDescriptor.close(descriptor)
        throw result == EACCES && address.family == AF_UNIX
            ? forbidden : SystemError.make(result, "the server cannot be reached")
    }

    /// The error of an attempt that was underway, or `nil` when the socket is connected.
    static func connectError(of descriptor: Int32) -> StorageError? {
        var number: Int32 = 0
        var length = socklen_t(MemoryLayout<Int32>.size)
        if getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &number, &length) != 0 { number = errno }
        return number == 0 ? nil : SystemError.make(number, "the server cannot be reached")
    }

    /// Who may not write to a socket of the file system may not tomorrow: it is not waited for.
    private static var forbidden: StorageError {
        SystemError.make(
            EACCES,
            "the server cannot be reached; this process's user needs the right to write to the "
                + "socket file, and to search the folders it is in",
            code: .permissionDenied)
    }

    private static func make(family: Int32) throws(StorageError) -> Int32 {
        #if canImport(Glibc)
        let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        #else
        let kind = SOCK_STREAM
        #endif
        let descriptor = socket(family, kind, 0)
        guard descriptor >= 0 else { throw SystemError.make(errno, "the system gave no socket") }
        FileDescriptor.configure(descriptor)
        #if canImport(Darwin)
        set(descriptor, SOL_SOCKET, SO_NOSIGPIPE, 1)
        #endif
        if family != AF_UNIX { keepAlive(descriptor) }
        return descriptor
    }

    /// A peer that has silently gone is noticed after about 30 s: of idleness, or on Linux of not
    /// acknowledging what was sent to it, which is another question than whether it has answered.
    private static func keepAlive(_ descriptor: Int32) {
        let tcp = Int32(IPPROTO_TCP)
        set(descriptor, tcp, TCP_NODELAY, 1)
        set(descriptor, SOL_SOCKET, SO_KEEPALIVE, 1)
        #if canImport(Darwin)
        set(descriptor, tcp, TCP_KEEPALIVE, 15)
        #else
        set(descriptor, tcp, TCP_KEEPIDLE, 15)
        set(descriptor, tcp, TCP_USER_TIMEOUT, 30_000)
        #endif
        set(descriptor, tcp, TCP_KEEPINTVL, 5)
        set(descriptor, tcp, TCP_KEEPCNT, 3)
    }

    private static func set(_ descriptor: Int32, _ level: Int32, _ option: Int32, _ value: Int32) {
        var value = value
        setsockopt(descriptor, level, option, &value, socklen_t(MemoryLayout<Int32>.size))
    }

    /// The `errno`, or 0 for success.
    ///
    /// An interrupted attempt goes on in the background.
    private static func connectUninterrupted(
        _ descriptor: Int32, _ address: UnsafePointer<sockaddr>, _ length: socklen_t
    ) -> Int32 {
        #if canImport(Darwin)
        let result = Darwin.connect(descriptor, address, length)
        #elseif canImport(Glibc)
        let result = Glibc.connect(descriptor, address, length)
        #elseif canImport(Musl)
        let result = Musl.connect(descriptor, address, length)
        #endif
        guard result != 0 else { return 0 }
        return errno == EINTR ? EINPROGRESS : errno
    }
}
