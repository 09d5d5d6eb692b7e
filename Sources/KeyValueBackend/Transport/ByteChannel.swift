import StorageKit

/// A connected, non-blocking stream of bytes: a plain socket, or TLS over one.
///
/// No call of it waits. Calls may come from different threads, the owner sees to it that there is
/// only one at a time.
protocol ByteChannel: Sendable {
    /// The descriptor to wait on with `epoll` or `kqueue`; the channel owns and closes it.
    var descriptor: Int32 { get }

    /// Whether `read` and `write` may run at the same time, and a `read` that does not fill the
    /// buffer has left nothing behind. Of a bare socket both are true, of TLS neither.
    var isFullDuplex: Bool { get }

    /// Goes on with what has to happen before bytes flow: the TLS handshake, or nothing.
    func advanceHandshake() throws(StorageError) -> ChannelProgress

    /// Reads what is there into the buffer.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws(StorageError) -> ChannelProgress

    /// Writes as much of the buffer as fits.
    func write(_ buffer: UnsafeRawBufferPointer) throws(StorageError) -> ChannelProgress

    /// Closes the descriptor; later calls must not come.
    func close()
}

extension ByteChannel {
    var isFullDuplex: Bool { false }
}

/// How far a call on a ``ByteChannel`` came.
enum ChannelProgress: Equatable {
    /// This many bytes were moved; a finished handshake moves none.
    case done(Int)
    /// Call again when the descriptor is readable.
    case wantsToRead
    /// Call again when the descriptor is writable.
    case wantsToWrite
    /// The peer has ended the stream.
    case endOfStream
}
