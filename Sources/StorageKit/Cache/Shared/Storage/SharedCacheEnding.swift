/// The end of a load or of a barrier, and what it leaves behind.
public struct SharedCacheEnding: Hashable, Sendable {
    /// What ends.
    public var claim: SharedCacheClaim
    /// What is to be stored; `nil` for nothing.
    public var deposit: SharedCacheDeposit?

    /// Creates an ending.
    public init(_ claim: SharedCacheClaim, deposit: SharedCacheDeposit? = nil) {
        self.claim = claim
        self.deposit = deposit
    }
}
