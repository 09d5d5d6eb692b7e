#if canImport(Darwin)
internal import Darwin
#elseif canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#endif
internal import StorageKit
internal import Synchronization

/// An exclusive lock of the operating system on a file; the owner of the file's descriptor.
///
/// `flock` belongs to an open file and not to a process: two that are opened by one process exclude
/// each other, and "the lock is released either by an explicit LOCK_UN operation … or when all such
/// file descriptors have been closed" (flock(2)), which the death of the process does as well.
final class SystemLock: FolderLock {
    private let descriptor: Mutex<Int32?>

    /// Takes the lock; `nil` when somebody else has it.
    init?(_ path: String) throws(StorageError) {
        let descriptor = try SystemCall.number("open", path) {
            systemOpen(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        }
        self.descriptor = Mutex(descriptor)
        do throws(StorageError) {
            _ = try SystemCall.number("lock", path) { flock(descriptor, LOCK_EX | LOCK_NB) }
        } catch {
            guard error.native?.number == Int(EWOULDBLOCK) else { throw error }
            return nil
        }
    }

    deinit { release() }

    func release() {
        guard let descriptor = descriptor.withLock({ $0.take() }) else { return }
        systemClose(descriptor)
    }
}
