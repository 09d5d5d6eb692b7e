import Foundation
import Synchronization

/// A file descriptor that is closed when nobody holds it, or when it is told to.
final class Descriptor: Sendable {
    private let open: Atomic<Int32>

    init(owning number: Int32) { open = Atomic(number) }

    deinit { close() }

    /// The number of the descriptor; -1, which no call takes for one, after ``close()``.
    var number: Int32 { open.load(ordering: .sequentiallyConsistent) }

    /// Closes it now, where the other side is to notice at once.
    func close() {
        let number = open.exchange(-1, ordering: .sequentiallyConsistent)
        if number >= 0 { _ = Foundation.close(number) }
    }

    /// Ends the socket's work, for whoever else has a descriptor of it too.
    func shutDown() { _ = Foundation.shutdown(number, Int32(SHUT_RDWR)) }

    /// Whatever is made here is not for the programs that the process starts.
    func closeOnExec() -> Descriptor {
        _ = fcntl(number, F_SETFD, FD_CLOEXEC)
        return self
    }

    func nonBlocking() -> Descriptor {
        _ = fcntl(number, F_SETFL, O_NONBLOCK)
        return self
    }

    /// Sees to it that closing sends a reset in place of an orderly end: with a linger time of zero
    /// the connection is aborted (socket(7), `SO_LINGER`).
    func resetWhenClosed() {
        var linger = linger(l_onoff: 1, l_linger: 0)
        setsockopt(
            number, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout.size(ofValue: linger)))
    }
}

extension Descriptor {
    /// What a read or write on a socket came to.
    enum Transfer: Equatable {
        case bytes(Int)
        /// Nothing now, on a socket that does not block, or that has waited as long as it may.
        case nothing
        /// The other side has ended its stream.
        case end
        /// The connection is broken, with this `errno`.
        case failure(Int32)
    }

    /// Reads what is there, at most as much as the buffer holds.
    func read(into buffer: inout [UInt8]) -> Transfer {
        transfer { recv(number, &buffer, buffer.count, 0) }
    }

    func write(_ bytes: ArraySlice<UInt8>) -> Transfer {
        #if canImport(Darwin)
        let flags: Int32 = 0
        #else
        let flags = Int32(MSG_NOSIGNAL)
        #endif
        return bytes.withUnsafeBytes { bytes in
            transfer { send(number, bytes.baseAddress, bytes.count, flags) }
        }
    }

    private func transfer(_ call: () -> Int) -> Transfer {
        while true {
            let count = call()
            if count > 0 { return .bytes(count) }
            if count == 0 { return .end }
            if errno == EAGAIN || errno == EWOULDBLOCK { return .nothing }
            if errno != EINTR { return .failure(errno) }
        }
    }
}
