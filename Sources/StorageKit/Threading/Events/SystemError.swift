#if canImport(Darwin)
internal import Darwin
#elseif canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#endif

/// A failure of a call of the operating system.
package enum SystemError {
    /// An error with the code of `errno`.
    package static func make(
        _ number: Int32, _ message: String, code: StorageError.Code = .unavailable
    ) -> StorageError {
        let isShortage = [EMFILE, ENFILE, ENOMEM, ENOBUFS].contains(number)
        return StorageError(
            code: isShortage ? .resourceExhausted : code,
            message: "\(message): \(String(cString: strerror(number)))",
            native: .init(domain: "errno", name: name(of: number), number: Int(number)))
    }

    /// The symbol of the numbers that a socket meets; what `strerror` says for others.
    private static func name(of number: Int32) -> String {
        names[number] ?? String(cString: strerror(number))
    }

    private static let names: [Int32: String] = [
        ECONNREFUSED: "ECONNREFUSED", ECONNRESET: "ECONNRESET", EPIPE: "EPIPE",
        ETIMEDOUT: "ETIMEDOUT", EHOSTUNREACH: "EHOSTUNREACH", ENETUNREACH: "ENETUNREACH",
        ENOENT: "ENOENT", EACCES: "EACCES", EMFILE: "EMFILE", ENFILE: "ENFILE",
        ENOMEM: "ENOMEM", ENOBUFS: "ENOBUFS", EADDRNOTAVAIL: "EADDRNOTAVAIL",
        ECONNABORTED: "ECONNABORTED", EAGAIN: "EAGAIN",
    ]
}
