#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif
#if canImport(Darwin)
internal import Darwin
#elseif canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#endif
internal import StorageKit

/// Where a backup is written to: a partial file beside its place, which takes that place when it is
/// whole and is removed otherwise.
struct SQLiteBackupFile {
    let path: String
    let partialPath: String
    let isReplacing: Bool

    /// - Throws: ``StorageError/Code/alreadyExists`` when there is a file that is not to be
    ///   replaced, ``StorageError/Code/invalidState`` when it is a database that is in use or has
    ///   a log to be recovered.
    init(path: String, isReplacing: Bool) throws(StorageError) {
        self.path = path
        self.isReplacing = isReplacing
        partialPath = "\(path).partial-\(UUID().uuidString)"
        if !isReplacing, Self.exists(path) { throw Self.taken }
        try checkNobodyUsesIt()
    }

    /// Puts the whole copy into its place, in one step of the file system.
    func publish() throws(StorageError) {
        try checkNobodyUsesIt()
        // `rename` would replace a file that appeared meanwhile; `link` refuses.
        let result = isReplacing ? rename(partialPath, path) : link(partialPath, path)
        guard result == 0 else { throw Self.failure(errno) }
    }

    /// Removes what is left of an attempt.
    func removePartial() {
        for suffix in ["", "-journal", "-wal", "-shm"] { unlink(partialPath + suffix) }
    }

    /// A log that stays beside the file would be taken for that of the copy, and damage it.
    private func checkNobodyUsesIt() throws(StorageError) {
        guard ["-wal", "-journal"].contains(where: { Self.exists(path + $0) }) else { return }
        throw StorageError(
            code: .invalidState,
            message: "a log lies beside the backup's place, so a database there is in use or was "
                + "not closed; close it, or choose another path")
    }

    private static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    private static var taken: StorageError {
        StorageError(
            code: .alreadyExists,
            message: "a file is there already; choose another path, or say replacing: true")
    }

    private static func failure(_ number: Int32) -> StorageError {
        guard number != EEXIST else { return taken }
        return StorageError(
            code: .unavailable, message: "the copy could not take its place; check the folder",
            native: .init(
                domain: "errno", name: String(cString: strerror(number)), number: Int(number)))
    }
}
