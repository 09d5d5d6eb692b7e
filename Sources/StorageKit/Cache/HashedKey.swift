/// A key with its hash worked out, so that choosing a stripe and looking up hash the key once.
@usableFromInline
package struct HashedKey<Key: Hashable & Sendable>: Hashable, Sendable {
    @usableFromInline
    package let key: Key
    @usableFromInline
    package let hash: Int

    @inlinable
    package init(_ key: Key) {
        self.key = key
        hash = key.hashValue
    }

    /// Creates a key whose hash is known.
    @inlinable
    package init(key: Key, hash: Int) {
        self.key = key
        self.hash = hash
    }

    @inlinable
    package static func == (left: Self, right: Self) -> Bool {
        left.hash == right.hash && left.key == right.key
    }

    @inlinable
    package func hash(into hasher: inout Hasher) { hasher.combine(hash) }
}
