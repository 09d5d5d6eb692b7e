extension KeyValueCommands {
    /// The value of a key, or `nil` when there is none.
    public func get(_ key: ByteString) -> KeyValueCommand<Store, ByteString?> {
        KeyValueCommand(.get(key), decode: ReplyDecoding.value)
    }

    /// The values of keys, each at the position of its key, `nil` where there is none.
    public func get(_ keys: [ByteString]) -> KeyValueCommand<Store, [ByteString?]> {
        KeyValueCommand(.getMany(keys), decode: ReplyDecoding.values)
    }

    /// Writes a value, whatever the key held, and removes an expiry it had.
    public func set(_ key: ByteString, to value: ByteString) -> KeyValueCommand<Store, Void> {
        KeyValueCommand(.set(key, value, .never), decode: ReplyDecoding.void)
    }

    /// Deletes a key.
    public func delete(_ key: ByteString) -> KeyValueCommand<Store, Bool> {
        KeyValueCommand(.delete([key]), decode: ReplyDecoding.any)
    }

    /// Deletes keys.
    public func delete(_ keys: [ByteString]) -> KeyValueCommand<Store, Int> {
        KeyValueCommand(.delete(keys), decode: ReplyDecoding.count)
    }

    /// Whether a key exists, with a value of any kind.
    public func exists(_ key: ByteString) -> KeyValueCommand<Store, Bool> {
        KeyValueCommand(.exists(key), decode: ReplyDecoding.flag)
    }

    /// Some of the keys that begin with a prefix.
    public func keys(
        withPrefix prefix: ByteString, after cursor: ScanCursor?, limit: Int
    ) -> KeyValueCommand<Store, ScanPage<ByteString>> {
        KeyValueCommand(
            .scan(prefix: prefix, cursor, limit: limit), decode: ReplyDecoding.elementPage)
    }
}
