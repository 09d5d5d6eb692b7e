/// A key with its hash worked out, so that choosing a stripe and looking up hash the key once.
@usableFromInline
struct HashedKey<Key: Hashable & Sendable>: Hashable, Sendable {
    @usableFromInline
    let key: Key
    @usableFromInline
    let hash: Int

    @inlinable
    init(_ key: Key) {
        self.key = key
        hash = key.hashValue
    }

    @inlinable
    static func == (left: Self, right: Self) -> Bool {
        left.hash == right.hash && left.key == right.key
    }

    @inlinable
    func hash(into hasher: inout Hasher) { hasher.combine(hash) }
}
