#if canImport(Darwin)
internal import Darwin
#elseif canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#endif
internal import StorageKit

/// Failures of calls of the system on files.
enum FileFailure {
    /// An error with the code of `errno`.
    static func make(_ number: Int32, _ what: String, _ path: String) -> StorageError {
        let code = code(of: number)
        return StorageError(
            code: code,
            message: "the system could not \(what) \(path): \(String(cString: strerror(number)))"
                + (code == .resourceExhausted ? "; make room and try again" : ""),
            native: .init(
                domain: "errno", name: names[number] ?? String(cString: strerror(number)),
                number: Int(number)),
            isRetryable: code == .resourceExhausted)
    }

    private static func code(of number: Int32) -> StorageError.Code {
        switch number {
        case ENOSPC, EDQUOT, EFBIG, EMFILE, ENFILE, ENOMEM: .resourceExhausted
        case EACCES, EPERM, EROFS: .permissionDenied
        case ENOENT: .notFound
        default: .unavailable
        }
    }

    private static let names: [Int32: String] = [
        ENOSPC: "ENOSPC", EDQUOT: "EDQUOT", EFBIG: "EFBIG", EMFILE: "EMFILE", ENFILE: "ENFILE",
        ENOMEM: "ENOMEM", EACCES: "EACCES", EPERM: "EPERM", EROFS: "EROFS", ENOENT: "ENOENT",
        EIO: "EIO", ENOTDIR: "ENOTDIR", EISDIR: "EISDIR",
    ]

    /// The error of bytes that were found in a file and not written there by this package.
    static func corrupted(_ path: String, at offset: Int, _ reason: String) -> StorageError {
        StorageError(
            code: .corrupted,
            message: "\(path) is damaged at byte \(offset): \(reason); restore a copy")
    }
}
