/// What those who keep copies of a shared cache tell each other.
public struct CacheMessage<Key: Hashable & Sendable>: Hashable, Sendable {
    /// What is told.
    public enum Content: Hashable, Sendable {
        /// The entries of these keys are invalid.
        case invalidated([Key])
        /// The entries with one of these tags are invalid.
        case invalidatedTags(Set<CacheTag>)
        /// All entries are invalid.
        case cleared
        /// Nothing but that the channel works; the sender counts its beats.
        case beat(UInt64)
    }

    /// Who tells it.
    public var sender: CacheSender
    /// What is told.
    public var content: Content

    /// Creates a message.
    @inlinable
    public init(sender: CacheSender, content: Content) {
        self.sender = sender
        self.content = content
    }
}
