extension KeyValueCommands where Store: ExpiringKeyValueStore {
    /// Writes a value and when it vanishes, in one step.
    public func set(
        _ key: ByteString, to value: ByteString, expires: KeyExpiration
    ) -> KeyValueCommand<Store, Void> {
        KeyValueCommand(.set(key, value, expires), decode: ReplyDecoding.void)
    }

    /// How long a key still has.
    public func timeToLive(of key: ByteString) -> KeyValueCommand<Store, TimeToLive> {
        KeyValueCommand(.timeToLive(key), decode: ReplyDecoding.timeToLive)
    }

    /// Lets a key vanish after this time, whatever expiry it had.
    public func expire(_ key: ByteString, after time: Duration) -> KeyValueCommand<Store, Bool> {
        KeyValueCommand(.expire(key, after: time), decode: ReplyDecoding.flag)
    }

    /// Makes a key stay until it is deleted.
    public func persist(_ key: ByteString) -> KeyValueCommand<Store, Bool> {
        KeyValueCommand(.persist(key), decode: ReplyDecoding.flag)
    }

    /// Reads a value and sets when it vanishes, in one step: a session that lives while it is used.
    public func get(
        _ key: ByteString, expires: KeyExpiration
    ) -> KeyValueCommand<Store, ByteString?> {
        KeyValueCommand(.getAndExpire(key, expires), decode: ReplyDecoding.value)
    }
}
