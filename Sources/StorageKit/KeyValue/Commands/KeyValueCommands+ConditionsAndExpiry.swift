extension KeyValueCommands where Store: ConditionalWriteStore & ExpiringKeyValueStore {
    /// Writes a value that will vanish if there is no such key.
    public func setIfAbsent(
        _ key: ByteString, to value: ByteString, expires: KeyExpiration
    ) -> KeyValueCommand<Store, Bool> {
        KeyValueCommand(.setIf(.absent, key, value, expires), decode: ReplyDecoding.flag)
    }

    /// Writes a value and when it vanishes if there is such a key.
    public func setIfPresent(
        _ key: ByteString, to value: ByteString, expires: KeyExpiration
    ) -> KeyValueCommand<Store, Bool> {
        KeyValueCommand(.setIf(.present, key, value, expires), decode: ReplyDecoding.flag)
    }

    /// Writes a value and when it vanishes if the key holds the expected one.
    public func compareAndSet(
        _ key: ByteString, from expected: ByteString, to value: ByteString, expires: KeyExpiration
    ) -> KeyValueCommand<Store, Bool> {
        KeyValueCommand(
            .setIf(.equal(to: expected), key, value, expires), decode: ReplyDecoding.flag)
    }

    /// Writes a value and when it vanishes, and returns the one it replaces, or `nil`.
    public func exchange(
        _ key: ByteString, with value: ByteString, expires: KeyExpiration
    ) -> KeyValueCommand<Store, ByteString?> {
        KeyValueCommand(.exchange(key, value, expires), decode: ReplyDecoding.value)
    }
}
