/// The names that a shared cache uses in its storage, all made of its namespace.
///
/// ```
/// {todo}:e:42        the record of the key 42
/// {todo}:generation  the generation, and how often tags were invalidated in it
/// {todo}:tags        which clearing was the last of each tag
/// {todo}:signals     the channel of its messages
/// ```
///
/// The braces put them on one server of a Redis cluster, so that one script may use them all.
public struct SharedCacheNames: Hashable, Sendable {
    /// What tells caches apart.
    public let namespace: String
    /// Where the generation is.
    public let generation: ByteString
    /// Where the tags are.
    public let tags: ByteString
    /// The channel of its messages.
    public let signals: ByteString
    /// What the names of all records begin with, and nothing else does.
    public let records: ByteString

    /// Creates the names.
    ///
    /// - Precondition: The namespace is not empty and has no brace: a cluster would be misled.
    public init(namespace: String) {
        precondition(
            !namespace.isEmpty && !namespace.utf8.contains { $0 == 0x7B || $0 == 0x7D },
            "a namespace of a shared cache has at least one character and no brace")
        self.namespace = namespace
        generation = "{\(namespace)}:generation"
        tags = "{\(namespace)}:tags"
        signals = "{\(namespace)}:signals"
        records = "{\(namespace)}:e:"
    }

    /// Where the record of a key is.
    public func record(of key: ByteString) -> ByteString { records + key }

    /// The key whose record has this name; `nil` for another name.
    public func key(ofRecord name: ByteString) -> ByteString? {
        guard name.bytes.starts(with: records.bytes) else { return nil }
        return ByteString(bytes: name.bytes.dropFirst(records.count))
    }
}
