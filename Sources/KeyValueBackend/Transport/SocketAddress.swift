#if canImport(Darwin)
internal import Darwin
#elseif canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#endif
import StorageKit

/// An address that a socket can be connected to.
struct SocketAddress: Sendable {
    /// `sockaddr_in`, `sockaddr_in6` or `sockaddr_un`, as its bytes.
    private let bytes: [UInt8]

    init(_ address: UnsafeRawBufferPointer) { bytes = Array(address) }

    /// How long the path of a socket may be: `sun_path` without the NUL behind it.
    static let maximumPathBytes = MemoryLayout.size(ofValue: sockaddr_un().sun_path) - 1

    /// The address of a socket of the file system.
    init(unixSocket path: String) throws(StorageError) {
        var address = sockaddr_un()
        let name = Array(path.utf8)
        guard (1...Self.maximumPathBytes).contains(name.count), !name.contains(0) else {
            throw StorageError(
                code: .invalidArgument,
                message: "the path of a socket file has 1 to \(Self.maximumPathBytes) bytes, "
                    + "this one has \(name.count)")
        }
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: name) }
        bytes = withUnsafeBytes(of: &address) { Array($0) }
    }

    /// `AF_INET`, `AF_INET6` or `AF_UNIX`.
    var family: Int32 { withPointer { pointer, _ in Int32(pointer.pointee.sa_family) } }

    func withPointer<Result>(
        _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
    ) -> Result {
        var storage = sockaddr_storage()
        withUnsafeMutableBytes(of: &storage) { $0.copyBytes(from: bytes) }
        return withUnsafePointer(to: &storage) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(bytes.count))
            }
        }
    }
}
