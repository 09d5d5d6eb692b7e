extension KeyValueCommands {
    /// The value of a key, or `nil` when there is none.
    @inlinable
    public func get(_ key: ByteString) -> KeyValueCommand<Store, ByteString?> {
        KeyValueCommand(.get(key), decode: ReplyDecoding.value)
    }

    /// The values of keys, each at the position of its key, `nil` where there is none.
    @inlinable
    public func get(_ keys: [ByteString]) -> KeyValueCommand<Store, [ByteString?]> {
        KeyValueCommand(.getMany(keys), decode: ReplyDecoding.values)
    }

    /// Writes a value, whatever the key held, and removes an expiry it had.
    @inlinable
    public func set(_ key: ByteString, to value: ByteString) -> KeyValueCommand<Store, Void> {
        KeyValueCommand(.set(key, value, .never), decode: ReplyDecoding.void)
    }

    /// Deletes a key.
    @inlinable
    public func delete(_ key: ByteString) -> KeyValueCommand<Store, Bool> {
        KeyValueCommand(.delete([key]), decode: ReplyDecoding.any)
    }

    /// Deletes keys.
    @inlinable
    public func delete(_ keys: [ByteString]) -> KeyValueCommand<Store, Int> {
        KeyValueCommand(.delete(keys), decode: ReplyDecoding.count)
    }

    /// Whether a key exists, with a value of any kind.
    @inlinable
    public func exists(_ key: ByteString) -> KeyValueCommand<Store, Bool> {
        KeyValueCommand(.exists(key), decode: ReplyDecoding.flag)
    }

    /// Some of the keys that begin with a prefix.
    @inlinable
    public func keys(
        withPrefix prefix: ByteString, after cursor: ScanCursor?, limit: Int
    ) -> KeyValueCommand<Store, ScanPage<ByteString>> {
        KeyValueCommand(
            .scan(prefix: prefix, cursor, limit: limit), decode: ReplyDecoding.elementPage)
    }
}
