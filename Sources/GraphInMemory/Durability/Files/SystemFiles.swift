#if canImport(Darwin)
internal import Darwin
#elseif canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#endif
internal import StorageKit

/// The files of the operating system.
struct SystemFiles: FileSystem {
    func makeFolder(_ path: String) throws(StorageError) {
        do throws(StorageError) {
            _ = try SystemCall.number("make the folder", path) { mkdir(path, 0o755) }
        } catch {
            guard error.native?.number != Int(EEXIST) else { return }
            throw error
        }
        try syncFolder(path + "/..")
    }

    func list(_ path: String) throws(StorageError) -> [String]? {
        guard let folder = opendir(path) else {
            let failure = errno
            if failure == ENOENT { return nil }
            throw FileFailure.make(failure, "list", path)
        }
        defer { closedir(folder) }
        var names: [String] = []
        errno = 0
        while let entry = readdir(folder) {
            let name = Self.name(of: entry)
            if name != ".", name != ".." { names.append(name) }
            errno = 0
        }
        guard errno == 0 else { throw FileFailure.make(errno, "list", path) }
        return names
    }

    private static func name(of entry: UnsafeMutablePointer<dirent>) -> String {
        // The name is longer than its declared field on some systems; its end is a zero.
        guard let offset = MemoryLayout<dirent>.offset(of: \.d_name) else { return "" }
        let name = UnsafeRawPointer(entry) + offset
        return String(cString: name.assumingMemoryBound(to: CChar.self))
    }

    func create(_ path: String) throws(StorageError) -> any DurableFile {
        try SystemFile(path, creates: true)
    }

    func open(_ path: String) throws(StorageError) -> any DurableFile {
        try SystemFile(path, creates: false)
    }

    func rename(_ path: String, to newPath: String) throws(StorageError) {
        _ = try SystemCall.number("rename", path) { systemRename(path, newPath) }
    }

    func remove(_ path: String) throws(StorageError) {
        _ = try SystemCall.number("remove", path) { unlink(path) }
    }

    func syncFolder(_ path: String) throws(StorageError) {
        let descriptor = try SystemCall.number("open", path) {
            systemOpen(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0)
        }
        defer { systemClose(descriptor) }
        _ = try SystemCall.number("sync the folder", path) { fsync(descriptor) }
    }

    func lock(_ path: String) throws(StorageError) -> (any FolderLock)? { try SystemLock(path) }

    func randomNumber() -> UInt64 { UInt64.random(in: 0 ... .max) }

    /// Its identity of the boot, as a number; 0 where the system has none to read.
    var bootIdentity: UInt64 { Self.boot }

    private static let boot: UInt64 = {
        #if canImport(Darwin)
        var name = [CChar](repeating: 0, count: 64)
        var count = name.count
        guard sysctlbyname("kern.bootsessionuuid", &name, &count, nil, 0) == 0 else { return 0 }
        return number(name.map(UInt8.init(bitPattern:)))
        #else
        guard let file = fopen("/proc/sys/kernel/random/boot_id", "r") else { return 0 }
        defer { fclose(file) }
        var text = [UInt8](repeating: 0, count: 64)
        let count = fread(&text, 1, text.count, file)
        return number(text.prefix(count))
        #endif
    }()

    private static func number(_ text: some Collection<UInt8>) -> UInt64 {
        guard !text.isEmpty else { return 0 }
        return UInt64(CRC32C.of(text)) << 32 | UInt64(CRC32C.of(text, seed: 1)) | 1
    }
}
