#if canImport(Darwin)
internal import Darwin
#elseif canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#endif
internal import StorageKit

/// A file of the operating system; the owner of its descriptor, which `deinit` closes.
final class SystemFile: DurableFile {
    let path: String
    private let descriptor: Int32

    /// Opens a file.
    ///
    /// - Parameter creates: Whether it is made, or emptied, rather than found.
    init(_ path: String, creates: Bool) throws(StorageError) {
        self.path = path
        descriptor = try SystemCall.number("open", path) {
            // The descriptor is closed in programs that this one becomes.
            systemOpen(path, O_RDWR | O_CLOEXEC | (creates ? O_CREAT | O_TRUNC : 0), 0o644)
        }
    }

    /// Opens a file to read it: it needs no right to write.
    init(_ path: String, readsOnly: Bool) throws(StorageError) {
        self.path = path
        descriptor = try SystemCall.number("open", path) {
            systemOpen(path, (readsOnly ? O_RDONLY : O_RDWR) | O_CLOEXEC, 0)
        }
    }

    deinit { systemClose(descriptor) }

    func length() throws(StorageError) -> Int {
        var status = stat()
        _ = try SystemCall.number("look at", path) { fstat(descriptor, &status) }
        return Int(status.st_size)
    }

    func read(at offset: Int, count: Int) throws(StorageError) -> [UInt8] {
        var failure: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, taken in
            while taken < count {
                let rest = UnsafeMutableRawBufferPointer(buffer)[taken...]
                let got = pread(
                    descriptor, rest.baseAddressOfRebased, count - taken, off_t(offset + taken))
                if got < 0, errno == EINTR { continue }
                if got < 0 { failure = errno }
                if got <= 0 { return }
                taken += got
            }
        }
        guard failure == 0 else { throw FileFailure.make(failure, "read", path) }
        return bytes
    }

    func write(_ bytes: [UInt8], at offset: Int) throws(StorageError) {
        let failure = bytes.withUnsafeBytes { bytes -> Int32 in
            var done = 0
            while done < bytes.count {
                let wrote = pwrite(
                    descriptor, bytes[done...].baseAddressOfRebased, bytes.count - done,
                    off_t(offset + done))
                if wrote < 0, errno == EINTR { continue }
                if wrote < 0 { return errno }
                // The system takes no byte of a regular file only when there is no room.
                if wrote == 0 { return ENOSPC }
                done += wrote
            }
            return 0
        }
        guard failure == 0 else { throw FileFailure.make(failure, "write to", path) }
    }

    func sync() throws(StorageError) {
        _ = try SystemCall.number("sync", path) {
            #if canImport(Darwin)
            // "F_FULLFSYNC … asks the drive to flush all buffered data to the permanent storage
            // device" (fcntl(2)), which fsync does not there.
            fcntl(descriptor, F_FULLFSYNC)
            #else
            // The length of the file is data for it: "does not flush modified metadata unless
            // that metadata is needed in order to allow a subsequent data retrieval"
            // (fdatasync(2)).
            fdatasync(descriptor)
            #endif
        }
    }

    func truncate(to length: Int) throws(StorageError) {
        _ = try SystemCall.number("shorten", path) { ftruncate(descriptor, off_t(length)) }
    }
}

extension Slice<UnsafeRawBufferPointer> {
    fileprivate var baseAddressOfRebased: UnsafeRawPointer? {
        UnsafeRawBufferPointer(rebasing: self).baseAddress
    }
}

extension Slice<UnsafeMutableRawBufferPointer> {
    fileprivate var baseAddressOfRebased: UnsafeMutableRawPointer? {
        UnsafeMutableRawBufferPointer(rebasing: self).baseAddress
    }
}
