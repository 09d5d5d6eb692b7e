/// What those who use a shared cache, or keep copies of it, tell each other.
///
/// Its keys are the cache's own, or their bytes, as they are sent.
public struct CacheMessage<Key: Hashable & Sendable>: Hashable, Sendable {
    /// What is told.
    public enum Content: Hashable, Sendable {
        /// Loads of these keys have ended, and nothing was invalidated.
        case loadsEnded([Key])
        /// The entries and registered loads of these keys are invalid.
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

extension CacheMessage {
    /// The same message about the keys in another form.
    func mapKeys<Other>(
        _ transform: (Key) throws(StorageError) -> Other
    ) throws(StorageError) -> CacheMessage<Other> {
        let content: CacheMessage<Other>.Content
        switch self.content {
        case .loadsEnded(let keys): content = .loadsEnded(try Self.map(keys, transform))
        case .invalidated(let keys): content = .invalidated(try Self.map(keys, transform))
        case .invalidatedTags(let tags): content = .invalidatedTags(tags)
        case .cleared: content = .cleared
        case .beat(let number): content = .beat(number)
        }
        return CacheMessage<Other>(sender: sender, content: content)
    }

    private static func map<Other>(
        _ keys: [Key], _ transform: (Key) throws(StorageError) -> Other
    ) throws(StorageError) -> [Other] {
        var mapped: [Other] = []
        mapped.reserveCapacity(keys.count)
        for key in keys { mapped.append(try transform(key)) }
        return mapped
    }
}
