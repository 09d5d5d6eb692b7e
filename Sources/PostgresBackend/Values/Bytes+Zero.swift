#if canImport(Darwin)
internal import Darwin
#elseif canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#endif

extension [UInt8] {
    /// Whether a byte from this one on is zero, which PostgreSQL's text cannot hold.
    ///
    /// C's search, as it looks at many bytes at once.
    func holdsZero(from start: Int) -> Bool {
        withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress, start < bytes.count else { return false }
            return memchr(base + start, 0, bytes.count - start) != nil
        }
    }
}
