/// Where a scan goes on: bytes that mean something to the store that gave them, and to no other.
public struct ScanCursor: Hashable, Sendable {
    /// The store's own words.
    public let bytes: ByteString

    /// Creates a cursor; for stores.
    public init(_ bytes: ByteString) { self.bytes = bytes }
}
