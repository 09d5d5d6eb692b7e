/// A key with its hash worked out, so that choosing a stripe and looking up hash the key once.
struct HashedKey<Key: Hashable & Sendable>: Hashable, Sendable {
    let key: Key
    let hash: Int

    init(_ key: Key) {
        self.key = key
        hash = key.hashValue
    }

    static func == (left: Self, right: Self) -> Bool {
        left.hash == right.hash && left.key == right.key
    }

    func hash(into hasher: inout Hasher) { hasher.combine(hash) }
}
