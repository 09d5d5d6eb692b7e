#if canImport(Darwin)
internal import Darwin
#elseif canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#endif
import StorageKit

/// The addresses of a host's name.
///
/// `getaddrinfo` may wait for a name server, seconds long and without a way to stop it. So a name
/// is resolved on a thread made for it; an address written in digits needs none.
enum AddressResolver {
    typealias Outcome = Result<[SocketAddress], StorageError>

    /// Resolves and calls back once: at once when that takes no waiting, else on another thread.
    static func resolve(
        host: String, port: Int, _ completion: @escaping @Sendable (Outcome) -> Void
    ) {
        if case .success(let addresses) = lookUp(host, port, flags: AI_NUMERICHOST) {
            return completion(.success(addresses))
        }
        do {
            try PlatformThread.start { completion(lookUp(host, port, flags: 0)) }
        } catch {
            completion(.failure(error))
        }
    }

    private static func lookUp(_ host: String, _ port: Int, flags: Int32) -> Outcome {
        var hints = addrinfo()
        hints.ai_family = AF_UNSPEC
        hints.ai_flags = flags | AI_NUMERICSERV
        #if canImport(Glibc)
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        #else
        hints.ai_socktype = SOCK_STREAM
        #endif
        var list: UnsafeMutablePointer<addrinfo>?
        let failure = getaddrinfo(host, String(port), &hints, &list)
        defer { if let list { freeaddrinfo(list) } }
        guard failure == 0 else { return .failure(error(failure)) }
        let entries = sequence(first: list) { $0?.pointee.ai_next }.prefix { $0 != nil }
        return .success(entries.compactMap { $0.flatMap(address) })
    }

    private static func address(_ entry: UnsafeMutablePointer<addrinfo>) -> SocketAddress? {
        guard let address = entry.pointee.ai_addr else { return nil }
        let count = Int(entry.pointee.ai_addrlen)
        return SocketAddress(UnsafeRawBufferPointer(start: address, count: count))
    }

    private static func error(_ failure: Int32) -> StorageError {
        let reason = String(cString: gai_strerror(failure))
        return StorageError(
            code: .unavailable, message: "the server's name has no address: \(reason)",
            native: .init(domain: "getaddrinfo", name: reason, number: Int(failure)))
    }
}
