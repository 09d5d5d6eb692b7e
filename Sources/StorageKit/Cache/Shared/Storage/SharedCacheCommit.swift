/// A write that was committed, as a storage is told of it.
public struct SharedCacheCommit: Hashable, Sendable {
    /// The key of what was written.
    public var key: ByteString
    /// The version that the primary holds now.
    public var version: CacheVersion
    /// What may take the place of an older entry; `nil` for nothing.
    public var deposit: SharedCacheDeposit?

    /// Creates a commit.
    public init(key: ByteString, version: CacheVersion, deposit: SharedCacheDeposit? = nil) {
        self.key = key
        self.version = version
        self.deposit = deposit
    }
}
