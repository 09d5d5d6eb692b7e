#if canImport(Darwin)
internal import Darwin
#elseif canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#endif
import StorageKit

/// A bare socket.
struct SocketChannel: ByteChannel {
    let descriptor: Int32

    var isFullDuplex: Bool { true }

    func advanceHandshake() -> ChannelProgress { .done(0) }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws(StorageError) -> ChannelProgress {
        while true {
            let count = recv(descriptor, buffer.baseAddress, buffer.count, 0)
            if count > 0 { return .done(count) }
            if count == 0 { return buffer.isEmpty ? .done(0) : .endOfStream }
            if errno == EAGAIN || errno == EWOULDBLOCK { return .wantsToRead }
            if errno != EINTR { throw Self.lost }
        }
    }

    func write(_ buffer: UnsafeRawBufferPointer) throws(StorageError) -> ChannelProgress {
        #if canImport(Darwin)
        let flags: Int32 = 0  // the socket has SO_NOSIGPIPE
        #else
        let flags = Int32(MSG_NOSIGNAL)
        #endif
        while true {
            let count = send(descriptor, buffer.baseAddress, buffer.count, flags)
            if count >= 0 { return .done(count) }
            if errno == EAGAIN || errno == EWOULDBLOCK { return .wantsToWrite }
            if errno != EINTR { throw Self.lost }
        }
    }

    func close() { FileDescriptor.close(descriptor) }

    private static var lost: StorageError {
        SystemError.make(errno, "the connection was lost")
    }
}
