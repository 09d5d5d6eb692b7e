/// How much a document store takes.
///
/// At the limit a call works; beyond it, it throws ``StorageError/Code/limitExceeded`` before
/// anything is sent or changed.
public struct DocumentLimits: Hashable, Sendable {
    /// The largest document, in bytes of BSON.
    public var maximumDocumentBytes: Int
    /// How many documents deep a document may be.
    public var maximumDepth: Int
    /// The most writes in one call.
    public var maximumWritesPerCall: Int

    /// Creates limits; the defaults are those of MongoDB.
    public init(
        maximumDocumentBytes: Int = 16 << 20, maximumDepth: Int = 100,
        maximumWritesPerCall: Int = 100_000
    ) {
        self.maximumDocumentBytes = maximumDocumentBytes
        self.maximumDepth = maximumDepth
        self.maximumWritesPerCall = maximumWritesPerCall
    }
}
