extension KeyValueCommands where Store: ConditionalWriteStore {
    /// Writes a value if there is no such key.
    public func setIfAbsent(
        _ key: ByteString, to value: ByteString
    ) -> KeyValueCommand<Store, Bool> {
        KeyValueCommand(.setIf(.absent, key, value, .never), decode: ReplyDecoding.flag)
    }

    /// Writes a value if there is such a key, and removes an expiry it had.
    public func setIfPresent(
        _ key: ByteString, to value: ByteString
    ) -> KeyValueCommand<Store, Bool> {
        KeyValueCommand(.setIf(.present, key, value, .never), decode: ReplyDecoding.flag)
    }

    /// Writes a value if the key holds the expected one, and removes an expiry it had.
    public func compareAndSet(
        _ key: ByteString, from expected: ByteString, to value: ByteString
    ) -> KeyValueCommand<Store, Bool> {
        KeyValueCommand(
            .setIf(.equal(to: expected), key, value, .never), decode: ReplyDecoding.flag)
    }

    /// Deletes a key if it holds the expected value: how the holder of a lock gives it back.
    public func compareAndDelete(
        _ key: ByteString, from expected: ByteString
    ) -> KeyValueCommand<Store, Bool> {
        KeyValueCommand(.deleteIf(equal: expected, key), decode: ReplyDecoding.flag)
    }

    /// Writes a value and returns the one it replaces, or `nil`.
    public func exchange(
        _ key: ByteString, with value: ByteString
    ) -> KeyValueCommand<Store, ByteString?> {
        KeyValueCommand(.exchange(key, value, .never), decode: ReplyDecoding.value)
    }

    /// Deletes a key and returns the value it held, or `nil`.
    public func take(_ key: ByteString) -> KeyValueCommand<Store, ByteString?> {
        KeyValueCommand(.take(key), decode: ReplyDecoding.value)
    }
}
