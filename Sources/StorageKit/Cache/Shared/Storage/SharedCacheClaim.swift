/// A key with the name of a load or a barrier of it.
public struct SharedCacheClaim: Hashable, Sendable {
    /// The key.
    public var key: ByteString
    /// The name, new for each load and each barrier.
    public var token: SharedCacheToken

    /// Creates a claim.
    public init(key: ByteString, token: SharedCacheToken) {
        self.key = key
        self.token = token
    }
}
