#if canImport(Darwin)
internal import Darwin
#elseif canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#endif
internal import StorageKit
internal import Synchronization

/// An exclusive lock of the operating system on a whole file; the owner of the file's descriptor.
///
/// `flock` belongs to an open file and not to a process: two that are opened by one process exclude
/// each other, and "the lock is released either by an explicit LOCK_UN operation on any of these
/// duplicate file descriptors, or when all such file descriptors have been closed" (flock(2)).
/// Locks of `fcntl` would be the process's, and gone when any of its descriptors of the file is
/// closed. The descriptor is closed in programs that this one becomes (`O_CLOEXEC`).
final class FileLock: Sendable {
    private let descriptor: Mutex<Int32?>

    private init(_ path: String) throws(StorageError) {
        let descriptor = Self.opened(path)
        guard descriptor >= 0 else { throw Self.failure(errno, "open the file of a lock") }
        self.descriptor = Mutex(descriptor)
    }

    deinit { release() }

    /// Opens the file, on a thread of its own: that may wait for the disk.
    static func open(_ path: String) async throws(StorageError) -> FileLock {
        let result: Result<FileLock, StorageError> = await withCheckedContinuation { waiting in
            do throws(StorageError) {
                try PlatformThread.start {
                    waiting.resume(
                        returning: Result { () throws(StorageError) in try FileLock(path) })
                }
            } catch {
                waiting.resume(returning: .failure(error))
            }
        }
        return try result.get()
    }

    /// Takes the lock unless somebody else has it; it waits for nothing.
    func attempt() throws(StorageError) -> Bool {
        guard let descriptor = descriptor.withLock({ $0 }) else { return false }
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            let code = errno
            if code == EWOULDBLOCK { return false }
            guard code == EINTR else { throw Self.failure(code, "lock a file") }
        }
        return true
    }

    /// Gives the lock back, once.
    func release() {
        guard let descriptor = descriptor.withLock({ $0.take() }) else { return }
        close(descriptor)
    }

    private static func opened(_ path: String) -> Int32 {
        #if canImport(Darwin)
        Darwin.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        #elseif canImport(Glibc)
        Glibc.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        #else
        Musl.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        #endif
    }

    private static func failure(_ code: Int32, _ what: String) -> StorageError {
        StorageError(
            code: .unavailable,
            message: "the system could not \(what): \(String(cString: strerror(code))); check the "
                + "folder of the database, its permissions and the limit of open files",
            native: .init(
                domain: "errno", name: String(cString: strerror(code)), number: Int(code)),
            isRetryable: false)
    }
}
