#if canImport(Darwin)
internal import Darwin
#elseif canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#endif

/// A pipe to wake a thread that waits in `poll`.
struct WakePipe: Sendable {
    let readEnd: Int32
    private let writeEnd: Int32

    init() throws(StorageError) {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else {
            throw SystemError.make(
                errno, "the system gave no pipe for the event thread", code: .resourceExhausted)
        }
        (readEnd, writeEnd) = (ends[0], ends[1])
        for end in ends { FileDescriptor.configure(end) }
    }

    /// Makes the read end readable; a full pipe is readable already.
    func wake() {
        var byte: UInt8 = 1
        _ = write(writeEnd, &byte, 1)
    }

    /// Takes everything out.
    func drain() {
        withUnsafeTemporaryAllocation(byteCount: 64, alignment: 1) { buffer in
            while read(readEnd, buffer.baseAddress, buffer.count) == buffer.count {}
        }
    }

    func close() {
        FileDescriptor.close(readEnd)
        FileDescriptor.close(writeEnd)
    }
}
