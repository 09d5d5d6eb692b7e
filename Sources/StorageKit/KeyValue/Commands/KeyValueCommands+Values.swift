extension KeyValueCommands {
    /// The value of a key, or `nil` when there is none.
    public func get(_ key: ByteString) -> KeyValueCommand<Store, ByteString?> {
        KeyValueCommand(.get(key)) { reply throws(StorageError) in try reply.decodeValue() }
    }

    /// The values of keys, each at the position of its key, `nil` where there is none.
    public func get(_ keys: [ByteString]) -> KeyValueCommand<Store, [ByteString?]> {
        KeyValueCommand(.getMany(keys)) { reply throws(StorageError) in try reply.decodeValues() }
    }

    /// Writes a value, whatever the key held, and removes an expiry it had.
    public func set(_ key: ByteString, to value: ByteString) -> KeyValueCommand<Store, Void> {
        KeyValueCommand(.set(key, value, .never)) {
            reply throws(StorageError) in
            try reply.decodeVoid()
        }
    }

    /// Deletes a key.
    public func delete(_ key: ByteString) -> KeyValueCommand<Store, Bool> {
        KeyValueCommand(.delete([key])) { reply throws(StorageError) in try reply.decodeAny() }
    }

    /// Deletes keys.
    public func delete(_ keys: [ByteString]) -> KeyValueCommand<Store, Int> {
        KeyValueCommand(.delete(keys)) { reply throws(StorageError) in try reply.decodeCount() }
    }

    /// Whether a key exists, with a value of any kind.
    public func exists(_ key: ByteString) -> KeyValueCommand<Store, Bool> {
        KeyValueCommand(.exists(key)) { reply throws(StorageError) in try reply.decodeFlag() }
    }

    /// Some of the keys that begin with a prefix.
    public func keys(
        withPrefix prefix: ByteString, after cursor: ScanCursor?, limit: Int
    ) -> KeyValueCommand<Store, ScanPage<ByteString>> {
        KeyValueCommand(.scan(prefix: prefix, cursor, limit: limit)) {
            reply throws(StorageError) in
            try reply.decodeElementPage()
        }
    }
}
