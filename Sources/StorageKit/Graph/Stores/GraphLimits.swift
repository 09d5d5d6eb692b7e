/// How much a graph store takes.
///
/// At the limit a call works; beyond it, it throws ``StorageError/Code/limitExceeded`` before
/// anything is changed.
public struct GraphLimits: Hashable, Sendable {
    /// The largest value of a property, in bytes of text or list.
    public var maximumValueBytes: Int
    /// The longest name of a label, a type or a property, in bytes of UTF-8.
    public var maximumNameBytes: Int
    /// The most nodes, or relationships, in one call.
    public var maximumBatchSize: Int
    /// The most nodes in a page, and neighbours in a bounded read.
    public var maximumPageSize: Int

    /// Creates limits.
    public init(
        maximumValueBytes: Int = 16 << 20, maximumNameBytes: Int = 1_024,
        maximumBatchSize: Int = 100_000, maximumPageSize: Int = 10_000
    ) {
        self.maximumValueBytes = maximumValueBytes
        self.maximumNameBytes = maximumNameBytes
        self.maximumBatchSize = maximumBatchSize
        self.maximumPageSize = maximumPageSize
    }
}
